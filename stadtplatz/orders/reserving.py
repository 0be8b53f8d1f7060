"""How something put aside moves from the citizen's click to the counter. Checks itself when it is loaded."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stadtplatz.orders import facts
from stadtplatz.orders.flow import CUSTOMER, PACKER, SYSTEM, Move, check

HELD, READY, COLLECTED = "held", "ready", "collected"
REFUSED, CANCELLED, ENDED = "refused", "cancelled", "ended"
STATES = [
    (HELD, pgettext_lazy("goods", "put aside")),
    (READY, _("lies ready")),
    (COLLECTED, pgettext_lazy("put aside", "collected")),
    (REFUSED, _("not there")),
    (CANCELLED, pgettext_lazy("put aside", "called off")),
    (ENDED, _("time is over")),
]
OPEN = frozenset({HELD, READY})
FINAL = frozenset({COLLECTED, REFUSED, CANCELLED, ENDED})

MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        Move("ready", frozenset({HELD}), READY, frozenset({PACKER}), facts.PUT_READY),
        Move("collect", OPEN, COLLECTED, frozenset({PACKER}), facts.FETCHED),
        Move("refuse", OPEN, REFUSED, frozenset({PACKER}), facts.NOT_THERE, returns=True),
        Move("cancel", OPEN, CANCELLED, frozenset({CUSTOMER}), facts.CALLED_OFF, returns=True),
        Move("end", OPEN, ENDED, frozenset({SYSTEM}), facts.RUN_OUT, returns=True),
    )
}
check(MOVES, [state for state, _label in STATES], HELD, FINAL)
