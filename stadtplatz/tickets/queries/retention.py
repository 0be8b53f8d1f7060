"""Which closed reports have reached the end of a time, and what was done at earlier ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from stadtplatz.kit import clock
from stadtplatz.tickets.models import Category, Forgotten, Ticket

PHOTOS, REPORTER, REPORT = Forgotten.PHOTOS, Forgotten.REPORTER, Forgotten.REPORT


@dataclass(frozen=True)
class Due:
    """A step that a rule asks for, on one closed report."""

    ticket: Ticket
    step: str
    days: int

    @property
    def since(self) -> datetime:
        """From when on the rule asked for it."""
        return (self.ticket.case.closed_at or clock.now()) + timedelta(days=self.days)


@dataclass(frozen=True)
class Rule:
    """What becomes of the closed reports of a category, in days after closing; None for never."""

    category: Category
    photos: int | None
    reporter: int
    report: int | None
    waiting: dict[str, int]
    """How many reports wait for each step."""


def due(at: datetime | None = None, *, limit: int | None = None) -> Iterator[Due]:
    """Everything the rules ask for now, photos first, whole reports last; a report may stand in it more than once."""
    at, left = at or clock.now(), limit
    for category in Category.objects.all():
        for step, days, waiting in _waiting(category, at):
            for ticket in waiting.select_related("case", "category").order_by("case__closed_at")[:left]:
                yield Due(ticket, step, days)
                if left is not None:
                    left -= 1
            if left == 0:
                return


def rules(at: datetime | None = None) -> list[Rule]:
    """The rules of all categories that are in use or have reports, with what waits: the dry run."""
    at = at or clock.now()
    found = []
    for category in Category.objects.all():
        waiting = {step: rows.count() for step, _days, rows in _waiting(category, at)}
        if category.active or any(waiting.values()):
            found.append(Rule(category, category.photo_days, category.retention_days, category.delete_days, waiting))
    return found


def forgotten(limit: int = 100) -> list[Forgotten]:
    """The ledger, the latest first."""
    return list(Forgotten.objects.order_by("-at", "-pk")[:limit])


def forgotten_by_month() -> list[tuple[str, str, int]]:
    """Month, step and number of reports over the whole ledger, the latest month first."""
    counts = Counter(
        (f"{clock.local(at):%Y-%m}", step) for at, step in Forgotten.objects.values_list("at", "step").iterator()
    )
    return [(month, step, count) for (month, step), count in sorted(counts.items(), reverse=True)]


def _waiting(category: Category, at: datetime) -> list[tuple[str, int, QuerySet[Ticket]]]:
    """For each step of the category its days and the reports that wait for it."""
    own = Ticket.objects.filter(category=category)

    def closed(days: int) -> QuerySet[Ticket]:
        return own.filter(case__closed_at__lt=at - timedelta(days=days))

    steps = []
    if category.photo_days is not None:
        steps.append(
            (PHOTOS, category.photo_days, closed(category.photo_days).filter(case__documents__isnull=False).distinct())
        )
    steps.append((REPORTER, category.retention_days, closed(category.retention_days).filter(anonymised_at=None)))
    if category.delete_days is not None:
        steps.append((REPORT, category.delete_days, closed(category.delete_days).exclude(anonymised_at=None)))
    return steps
