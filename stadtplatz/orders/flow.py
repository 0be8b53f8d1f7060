"""How the part of an order at one shop moves from the order button to the counter. Checks itself when it is loaded."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.flow import flow, move
from stadtplatz.orders import facts

PLACED, CONFIRMED, READY, COLLECTED = "placed", "confirmed", "ready", "collected"
DECLINED, CANCELLED, EXPIRED = "declined", "cancelled", "expired"
STATES = [
    (PLACED, _("ordered")),
    (CONFIRMED, _("accepted")),
    (READY, _("ready for collection")),
    (COLLECTED, _("collected")),
    (DECLINED, _("declined")),
    (CANCELLED, _("cancelled")),
    (EXPIRED, _("not collected")),
]
OPEN = frozenset({PLACED, CONFIRMED, READY})
FINAL = frozenset({COLLECTED, DECLINED, CANCELLED, EXPIRED})

MOVES = flow(
    move("confirm", "placed", CONFIRMED, "manager", facts.CONFIRMED),
    move("ready", "placed confirmed", READY, "packer", facts.READY),
    move("collect", "ready", COLLECTED, "packer", facts.COLLECTED),
    move("decline", "placed confirmed", DECLINED, "manager", facts.DECLINED, returns=True),
    move("lapse", "placed", DECLINED, "system", facts.LAPSED, returns=True),
    move("cancel", "placed confirmed", CANCELLED, "customer", facts.CANCELLED, returns=True),
    move("withdraw", "placed confirmed ready", CANCELLED, "customer", facts.CANCELLED, returns=True),
    move("expire", "confirmed ready", EXPIRED, "packer system", facts.NOT_COLLECTED, returns=True),
    states=STATES,
    starts=PLACED,
    final=FINAL,
)
"""What a packer may do, every member of the shop may."""
