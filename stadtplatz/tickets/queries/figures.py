"""What the town may say about its reports in numbers: of the whole town, never of a unit or a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low

from stadtplatz.cases.models import Case
from stadtplatz.kit import clock
from stadtplatz.kit.identity import city
from stadtplatz.kit.workdays import working_days_between
from stadtplatz.tickets.queries.finding import KIND

DAYS = 30


@dataclass(frozen=True)
class PublicFigures:
    """`done` reports were brought to an end in the last `days` days, half of them within `working_days` (None when there were none)."""

    done: int
    working_days: int | None
    days: int = DAYS


def public_figures(at: datetime | None = None) -> PublicFigures:
    """Reports done in the last 30 days and how long they took; the declined and the withdrawn are not counted. One query."""
    at = at or clock.now()
    done = Case.objects.filter(kind=KIND, outcome="done", closed_at__gt=at - timedelta(days=DAYS), closed_at__lte=at)
    times = done.values_list("received_at", "closed_at")
    spans = [working_days_between(start, end, city().land) for start, end in times if end]
    return PublicFigures(len(spans), median_low(spans) if spans else None)
