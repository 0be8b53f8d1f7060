"""What the pages about asked prices show, worked out before the template."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtplatz.audit import queries as audit
from stadtplatz.kit.templatetags.kit import day, money
from stadtplatz.kit.timeline import Timeline, TimelineEntry
from stadtplatz.orders import quoting
from stadtplatz.orders.models import Quote

BADGES = {
    quoting.ASKED: "info",
    quoting.OFFERED: "success",
    quoting.ACCEPTED: "success",
    quoting.DECLINED: "",
    quoting.REFUSED: "danger",
    quoting.CANCELLED: "",
    quoting.ENDED: "warning",
}
DONE = {
    "offer": gettext_lazy("The customer has been told your price."),
    "refuse": gettext_lazy("Noted. The customer reads your reason."),
    "accept": gettext_lazy("The shop knows that you want it. You make the contract in the shop."),
    "decline": gettext_lazy("The shop knows that you do not want it. Thank you for saying so!"),
    "cancel": gettext_lazy("Called off. The shop has been told."),
}


@dataclass(frozen=True)
class QuotePage:
    """What both sides see: the timeline, the badge, and whether the citizen can still say yes or no."""

    timeline: Timeline
    badge: str
    can_answer: bool


def page_of(quote: Quote, *, today: date, for_shop: bool = False) -> QuotePage:
    """The page on this day, in the words of one side."""
    holds = quote.state == quoting.OFFERED and bool(quote.valid_until and quote.valid_until >= today)
    over = not quote.is_open or (quote.state == quoting.OFFERED and not holds)
    words = _shop_sentence(quote) if for_shop else _sentence(quote, over=over)
    entries = [
        TimelineEntry(
            entry.at,
            entry.sentence,
            body=quote.answer if entry.verb in {"orders.price_offered", "orders.price_refused"} else "",
        )
        for entry in audit.timeline(quote, audience=audit.APPLICANT)
    ]
    waits = quote.shop.name if quote.state == quoting.ASKED else "" if over else _("You: say yes or no")
    timeline = Timeline(words, who=waits, entries=entries, finished=over, number=quote.number)
    return QuotePage(timeline, BADGES[quote.state], holds)


def _sentence(quote: Quote, *, over: bool) -> str:
    if quote.state == quoting.OFFERED and over:
        text = _("The price of {shop} held until {day} and is over.")
    else:
        text = {
            quoting.ASKED: _("{shop} has your question and will name a price."),
            quoting.OFFERED: _("{shop} would do it for {price}. The price holds until {day}."),
            quoting.ACCEPTED: _("You want it for {price}. Please make the contract with {shop}: come by or call."),
            quoting.DECLINED: _("You do not want it for {price}."),
            quoting.REFUSED: _("{shop} cannot name a price."),
            quoting.CANCELLED: _("You have called the question off."),
            quoting.ENDED: _("This question is over; nothing was agreed."),
        }[quote.state]
    return text.format(shop=quote.shop.name, **_numbers(quote))


def _shop_sentence(quote: Quote) -> str:
    text = {
        quoting.ASKED: _("New. Please name a price, or say that you cannot."),
        quoting.OFFERED: _("You have named {price}, until {day}. The customer has not answered yet."),
        quoting.ACCEPTED: _(
            "The customer wants it for {price}. Please get in touch: the contract is made between you."
        ),
        quoting.DECLINED: _("The customer does not want it for {price}."),
        quoting.REFUSED: _("You have named no price."),
        quoting.CANCELLED: _("Called off by the customer."),
        quoting.ENDED: _("Over; nothing was agreed."),
    }[quote.state]
    return text.format(**_numbers(quote))


def _numbers(quote: Quote) -> dict[str, str]:
    return {"price": money(quote.price), "day": day(quote.valid_until) if quote.valid_until else ""}
