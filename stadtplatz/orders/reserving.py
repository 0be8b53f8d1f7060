"""How something put aside moves from the citizen's click to the counter. Checks itself when it is loaded."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stadtplatz.kit.flow import flow, move
from stadtplatz.orders import facts

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

MOVES = flow(
    move("ready", "held", READY, "packer", facts.PUT_READY),
    move("collect", "held ready", COLLECTED, "packer", facts.FETCHED),
    move("refuse", "held ready", REFUSED, "packer", facts.NOT_THERE, returns=True),
    move("cancel", "held ready", CANCELLED, "customer", facts.CALLED_OFF, returns=True),
    move("end", "held ready", ENDED, "system", facts.RUN_OUT, returns=True),
    states=STATES,
    starts=HELD,
    final=FINAL,
)
