"""Flows: which states a kind of case knows, and which moves lead from one to the next.

A flow is data written in the kind's own `flow.py`. It checks itself when it is loaded, so that a flow with a dead end fails when
the program starts and not in front of a citizen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from stadtplatz.audit.facts import Fact
from stadtplatz.kit.actors import Actor

if TYPE_CHECKING:
    from stadtplatz.cases.models import Case

RUNS, RESTS = "runs", "rests"
"""What the clock does in a state: it runs against the office, or it rests while somebody else has the ball."""
OFFICE, APPLICANT, NOBODY = "office", "applicant", "nobody"
"""Who has the ball in a state."""

Rule = Callable[[Actor, "Case"], bool]


class FlowError(Exception):
    """A flow that contradicts itself. Raised while loading, with every fault in one text."""


@dataclass(frozen=True)
class State:
    """Where a case can stand. `sentence` tells the applicant in one sentence; a closed state has no clock; a final one no way out."""

    code: str
    label: object
    sentence: object
    clock: str | None = RUNS
    ball: str = OFFICE
    start: bool = False
    final: bool = False

    @property
    def closed(self) -> bool:
        return self.clock is None


@dataclass(frozen=True)
class Move:
    """One way from some states to another. `rule` says who may, `fact` is what will be recorded.

    `within` and `after` count from the moment the case came into its present state. `reopens` marks the way back out of a closed
    state; `waives` marks a move by which the applicant gives that way up. `needs_words` asks for words, for the applicant unless they
    are `internal_words`. With `takes` the acting person becomes responsible. `meets` names deadlines that are kept by this move,
    `restarts` those that begin anew.
    """

    code: str
    label: object
    sources: tuple[str, ...]
    target: str
    rule: Rule
    fact: Fact
    outcome: str | None = None
    within: timedelta | None = None
    after: timedelta | None = None
    needs_words: bool = False
    internal_words: bool = False
    reopens: bool = False
    waives: bool = False
    takes: bool = False
    meets: tuple[str, ...] = ()
    restarts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flow:
    """`kind` names the flow in the case table; `prefix` is the first letter of its numbers; `opened` is the fact of the first day.

    `promises` gives the deadlines, by their codes, the names under which people read of them.
    """

    kind: str
    prefix: str
    opened: Fact
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    promises: Mapping[str, object] = field(default_factory=dict)
    _by_code: dict[str, State] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        if faults := find_faults(self):
            raise FlowError(f"The flow {self.kind!r} contradicts itself: " + "; ".join(faults))
        self._by_code.update({state.code: state for state in self.states})
        if REGISTRY.setdefault(self.kind, self) is not self:
            raise FlowError(f"The flow {self.kind!r} is declared twice.")

    @property
    def start(self) -> State:
        return next(state for state in self.states if state.start)

    def state(self, code: str) -> State:
        return self._by_code[code]

    def move(self, code: str) -> Move:
        """The move of this name; KeyError for a name the flow does not know."""
        for move in self.moves:
            if move.code == code:
                return move
        raise KeyError(code)

    def leaving(self, state: str) -> list[Move]:
        """The moves that lead out of this state."""
        return [move for move in self.moves if state in move.sources]

    def codes(self, *, closed: bool) -> list[str]:
        """The codes of all closed (or all open) states."""
        return [state.code for state in self.states if state.closed is closed]


REGISTRY: dict[str, Flow] = {}


def flow_of(case: Case) -> Flow:
    """The flow this case follows."""
    return REGISTRY[case.kind]


def find_faults(flow: Flow) -> list[str]:
    """Everything that is wrong with the flow, in words; an empty list when it is sound."""
    codes = [state.code for state in flow.states]
    unknown = [
        f"move {move.code!r} names the unknown state {code!r}"
        for move in flow.moves
        for code in (*move.sources, move.target)
        if code not in codes
    ]
    faults = [*_doubles(flow), *_starts(flow), *_nameless(flow), *unknown]
    if not faults:
        faults = [*_unreachable(flow), *_endings(flow), *_hasty_endings(flow)]
    return faults


def _doubles(flow: Flow) -> list[str]:
    faults = []
    for what, codes in (("state", [s.code for s in flow.states]), ("move", [m.code for m in flow.moves])):
        faults += [f"{what} {code!r} is declared twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
    return faults


def _starts(flow: Flow) -> list[str]:
    starts = [state.code for state in flow.states if state.start]
    return [] if len(starts) == 1 else [f"it needs exactly one start, not {len(starts)}"]


def _nameless(flow: Flow) -> list[str]:
    faults = [f"move {move.code!r} names no rule" for move in flow.moves if not callable(move.rule)]
    faults += [f"move {move.code!r} names no fact" for move in flow.moves if not isinstance(move.fact, Fact)]
    return faults + [f"move {move.code!r} starts nowhere" for move in flow.moves if not move.sources]


def _unreachable(flow: Flow) -> list[str]:
    reached = _spread(flow, {state.code for state in flow.states if state.start}, backwards=False)
    return [f"state {state.code!r} cannot be reached" for state in flow.states if state.code not in reached]


def _endings(flow: Flow) -> list[str]:
    faults = []
    ending = _spread(flow, {state.code for state in flow.states if state.final}, backwards=True)
    for state in flow.states:
        leaving = [move.code for move in flow.moves if state.code in move.sources]
        if state.final and state.clock is not None:
            faults.append(f"final state {state.code!r} still has a clock")
        if state.final and leaving:
            faults.append(f"final state {state.code!r} is left by {leaving[0]!r}")
        if state.code not in ending:
            faults.append(f"no way leads from state {state.code!r} to an end")
    return faults


def _hasty_endings(flow: Flow) -> list[str]:
    """A state that can be reopened may become final only after the time for that is over."""
    finals = {state.code for state in flow.states if state.final}
    faults = []
    for move in flow.moves:
        if move.target not in finals or move.waives:
            continue
        for source in move.sources:
            period = _reopening_period(flow, source)
            closed = next(state.closed for state in flow.states if state.code == source)
            if period is None and not closed:
                faults.append(f"move {move.code!r} ends the case at once: close it first, so that it can be reopened")
            elif period is not None and (move.after is None or move.after < period):
                faults.append(f"move {move.code!r} ends the case before the reopening period of {source!r} is over")
    return faults


def _reopening_period(flow: Flow, source: str) -> timedelta | None:
    periods = [move.within or timedelta.max for move in flow.moves if move.reopens and source in move.sources]
    return max(periods, default=None)


def _spread(flow: Flow, reached: set[str], *, backwards: bool) -> set[str]:
    while True:
        found = set(reached)
        for move in flow.moves:
            if backwards and move.target in reached:
                found.update(move.sources)
            elif not backwards and reached.intersection(move.sources):
                found.add(move.target)
        if found == reached:
            return reached
        reached = found
