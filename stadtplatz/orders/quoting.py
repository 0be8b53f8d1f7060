"""How a question for a price moves to a yes or a no. Checks itself when it is loaded."""

from django.utils.translation import pgettext_lazy

from stadtplatz.kit.flow import flow, move
from stadtplatz.orders import facts

ASKED, OFFERED, ACCEPTED, DECLINED = "asked", "offered", "accepted", "declined"
REFUSED, CANCELLED, ENDED = "refused", "cancelled", "ended"
STATES = [
    (ASKED, pgettext_lazy("price", "asked")),
    (OFFERED, pgettext_lazy("price", "price named")),
    (ACCEPTED, pgettext_lazy("price", "wanted")),
    (DECLINED, pgettext_lazy("price", "not wanted")),
    (REFUSED, pgettext_lazy("price", "no price")),
    (CANCELLED, pgettext_lazy("price", "called off")),
    (ENDED, pgettext_lazy("price", "over")),
]
OPEN = frozenset({ASKED, OFFERED})
FINAL = frozenset({ACCEPTED, DECLINED, REFUSED, CANCELLED, ENDED})

MOVES = flow(
    move("offer", "asked", OFFERED, "manager", facts.PRICE_OFFERED),
    move("refuse", "asked", REFUSED, "manager", facts.PRICE_REFUSED),
    move("accept", "offered", ACCEPTED, "customer", facts.PRICE_ACCEPTED),
    move("decline", "offered", DECLINED, "customer", facts.PRICE_DECLINED),
    move("cancel", "asked", CANCELLED, "customer", facts.PRICE_CALLED_OFF),
    move("end", "asked offered", ENDED, "system", facts.PRICE_ENDED),
    states=STATES,
    starts=ASKED,
    final=FINAL,
)
