"""The clock on the wall: deadlines that pass are noticed once, first by the responsible, then by the head."""

from datetime import datetime, timedelta

from django.db import transaction

from stadtplatz.audit.actions import record
from stadtplatz.cases import facts
from stadtplatz.cases.models import Deadline
from stadtplatz.cases.settling import settle_due
from stadtplatz.kit import clock, workdays
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.identity import city
from stadtplatz.kit.jobs import every, job

BATCH = 200
WORKING_DAYS_TO_HEAD = 2
"""How long after a passed deadline the head of the unit is told."""


@every(timedelta(minutes=10))
@job()
def notice_deadlines() -> None:
    """Record each passed deadline once, and two working days later that the head was told. Kinds react to the facts."""
    now = clock.now()
    for pk in _passed(now):
        _notice(pk, now)
    for pk in _long_passed(now):
        _escalate(pk, now)


def _passed(now: datetime) -> list[int]:
    rows = Deadline.objects.filter(met_at=None, overdue_at=None, due__lt=now, case__closed_at=None)
    return list(rows.order_by("due").values_list("pk", flat=True)[:BATCH])


def _long_passed(now: datetime) -> list[int]:
    rows = Deadline.objects.filter(
        met_at=None, escalated_at=None, overdue_at__lt=now - timedelta(days=1), case__closed_at=None
    )
    land = city().land
    return [
        pk
        for pk, overdue_at in rows.order_by("due").values_list("pk", "overdue_at")[:BATCH]
        if overdue_at and workdays.working_days_between(overdue_at, now, land) >= WORKING_DAYS_TO_HEAD
    ]


@transaction.atomic
def _notice(pk: int, now: datetime) -> None:
    if Deadline.objects.filter(pk=pk, overdue_at=None, met_at=None).update(overdue_at=now):
        deadline = Deadline.objects.select_related("case").get(pk=pk)
        record(
            facts.DEADLINE_PASSED, subject=deadline.case, by=SYSTEM, at=now, deadline=deadline.pk, code=deadline.code
        )


@transaction.atomic
def _escalate(pk: int, now: datetime) -> None:
    if Deadline.objects.filter(pk=pk, escalated_at=None, met_at=None).update(escalated_at=now):
        deadline = Deadline.objects.select_related("case__unit").get(pk=pk)
        case = deadline.case
        record(facts.ESCALATED, subject=case, by=SYSTEM, at=now, deadline=deadline.pk, unit=case.unit.slug)


@every(timedelta(hours=1))
@job()
def settle() -> None:
    """Closed cases whose reopening period is over become final, by the move of their flow that time alone may make."""
    settle_due(clock.now(), BATCH)
