"""Reactions: what higher domains do after a fact. At least once, by id, never a veto.

    @reacts_to("tickets.opened")
    def thank_reporter(record): ...

Reactions run as jobs after commit; one that keeps failing becomes a dead job in sight of the operator and can be replayed.
"""

from collections.abc import Callable

from stadtplatz.audit import webhooks
from stadtplatz.audit.models import Record
from stadtplatz.kit.jobs import enqueue_all, job

Reaction = Callable[[Record], None]
_REACTIONS: dict[str, list[str]] = {}
_FUNCTIONS: dict[str, Reaction] = {}


def reacts_to(*verbs: str) -> Callable[[Reaction], Reaction]:
    """Register an idempotent function that receives the record of each of these facts."""

    def decorate(function: Reaction) -> Reaction:
        name = f"{function.__module__.removeprefix('stadtplatz.')}.{function.__name__}"
        _FUNCTIONS[name] = function
        for verb in verbs:
            names = _REACTIONS.setdefault(verb, [])
            if name not in names:
                names.append(name)
        return function

    return decorate


def write_down(row: Record) -> None:
    """Write one job for each reaction to this fact and for each web hook that wants it, all in one statement."""
    rows = [react.row(row.pk, name) for name in _REACTIONS.get(row.verb, [])]
    rows += [webhooks.deliver.row(endpoint_id, row.pk) for endpoint_id in webhooks.listeners(row.verb)]
    if rows:
        enqueue_all(rows)


def verbs() -> set[str]:
    """The verbs somebody reacts to."""
    return set(_REACTIONS)


@job(max_attempts=8)
def react(record_id: int, name: str) -> None:
    """Run one reaction to one fact. A reaction this version no longer has fails, and ends in sight of the operator."""
    _FUNCTIONS[name](Record.objects.get(pk=record_id))
