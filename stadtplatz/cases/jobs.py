"""The clock on the wall: who is told before and after a deadline passes, each once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from stadtplatz.audit.actions import record
from stadtplatz.audit.facts import Fact
from stadtplatz.cases import facts
from stadtplatz.cases.models import Deadline
from stadtplatz.cases.settling import settle_due
from stadtplatz.kit import clock, workdays
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.identity import city
from stadtplatz.kit.jobs import every, job

BATCH = 200


@dataclass(frozen=True)
class Step:
    """`fact` is recorded once for a deadline, and `column` remembers when; it is time `working_days` after it passed.

    -1 is the working day before its last day.
    """

    column: str
    fact: Fact
    working_days: int


NEAR = Step("near_at", facts.DEADLINE_NEAR, -1)
LADDER = (
    NEAR,
    Step("overdue_at", facts.DEADLINE_PASSED, 0),
    Step("escalated_at", facts.ESCALATED, 2),
    Step("escalated_higher_at", facts.ESCALATED_HIGHER, 4),
)
"""Who is told of a deadline, from near to far. Kinds of cases react to the facts; while the clock rests nothing is due."""


@every(timedelta(minutes=10))
@job()
def notice_deadlines() -> None:
    """Each step of the ladder that is due by now is recorded once for each open deadline."""
    now = clock.now()
    for step in LADDER:
        for pk in _reached(step, now):
            _take(step, pk, now)


def _reached(step: Step, now: datetime) -> list[int]:
    rows = Deadline.objects.filter(met_at=None, case__closed_at=None, case__resting=False, **{step.column: None})
    rows = rows.filter(due__gt=now, overdue_at=None) if step is NEAR else rows.filter(due__lt=now)
    land = city().land
    if step is NEAR:
        # A term of one day or none would be near from the first hour on: of that nobody needs to be reminded.
        rows = rows.filter(due__lte=workdays.add_working_days(now, 1, land)).exclude(length__lte=1)
        return list(rows.order_by("due").values_list("pk", flat=True)[:BATCH])
    if step.working_days:
        rows = rows.filter(due__lt=now - timedelta(days=step.working_days))
    found = rows.order_by("due").values_list("pk", "due")[:BATCH]
    return [pk for pk, due in found if due and workdays.working_days_between(due, now, land) >= step.working_days]


@transaction.atomic
def _take(step: Step, pk: int, now: datetime) -> None:
    if not Deadline.objects.filter(pk=pk, met_at=None, **{step.column: None}).update(**{step.column: now}):
        return
    deadline = Deadline.objects.select_related("case__unit").get(pk=pk)
    case = deadline.case
    known = {"deadline": deadline.pk, "code": deadline.code, "unit": case.unit.slug}
    record(step.fact, subject=case, by=SYSTEM, at=now, **{key: known[key] for key in step.fact.keys})


@every(timedelta(hours=1))
@job()
def settle() -> None:
    """Closed cases whose reopening period is over become final, by the move of their flow that time alone may make."""
    settle_due(clock.now(), BATCH)
