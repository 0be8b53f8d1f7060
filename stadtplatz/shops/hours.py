"""Opening hours in OpenStreetMap's syntax, with the holidays of the Land.

A shop that says nothing about public holidays is taken as closed on them (Sunday and holiday rest of the Länder's shop-closing
acts), unless it is open round the clock. Evaluating costs about 10 µs, so lists may ask for every shop.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.utils import formats
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # its stubs lack the error

from stadtplatz.kit import clock
from stadtplatz.kit.clock import BERLIN
from stadtplatz.kit.templatetags.kit import day, hour

_PH = re.compile(r"\bPH\b")
_DAYS = re.compile(
    r"^(?P<days>(?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?)(?:\s*,\s*(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?)*)\s*(?P<rest>.*)$"
)


@dataclass(frozen=True)
class OpenState:
    """`is_open` is None when nothing is known. `until`: end of the present opening; `next`: beginning of the next one."""

    is_open: bool | None
    until: datetime | None = None
    next: datetime | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """`Open now, until 18:00`, `Closed, opens tomorrow at 08:00`; empty when nothing is known."""
        if self.is_open is None:
            return ""
        if self.is_open:
            return (
                _("Open now, until {time}").format(time=hour(self.until)) if self.until else _("Open round the clock")
            )
        if self.next is None:
            return _("Closed at the moment")
        return _("Closed, opens {day} at {time}").format(day=_day_word(self.next), time=hour(self.next))


@dataclass(frozen=True)
class DayHours:
    """The openings of one day, for the table on the shop's page."""

    day: date
    spans: tuple[tuple[datetime, datetime], ...]
    holiday: str = ""
    is_today: bool = False


UNKNOWN = OpenState(None)
FEDERAL = "federal"


def _day_word(moment: datetime) -> str:
    """today, tomorrow, or the name of the day; with the date from a week on."""
    ahead = (clock.local(moment).date() - clock.today()).days
    if ahead in (0, 1):
        return _("today") if ahead == 0 else _("tomorrow")
    if ahead < 7:
        return _("on {weekday}").format(weekday=formats.date_format(clock.local(moment), "l"))
    return _("on {weekday}").format(weekday=day(moment))


def readable(expression: str) -> bool:
    """Whether the library understands the expression."""
    return _parsed(expression.strip(), "", 2026) is not None if expression.strip() else False


def state_at(expression: str, at: datetime, land: str) -> OpenState:
    """Open or not at this moment, and when that changes (Berlin time)."""
    local = at.astimezone(BERLIN)
    parsed = _parsed(expression.strip(), land, local.year) if expression.strip() else None
    if parsed is None:
        return UNKNOWN
    state, note = parsed.state(local)
    if state == State.UNKNOWN:
        return OpenState(None, note=note)
    if state == State.OPEN:
        return OpenState(True, until=parsed.next_change(local), note=note)
    return OpenState(False, next=_next_opening(parsed, local))


def week_from(expression: str, at: datetime, land: str) -> list[DayHours]:
    """The seven days beginning today, sorted from Monday to Sunday; empty if the expression cannot be read."""
    local = at.astimezone(BERLIN)
    parsed = _parsed(expression.strip(), land, local.year) if expression.strip() else None
    if parsed is None:
        return []
    free = _holidays(land, local.year)
    days = [local.date() + timedelta(days=ahead) for ahead in range(7)]
    rows = [DayHours(day, _spans(parsed, day), free.get(day, ""), day == local.date()) for day in days]
    return sorted(rows, key=lambda row: row.day.weekday())


def spans_on(expression: str, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """The openings that begin on this day, with the holidays that every Land has; empty if it cannot be read."""
    parsed = _parsed(expression.strip(), FEDERAL, day.year) if expression.strip() else None
    return _spans(parsed, day) if parsed else ()


def _spans(parsed: OpeningHours, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """Openings that begin on this day; one that runs past midnight ends on the next."""
    start = datetime.combine(day, time(), BERLIN)
    found: list[tuple[datetime, datetime]] = []
    for begin, end, state, _note in parsed.intervals(start, start + timedelta(days=2)):
        if state != State.OPEN or begin >= end:
            continue
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


@lru_cache(maxsize=4096)
def _parsed(expression: str, land: str, year: int) -> OpeningHours | None:
    try:
        return OpeningHours(_with_holidays(expression, land, year), timezone=BERLIN, max_interval_days=400)
    except (ParserError, ValueError, SyntaxError):
        return None


def _with_holidays(expression: str, land: str, year: int) -> str:
    """The expression with `PH` spelled out as the Land's holidays, since the library only knows the federal ones."""
    if not land or expression == "24/7":
        return expression
    dates = ",".join(f"{day:%Y %b %d}" for day in sorted(_holidays(land, year)))
    if not _PH.search(expression):
        return f"{expression}; {dates} off"
    return "; ".join(_spell_out(rule.strip(), dates) for rule in expression.split(";") if rule.strip())


def _spell_out(rule: str, dates: str) -> str:
    match = _DAYS.match(rule)
    if not match or not _PH.search(match["days"]):
        return rule
    weekdays = ",".join(day.strip() for day in match["days"].split(",") if day.strip() != "PH")
    on_holidays = f"{dates} {match['rest'] or '00:00-24:00'}"
    return f"{weekdays} {match['rest']}; {on_holidays}" if weekdays else on_holidays


@lru_cache(maxsize=64)
def _holidays(land: str, year: int) -> dict[date, str]:
    if not land:
        return {}
    subdiv = None if land == FEDERAL else land
    return dict(holidays.country_holidays("DE", subdiv=subdiv, years=(year, year + 1), language="de"))
