"""How the part of an order at one shop moves from the order button to the counter. Checks itself when it is loaded."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import Fact
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

CUSTOMER, MANAGER, PACKER, SYSTEM = "customer", "manager", "packer", "system"


@dataclass(frozen=True)
class Move:
    """From one of `start` to `end`, by one of `by` (packer: every member of the shop), recording `fact`.

    `returns` gives goods and slot back to their pools.
    """

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
        _move("confirm", "placed", CONFIRMED, "manager", facts.CONFIRMED),
        _move("ready", "placed confirmed", READY, "packer", facts.READY),
        _move("collect", "ready", COLLECTED, "packer", facts.COLLECTED),
        _move("decline", "placed confirmed", DECLINED, "manager", facts.DECLINED, returns=True),
        _move("lapse", "placed", DECLINED, "system", facts.LAPSED, returns=True),
        _move("cancel", "placed confirmed", CANCELLED, "customer", facts.CANCELLED, returns=True),
        _move("withdraw", "placed confirmed ready", CANCELLED, "customer", facts.CANCELLED, returns=True),
        _move("expire", "confirmed ready", EXPIRED, "packer system", facts.NOT_COLLECTED, returns=True),
    )
}


def check(moves: dict[str, Move], states: list[str], start: str, final: frozenset[str]) -> None:
    """Refuse (ValueError) a flow with an unknown or unreachable state, a way out of a final state, or a dead end."""
    known, reached = set(states), {start}
    for move in moves.values():
        if not move.start or not (move.start | {move.end}) <= known:
            raise ValueError(f"The move {move.name} names an unknown state.")
        if move.start & final:
            raise ValueError(f"The move {move.name} leaves a final state.")
        if not move.by <= {CUSTOMER, MANAGER, PACKER, SYSTEM}:
            raise ValueError(f"The move {move.name} belongs to nobody.")
    for _round in known:
        reached |= {move.end for move in moves.values() if move.start & reached}
    if reached != known:
        raise ValueError(f"No way leads to {sorted(known - reached)}.")
    ways_out = {state for move in moves.values() for state in move.start}
    if dead := known - final - ways_out:
        raise ValueError(f"No way leads out of {sorted(dead)}.")


check(MOVES, [state for state, _label in STATES], PLACED, FINAL)
