"""How a question for a price moves to a yes or a no. Checks itself when it is loaded."""

from django.utils.translation import pgettext_lazy

from stadtplatz.orders import facts
from stadtplatz.orders.flow import CUSTOMER, MANAGER, SYSTEM, Move, check

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

MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        Move("offer", frozenset({ASKED}), OFFERED, frozenset({MANAGER}), facts.PRICE_OFFERED),
        Move("refuse", frozenset({ASKED}), REFUSED, frozenset({MANAGER}), facts.PRICE_REFUSED),
        Move("accept", frozenset({OFFERED}), ACCEPTED, frozenset({CUSTOMER}), facts.PRICE_ACCEPTED),
        Move("decline", frozenset({OFFERED}), DECLINED, frozenset({CUSTOMER}), facts.PRICE_DECLINED),
        Move("cancel", frozenset({ASKED}), CANCELLED, frozenset({CUSTOMER}), facts.PRICE_CALLED_OFF),
        Move("end", OPEN, ENDED, frozenset({SYSTEM}), facts.PRICE_ENDED),
    )
}
check(MOVES, [state for state, _label in STATES], ASKED, FINAL)
