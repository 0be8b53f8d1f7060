"""Working days of a German Land and deadlines that end on them.

A working day is Monday to Friday without the public holidays of the Land (library `holidays`). 24 and 31 December are working
days by law; a city that promises nothing for them, or keeps a local holiday, lists them as `closed_days` in its `city.yaml`.
Deadlines follow the civil code: the day of the event is not counted (§ 187 (1) BGB), a deadline ends with the end of its last
day (§ 188 (1)), and one that would end on a Saturday, Sunday or holiday ends on the next working day (§ 193; for
administrative deadlines § 31 (3) of the Land's Verwaltungsverfahrensgesetz says the same).
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import holidays

from stadtplatz.kit import clock
from stadtplatz.kit.identity import city

LAENDER = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH")
_ONE_DAY = timedelta(days=1)


def is_working_day(day: date, land: str, *, closed: Collection[str] | None = None) -> bool:
    """Monday to Friday, no public holiday of the Land, not one of the city's `closed` days (`12-24` or `2026-05-15`)."""
    if day.weekday() >= 5 or day in _holidays(land, day.year):
        return False
    shut = city().closed_days if closed is None else closed
    return not (f"{day:%m-%d}" in shut or day.isoformat() in shut)


def add_working_days(start: datetime, days: int, land: str, *, closed: Collection[str] | None = None) -> datetime:
    """The end (23:59:59 in Berlin, given in UTC) of the last of so many working days after the day of `start`.

    With 0 days: the end of that very day, or of the next working day. Refused (ValueError) below 0.
    """
    if days < 0:
        raise ValueError("A deadline lies in the future.")
    day = clock.local(start).date()
    if days == 0:
        return end_of_day(_working_day_from(day, land, closed))
    while days:
        day += _ONE_DAY
        days -= is_working_day(day, land, closed=closed)
    return end_of_day(day)


def add_days(start: datetime, days: int, land: str, *, closed: Collection[str] | None = None) -> datetime:
    """The end of a deadline counted in calendar days (such as 14 days for withdrawal), moved to a working day (§ 193 BGB)."""
    day = clock.local(start).date() + timedelta(days=days)
    return end_of_day(_working_day_from(day, land, closed))


def working_days_between(start: datetime, end: datetime, land: str, *, closed: Collection[str] | None = None) -> int:
    """How many working days lie after the day of `start`, up to and with the day of `end`; negative if `end` is earlier."""
    first, last = clock.local(start).date(), clock.local(end).date()
    sign = 1 if last >= first else -1
    first, last = min(first, last), max(first, last)
    span = (first + timedelta(days=i) for i in range(1, (last - first).days + 1))
    return sign * sum(is_working_day(day, land, closed=closed) for day in span)


def end_of_day(day: date) -> datetime:
    """23:59:59 of that day in Berlin, in UTC."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=clock.BERLIN).astimezone(UTC)


def _working_day_from(day: date, land: str, closed: Collection[str] | None) -> date:
    while not is_working_day(day, land, closed=closed):
        day += _ONE_DAY
    return day


@lru_cache(maxsize=64)
def _holidays(land: str, year: int) -> dict[date, str]:
    if land not in LAENDER:
        raise ValueError(f"{land!r} is not the code of a German Land ({', '.join(LAENDER)}).")
    return dict(holidays.country_holidays("DE", subdiv=land, years=year, language="de"))


def months_before(moment: datetime, months: int = 6) -> datetime:
    """The same day so many months earlier; the last day of that month where it has no such day."""
    local = clock.local(moment)
    count = local.year * 12 + local.month - 1 - months
    for day in (local.day, 30, 29, 28):
        try:
            return local.replace(year=count // 12, month=count % 12 + 1, day=min(day, local.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
