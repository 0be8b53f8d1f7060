"""How an appointment moves from the chosen time to its end. Checks itself when it is loaded."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from stadtplatz.appointments import facts
from stadtplatz.audit.facts import Fact

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

CUSTOMER, MANAGER, SYSTEM = "customer", "manager", "system"


@dataclass(frozen=True)
class Move:
    """From one of `start` to `end`, by one of `by`, recording `fact`. `returns` gives the time back to its pools."""

    name: str
    start: frozenset[str]
    end: str
    by: frozenset[str]
    fact: Fact
    returns: bool = False


def _move(name: str, start: str, end: str, by: str, fact: Fact, *, returns: bool = False) -> Move:
    return Move(name, frozenset(start.split()), end, frozenset(by.split()), fact, returns)


MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        _move("confirm", "requested", BOOKED, "manager", facts.CONFIRMED),
        _move("decline", "requested", DECLINED, "manager", facts.DECLINED, returns=True),
        _move("lapse", "requested", DECLINED, "system", facts.LAPSED, returns=True),
        _move("cancel", "requested booked", CANCELLED, "customer manager", facts.CANCELLED, returns=True),
        _move("done", "booked", DONE, "manager system", facts.DONE),
        _move("missed", "booked", MISSED, "manager", facts.MISSED),
    )
}


def check(moves: dict[str, Move], states: list[str], starts: frozenset[str], final: frozenset[str]) -> None:
    """Refuse (ValueError) a flow with an unknown or unreachable state, a way out of a final state, or a dead end."""
    known, reached = set(states), set(starts)
    for move in moves.values():
        if not move.start or not (move.start | {move.end}) <= known or move.start & final:
            raise ValueError(f"The move {move.name} begins or ends where it cannot.")
    for _round in known:
        reached |= {move.end for move in moves.values() if move.start & reached}
    ways_out = {state for move in moves.values() for state in move.start}
    if reached != known or known - final - ways_out:
        raise ValueError("Some state has no way in, or none out.")


check(MOVES, [state for state, _label in STATES], frozenset({REQUESTED, BOOKED}), FINAL)
