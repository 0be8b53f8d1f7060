"""Reactions: what higher domains do after a fact. At least once, by id, never a veto.

    @reacts_to("tickets.opened")
    def thank_reporter(record): ...

Reactions run as jobs after commit; one that keeps failing becomes a dead job in sight of the operator and can be replayed.
"""

from collections.abc import Callable

from stadtplatz.audit.models import Record
from stadtplatz.kit.jobs import job

Reaction = Callable[[Record], None]
_REACTIONS: dict[str, list[str]] = {}
_FUNCTIONS: dict[str, Reaction] = {}


def reacts_to(*verbs: str) -> Callable[[Reaction], Reaction]:
    """Register an idempotent function that receives the record of each of these facts."""

    def decorate(function: Reaction) -> Reaction:
        name = f"{function.__module__.removeprefix('stadtplatz.')}.{function.__name__}"
        _FUNCTIONS[name] = function
        for verb in verbs:
            _REACTIONS.setdefault(verb, []).append(name)
        return function

    return decorate


def write_down(row: Record) -> None:
    """Write one job for each reaction to this fact."""
    for name in _REACTIONS.get(row.verb, []):
        react.enqueue(row.pk, name)


@job(max_attempts=8)
def react(record_id: int, name: str) -> None:
    """Run one reaction to one fact."""
    _FUNCTIONS[name](Record.objects.get(pk=record_id))
