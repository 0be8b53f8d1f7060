"""Reading a calendar from elsewhere: fetched safely, repetitions spelled out, only busy times kept.

Whoever writes the calendar may mean us harm, so every step has a bound: bytes, events, the smallest step of a repetition, and seconds in
all. What goes beyond a bound is not guessed at: the whole calendar counts as unreadable, and its times become requests.
"""

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from stadtplatz.appointments import ical, times
from stadtplatz.appointments.times import Span
from stadtplatz.kit import clock, outside

MOST_BYTES = 4_000_000
MOST_EVENTS = 10_000
MOST_TIMES = 5_000
"""Busy times within the horizon."""
SECONDS = 20
AHEAD = timedelta(weeks=54)
BACK = timedelta(days=2)
TYPES = ("text/calendar", "text/plain", "application/octet-stream")
_STEPS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_TIME_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND")
_EARLIEST = 1970


class Unreadable(Exception):
    """The calendar could not be read; `code` is a key of `rules.PROBLEMS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fetch(url: str) -> bytes:
    """What lies at the address, never in a private network. Refused with Unreadable."""
    try:
        return outside.fetch(url, most=MOST_BYTES, types=TYPES)
    except (outside.Undeliverable, OSError, ValueError) as broken:
        raise Unreadable("unreachable") from broken


def busy_times(content: bytes, *, at: datetime) -> list[Span]:
    """When the owner of this calendar is busy, from two days ago to a year ahead, merged and in order.

    Cancelled and transparent events do not count, nor our own appointments that came back from a calendar that reads ours.
    Refused with Unreadable for what is no calendar, too large or not to be worked out.
    """
    calendar = _parsed(content)
    begin, end, deadline = at - BACK, at + AHEAD, time.monotonic() + SECONDS
    zones = list(calendar.walk("VTIMEZONE"))
    found: list[Span] = []
    single, repeated = _sorted(calendar)
    found += [span for event in single if (span := _span(event)) and span[1] > begin and span[0] < end]
    for group in repeated:
        found += _spelled_out(group, zones, begin, end)
        if len(found) > MOST_TIMES or time.monotonic() > deadline:
            raise Unreadable("too-complex")
    if len(found) > MOST_TIMES:
        raise Unreadable("too-large")
    return times.merged(found)


def _parsed(content: bytes) -> Any:
    from icalendar import Calendar  # only here: the web process does not need it

    if b"BEGIN:VCALENDAR" not in content[:2000].upper():
        raise Unreadable("no-calendar")
    if content.upper().count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise Unreadable("too-large")
    try:
        return Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as broken:
        raise Unreadable("no-calendar") from broken


def _sorted(calendar: Any) -> tuple[list[Any], list[list[Any]]]:
    """Events that happen once, and those that repeat with their exceptions, by UID."""
    by_uid: dict[str, list[Any]] = {}
    for number, event in enumerate(calendar.walk("VEVENT")):
        uid = str(event.get("uid") or f"without-{number}")
        if not uid.endswith(f"@{ical.own_domain()}"):
            by_uid.setdefault(uid, []).append(event)
    groups = by_uid.values()
    repeats = [group for group in groups if any(_repeats(event) for event in group)]
    return [event for group in groups if group not in repeats for event in group], repeats


def _repeats(event: Any) -> bool:
    return any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _spelled_out(group: list[Any], zones: Iterable[Any], begin: datetime, end: datetime) -> Iterator[Span]:
    from icalendar import Calendar
    from recurring_ical_events import of

    for event in group:
        _check(event)
    calendar = Calendar()
    for part in (*zones, *group):
        calendar.add_component(part)
    try:
        occurrences = of(calendar).between(begin, end)
    except Exception as broken:  # the library raises many kinds for what no calendar should hold
        raise Unreadable("too-complex") from broken
    for event in occurrences:
        if (span := _span(event)) is not None:
            yield span


def _check(event: Any) -> None:
    """Refuse repetitions by the hour and smaller, and those that began long ago: spelling them out takes too long."""
    rules = event.get("RRULE") or []
    for rule in rules if isinstance(rules, list) else [rules]:
        steps = {str(step).upper() for step in rule.get("FREQ", [])}
        if not steps <= _STEPS or any(len(rule.get(name, [])) > 1 for name in _TIME_PARTS):
            raise Unreadable("too-complex")
    start = getattr(event.get("DTSTART"), "dt", None)
    if rules and (start is None or start.year < _EARLIEST):
        raise Unreadable("too-complex")


def _span(event: Any) -> Span | None:
    """From when to when it keeps somebody busy; None if it does not."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return None
    try:
        begin, end = _moment(event.start), _moment(event.end)
    except Exception:  # an event without a beginning, or with an end of another kind: nobody can say when it is
        return None
    return (begin, end) if end > begin else None


def _moment(said: date | datetime) -> datetime:
    """Whole days and times without a zone are those of Berlin."""
    if not isinstance(said, datetime):
        return times.midnight(said)
    return (said if said.tzinfo else said.replace(tzinfo=clock.BERLIN)).astimezone(UTC)
