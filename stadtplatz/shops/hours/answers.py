"""What opening hours answer: readable? open now? when next? which times on this day?"""

import re
from datetime import date, datetime, time, timedelta

from opening_hours import OpeningHours, State  # type: ignore[attr-defined]  # its stubs lack the error

from stadtplatz.kit.clock import BERLIN
from stadtplatz.shops.hours.parsing import FEDERAL, holidays_of, parsed_once
from stadtplatz.shops.hours.states import DayHours, OpenState

Span = tuple[datetime, datetime]
_REMARK = re.compile(r'\s*"([^"]*)"\s*')
_OPEN_END = re.compile(r"(?<![-\d:])((?:[01]?\d|2[0-3]):[0-5]\d)\+")


def readable(expression: str) -> bool:
    """Whether the library understands the expression, or it is nothing but a remark in quotes."""
    text = expression.strip()
    return bool(text) and (remark(text) != "" or parsed_once(text, "", 2026) is not None)


def remark(expression: str) -> str:
    """The words of an expression that is nothing but a remark, such as `"nach Vereinbarung"`; else empty."""
    match = _REMARK.fullmatch(expression)
    return match[1] if match else ""


def state_at(expression: str, at: datetime, land: str, special: str = "") -> OpenState:
    """Open or not at this moment, and when that changes (Berlin time). `special` is `special.as_rules` of the shop."""
    local = at.astimezone(BERLIN)
    parsed = rules_of(expression, land, local.year, special)
    if parsed is None:
        return OpenState(None, note=remark(expression))
    state, note = parsed.state(local)
    if state == State.UNKNOWN:
        return OpenState(None, note=note)
    if state == State.OPEN:
        until = parsed.next_change(local)
        if _ends_open(expression, local, until):
            return OpenState(None, note=note)
        return OpenState(True, until=until, note=note)
    return OpenState(False, next=_next_opening(parsed, local))


def first_opening(expression: str, at: datetime, land: str, special: str = "") -> datetime | None:
    """The first moment from `at` on at which it is open, looked for in 60 days."""
    local = at.astimezone(BERLIN)
    parsed = rules_of(expression, land, local.year, special)
    return _next_opening(parsed, local) if parsed else None


def week_from(expression: str, at: datetime, land: str, special: str = "") -> list[DayHours]:
    """The seven days beginning today, sorted from Monday to Sunday; empty if the expression cannot be read."""
    local = at.astimezone(BERLIN)
    parsed = rules_of(expression, land, local.year, special)
    if parsed is None:
        return []
    free = holidays_of(land, local.year)
    days = [local.date() + timedelta(days=ahead) for ahead in range(7)]
    rows = []
    for one in days:
        known, open_ends = _told_apart(expression, openings_on(parsed, one))
        rows.append(DayHours(one, known, free.get(one, ""), one == local.date(), open_ends))
    return sorted(rows, key=lambda row: row.day.weekday())


def spans_on(expression: str, day: date, land: str = "", special: str = "") -> tuple[tuple[datetime, datetime], ...]:
    """The openings that begin on this day and have an end, without a Land with the holidays that every one has; empty if it cannot be
    read."""
    parsed = rules_of(expression, land or FEDERAL, day.year, special)
    return _told_apart(expression, openings_on(parsed, day))[0] if parsed else ()


def has_open_end(expression: str) -> bool:
    """Whether some opening has no end (`15:00+`)."""
    return bool(_OPEN_END.search(expression))


def rules_of(expression: str, land: str, year: int, special: str = "") -> OpeningHours | None:
    """What the library makes of the expression; None where nothing is known but words, or it cannot be read."""
    text = expression.strip()
    return parsed_once(text, land, year, special) if text and not remark(text) else None


def openings_on(parsed: OpeningHours, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """Openings that begin on this day; one that runs past midnight ends on the next."""
    start = datetime.combine(day, time(), BERLIN)
    was_open = parsed.state(start - timedelta(minutes=1))[0] == State.OPEN
    found: list[tuple[datetime, datetime]] = []
    for begin, end, state, _note in parsed.intervals(start, start + timedelta(days=2)):
        if state != State.OPEN or begin >= end:
            continue
        if begin == start and was_open and end < start + timedelta(days=1):
            continue  # what is left of the evening before
        if found and found[-1][1] == begin and begin.time() != time():
            found[-1] = (found[-1][0], end)
        elif begin.date() == day:
            found.append((begin, end))
    return tuple(found)


def _next_opening(parsed: OpeningHours, local: datetime) -> datetime | None:
    """When the next opening begins, looked for in the next 60 days."""
    for begin, _end, state, _note in parsed.intervals(local, local + timedelta(days=60)):
        if state == State.OPEN:
            return max(begin, local)
    return None


def _told_apart(expression: str, spans: tuple[Span, ...]) -> tuple[tuple[Span, ...], tuple[datetime, ...]]:
    """The openings with an end, and when those begin that have none."""
    begun = {time.fromisoformat(found.zfill(5)) for found in _OPEN_END.findall(expression)}
    without = {span for span in spans if span[0].time() in begun and span[1].time() == time()}
    return tuple(span for span in spans if span not in without), tuple(sorted(begin for begin, _end in without))


def _ends_open(expression: str, local: datetime, until: datetime | None) -> bool:
    """Whether it opened at a time with a plus behind it (`We 15:00+`): then nobody said until when, and the library takes midnight."""
    begun = [time.fromisoformat(found.zfill(5)) for found in _OPEN_END.findall(expression)]
    return any(start <= local.time() for start in begun) and (until is None or until.time() == time())
