"""Small flows: what has a state goes from one to the next, each move by somebody and with a fact; see docs/glossary.md for cases, which have an engine.

    STATES = [("asked", _("asked")), ("offered", _("price named")), ...]
    MOVES = flow(move("offer", "asked", "offered", "manager", facts.PRICE_OFFERED), ..., states=STATES, starts="asked", final=FINAL)

A domain asks `MOVES[name]` in its one action that changes the state, and `by` in its rules: who a customer or a manager is, it knows itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

CUSTOMER, MANAGER, PACKER, SYSTEM = "customer", "manager", "packer", "system"
"""Who it is for; who answers for the shop; every member of the shop; time itself."""


@dataclass(frozen=True)
class Move:
    """From one of `start` to `end`, by one of `by`, recording `fact`. `returns` gives what was held back to its pools."""

    name: str
    start: frozenset[str]
    end: str
    by: frozenset[str]
    fact: Any  # an audit.facts.Fact, which this layer does not know
    returns: bool = False


def move(name: str, start: str, end: str, by: str, fact: Any, *, returns: bool = False) -> Move:
    """The move of this name; several states or people are separated by spaces."""
    return Move(name, frozenset(start.split()), end, frozenset(by.split()), fact, returns)


def flow(*moves: Move, states: Iterable[tuple[str, Any]], starts: str, final: frozenset[str]) -> dict[str, Move]:
    """The moves by name. Refused (ValueError): an unknown state or person, a state no way leads to, a way out of a final one, a dead end."""
    known, reached = {state for state, _label in states}, set(starts.split())
    for step in moves:
        if not step.start or not (step.start | {step.end}) <= known:
            raise ValueError(f"The move {step.name} names an unknown state.")
        if step.start & final:
            raise ValueError(f"The move {step.name} leaves a final state.")
        if not step.by or not step.by <= {CUSTOMER, MANAGER, PACKER, SYSTEM}:
            raise ValueError(f"The move {step.name} belongs to nobody.")
    for _round in known:
        reached |= {step.end for step in moves if step.start & reached}
    if reached != known:
        raise ValueError(f"No way leads to {sorted(known - reached)}.")
    ways_out = {state for step in moves for state in step.start}
    if dead := known - final - ways_out:
        raise ValueError(f"No way leads out of {sorted(dead)}.")
    return {step.name: step for step in moves}
