"""What came in and was closed, week by week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from stadtplatz.kit import clock
from stadtplatz.tickets.queries.dashboard.reports import Report


@dataclass(frozen=True)
class Week:
    monday: date
    received: int
    closed: int


def weeks_of(rows: list[Report], since: datetime, at: datetime) -> list[Week]:
    """Each week of the time, also those in which nothing happened."""
    received = Counter(_monday(row.received) for row in rows)
    closed = Counter(_monday(row.closed) for row in rows if row.closed)
    first, last = _monday(since), _monday(at)
    mondays = [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]
    return [Week(monday, received[monday], closed[monday]) for monday in mondays]


def _monday(moment: datetime) -> date:
    return _monday_of(clock.local(moment).date())


@cache
def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
