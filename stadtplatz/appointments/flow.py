"""How an appointment moves from the chosen time to its end. Checks itself when it is loaded."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.appointments import facts
from stadtplatz.kit.flow import flow, move

REQUESTED, BOOKED, DECLINED, CANCELLED, DONE, MISSED = "requested", "booked", "declined", "cancelled", "done", "missed"
STATES = [
    (REQUESTED, _("asked for")),
    (BOOKED, _("agreed")),
    (DECLINED, _("declined")),
    (CANCELLED, _("called off")),
    (DONE, _("over")),
    (MISSED, _("nobody came")),
]
OPEN = frozenset({REQUESTED, BOOKED})
FINAL = frozenset({DECLINED, CANCELLED, DONE, MISSED})
TAKES_TIME = frozenset({REQUESTED, BOOKED, DONE, MISSED})
"""States in which the five minutes stay taken."""

MOVES = flow(
    move("confirm", "requested", BOOKED, "manager", facts.CONFIRMED),
    move("decline", "requested", DECLINED, "manager", facts.DECLINED, returns=True),
    move("lapse", "requested", DECLINED, "system", facts.LAPSED, returns=True),
    move("cancel", "requested booked", CANCELLED, "customer manager", facts.CANCELLED, returns=True),
    move("done", "booked", DONE, "manager system", facts.DONE),
    move("missed", "booked", MISSED, "manager", facts.MISSED),
    states=STATES,
    starts="requested booked",
    final=FINAL,
)
