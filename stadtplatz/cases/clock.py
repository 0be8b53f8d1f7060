"""Deadlines as pure functions: from a start, a term, the times in which the clock rested, and the Land's holidays to a due date.

The day of the event is not counted and a deadline ends with its last day (sections 187 and 188 BGB, section 31 of the
administrative procedure acts of the Länder). A day counts only if the clock ran at its end, so that a rest within one day costs
nobody anything. A term in days or months that would end on a day off ends on the next working day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stadtplatz.kit import clock, workdays

WORKING_DAYS, DAYS, MONTHS = "working_days", "days", "months"
MEASURES = (WORKING_DAYS, DAYS, MONTHS)


@dataclass(frozen=True)
class Term:
    """How long somebody has: a number of working days, calendar days or months."""

    length: int
    measure: str = WORKING_DAYS

    def __post_init__(self) -> None:
        if self.measure not in MEASURES or self.length < 0:
            raise ValueError(f"No such term: {self.length} {self.measure}")


@dataclass(frozen=True)
class Rest:
    """A time in which the clock rested; `end` is None while it still does."""

    start: datetime
    end: datetime | None = None


def due(term: Term, *, start: datetime, rests: Iterable[Rest] = (), land: str) -> datetime | None:
    """The last moment of the term (UTC), or None while the clock rests and the term was not over before.

    `land` is the two-letter code of the federal state whose holidays count.
    """
    return due_by(term, start=start, rests=tuple(rests), works=lambda day: workdays.is_working_day(day, land))


def due_by(term: Term, *, start: datetime, rests: tuple[Rest, ...], works: Callable[[date], bool]) -> datetime | None:
    """As `due`, with any idea of working days."""
    first = clock.local(start).date()
    if term.measure == WORKING_DAYS:
        return _counted(term.length, first, rests, works)
    return _by_calendar(_plain_end(term, first), first, rests, works)


def _counted(length: int, day: date, rests: tuple[Rest, ...], works: Callable[[date], bool]) -> datetime | None:
    left = length
    while left > 0:
        day += timedelta(days=1)
        resting = _rest_at_end_of(day, rests)
        if resting is not None and resting.end is None:
            return None
        if resting is None and works(day):
            left -= 1
    return workdays.end_of_day(day)


def _by_calendar(last: date, first: date, rests: tuple[Rest, ...], works: Callable[[date], bool]) -> datetime | None:
    day = first
    while day < last:
        day += timedelta(days=1)
        resting = _rest_at_end_of(day, rests)
        if resting is not None:
            if resting.end is None:
                return None
            last += timedelta(days=1)
    while not works(last):
        last += timedelta(days=1)
    return workdays.end_of_day(last)


def _plain_end(term: Term, first: date) -> date:
    if term.measure == DAYS:
        return first + timedelta(days=term.length)
    months = first.year * 12 + first.month - 1 + term.length
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))


def _rest_at_end_of(day: date, rests: tuple[Rest, ...]) -> Rest | None:
    moment = workdays.end_of_day(day)
    return next((rest for rest in rests if rest.start <= moment and (rest.end is None or rest.end > moment)), None)
