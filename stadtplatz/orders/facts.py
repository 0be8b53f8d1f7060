"""What can happen to an order. The subject is always the order; `part` and `shop` are ids."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import APPLICANT, STAFF, Fact

PLACED = Fact("orders.placed", APPLICANT, _("The order was placed."), {"parts", "shops"})
CONFIRMED = Fact("orders.confirmed", APPLICANT, _("The shop has accepted the order."), {"part", "shop"})
READY = Fact("orders.ready", APPLICANT, _("The goods are packed and ready for collection."), {"part", "shop"})
COLLECTED = Fact("orders.collected", APPLICANT, _("The goods were collected and paid."), {"part", "shop"})
DECLINED = Fact("orders.declined", APPLICANT, _("The shop has declined the order."), {"part", "shop"})
LAPSED = Fact("orders.lapsed", APPLICANT, _("The shop did not answer in time; the order has lapsed."), {"part", "shop"})
CANCELLED = Fact("orders.cancelled", APPLICANT, _("The order was cancelled."), {"part", "shop"})
NOT_COLLECTED = Fact("orders.not_collected", APPLICANT, _("The goods were not collected."), {"part", "shop"})
MESSAGE_RECEIVED = Fact(
    "orders.message_received", APPLICANT, _("The customer has written a message."), {"message", "parts", "shops"}
)
MESSAGE_SENT = Fact("orders.message_sent", APPLICANT, _("The shop has written a message."), {"message", "part", "shop"})
WITHDRAWN = Fact(
    "orders.withdrawn", APPLICANT, _("A withdrawal was declared."), {"withdrawal", "lines", "parts", "shops"}
)
WEIGHED = Fact("orders.weighed", APPLICANT, _("The goods were weighed; the price is final."), {"part", "shop", "lines"})
AS_ORDERED = Fact(
    "orders.taken_as_ordered", APPLICANT, _("The goods are packed as ordered; the price ordered stays."), {"part", "shop", "lines"}
)  # fmt: skip
WEIGHT_ASKED = Fact(
    "orders.weight_asked", APPLICANT, _("It weighs more than ordered; the shop asks whether you agree."), {"part", "shop", "question"}
)  # fmt: skip
WEIGHT_AGREED = Fact(
    "orders.weight_agreed", APPLICANT, _("The higher weight was agreed to; the price is final."), {"part", "shop", "question"}
)  # fmt: skip
WEIGHT_NOT_AGREED = Fact(
    "orders.weight_not_agreed", APPLICANT, _("The higher price was not agreed to; the highest price ordered for stays."),
    {"part", "shop", "question"},
)  # fmt: skip
WEIGHT_LATE = Fact(
    "orders.weight_late", APPLICANT, _("Nobody answered in time; the highest price ordered for stays."), {"part", "shop", "question"}
)  # fmt: skip
BUYERS_TOLD = Fact(
    "orders.buyers_told", STAFF, _("Buyers were told that this was illegal: {told} by mail, {unknown} by a page for everybody."),
    {"warning", "shop", "told", "unknown"},
)  # fmt: skip
RESERVED = Fact("orders.reserved", APPLICANT, _("It was put aside without obligation."), {"shop", "offer"})
PUT_READY = Fact("orders.put_ready", APPLICANT, _("The shop says: it lies ready."), {"shop", "offer"})
FETCHED = Fact("orders.fetched", APPLICANT, _("It was collected."), {"shop", "offer"})
NOT_THERE = Fact("orders.not_there", APPLICANT, _("The shop does not have it for you after all."), {"shop", "offer"})
CALLED_OFF = Fact("orders.called_off", APPLICANT, _("You no longer need it."), {"shop", "offer"})
RUN_OUT = Fact("orders.run_out", APPLICANT, _("The time is over; it is on the shelf again."), {"shop", "offer"})
LONGER_ASKED = Fact("orders.longer_asked", APPLICANT, _("You have asked for longer."), {"shop", "offer"})
LONGER_ANSWERED = Fact(
    "orders.longer_answered", APPLICANT, _("The shop has answered your wish for longer."), {"shop", "offer", "granted"}
)
PRICE_ASKED = Fact("orders.price_asked", APPLICANT, _("A price was asked for."), {"shop", "offer"})
PRICE_OFFERED = Fact("orders.price_offered", APPLICANT, _("The shop has named a price."), {"shop", "offer"})
PRICE_REFUSED = Fact("orders.price_refused", APPLICANT, _("The shop cannot name a price."), {"shop", "offer"})
PRICE_ACCEPTED = Fact("orders.price_accepted", APPLICANT, _("You want it at this price."), {"shop", "offer"})
PRICE_DECLINED = Fact("orders.price_declined", APPLICANT, _("You do not want it at this price."), {"shop", "offer"})
PRICE_CALLED_OFF = Fact("orders.price_called_off", APPLICANT, _("You have called the question off."), {"shop", "offer"})
PRICE_ENDED = Fact("orders.price_ended", APPLICANT, _("The time for an answer is over."), {"shop", "offer"})
