"""The chooser of days and times, for customers who book or move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stadtplatz.appointments import queries
from stadtplatz.appointments.models import Appointment, Resource, Service
from stadtplatz.appointments.queries import FreeDay, FreeTime
from stadtplatz.kit import clock

WEEK = 7


@dataclass(frozen=True)
class Chooser:
    """Seven days of free times with the day that is looked at."""

    service: Service
    resources: list[Resource]
    """All who do it; more than one can be chosen from."""
    chosen: Resource | None
    """None: whoever is free."""
    days: list[FreeDay]
    shown: FreeDay
    before: date | None
    """The first day of the week before; None where nothing can be booked any more."""
    after: date | None
    next_free: date | None
    """The next day with a free time, if this week has none."""

    @property
    def has_times(self) -> bool:
        """Whether anything is free in this week."""
        return any(day.times for day in self.days)

    @property
    def is_asking(self) -> bool:
        """Whether some of the day's times need the shop's yes."""
        return any(time.on_request for time in self.shown.times)

    @property
    def parts(self) -> list[tuple[str, list[FreeTime]]]:
        """The day's times before noon, until five, and in the evening; empty parts left out."""
        found: dict[str, list[FreeTime]] = {"morning": [], "afternoon": [], "evening": []}
        for time in self.shown.times:
            hour = clock.local(time.starts_at).hour
            found["morning" if hour < 12 else "afternoon" if hour < 17 else "evening"].append(time)
        return [(name, rows) for name, rows in found.items() if rows]


def chooser(service: Service, asked: Mapping[str, str], *, at: datetime, moving: Appointment | None = None) -> Chooser:
    """The week, the day and the calendar that the address asks for (`tag`, `bei`); without them the first free day of anybody."""
    resources = queries.calendars_of(service)
    chosen = named(resources, asked.get("bei", ""))
    rows = [chosen] if chosen else resources
    earliest, latest = queries.window(service, at)
    first, last = clock.local(earliest).date(), clock.local(latest - timedelta(seconds=1)).date()
    day = read_day(asked.get("tag", "")) or queries.first_free(service, rows, first, at=at, moving=moving) or first
    day = min(max(day, first), last)
    begin = first + timedelta(days=(day - first).days // WEEK * WEEK)
    days = queries.free_days(service, rows, begin, min(WEEK, (last - begin).days + 1), at=at, moving=moving)
    wanted = next(row for row in days if row.day == day)
    if not wanted.times:  # whoever leafs on by a week sees its first free day
        wanted = next((row for row in days if row.times), wanted)
    after = begin + timedelta(days=WEEK)
    free = any(row.times for row in days)
    return Chooser(
        service=service,
        resources=resources,
        chosen=chosen,
        days=days,
        shown=wanted,
        before=begin - timedelta(days=WEEK) if begin > first else None,
        after=after if after <= last else None,
        next_free=None if free else queries.first_free(service, rows, after, at=at, moving=moving),
    )


def named(resources: list[Resource], typed: str) -> Resource | None:
    """The calendar with this id among these."""
    return next((row for row in resources if str(row.pk) == typed), None)


def read_day(typed: str) -> date | None:
    """The day of `2026-11-24`; None for what is none, or no day of this age, around which nothing could be reckoned."""
    try:
        day = date.fromisoformat(typed) if len(typed) == 10 else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year <= 2200 else None
