"""Opening hours in OpenStreetMap's syntax, with the holidays of the Land.

A shop that says nothing about public holidays is taken as closed on them (Sunday and holiday rest of the Länder's shop-closing
acts), unless it is open round the clock. Evaluating costs about 10 µs, so lists may ask for every shop.
"""

import re
from contextlib import suppress
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
from stadtplatz.shops.handwriting import mended

_PH = re.compile(r"\bPH\b")
_DAYS = re.compile(
    r"^(?P<days>(?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?)(?:\s*,\s*(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?)*)\s*(?P<rest>.*)$"
)


_DAY = "Mo|Tu|We|Th|Fr|Sa|Su|PH"
_LOOSE_LIST = re.compile(rf"\b({_DAY})\s*,\s+(?=(?:{_DAY})\b)")
_GLUED_RULE = re.compile(rf"(?<=\d),(?=(?:{_DAY})\b)")
_REMARK = re.compile(r'\s*"([^"]*)"\s*')
_GERMAN = {"Di": "Tu", "Mi": "We", "Do": "Th", "So": "Su"}
_GERMAN_DAY = re.compile(r"\b(Di|Mi|Do|So)\b")


Span = tuple[datetime, datetime]
_OPEN_END = re.compile(r"(?<![-\d:])((?:[01]?\d|2[0-3]):[0-5]\d)\+")
_ONLY_REMARK = re.compile(r'[^":]*"[^"]*"\s*')
_KNOWN_WORDS = re.compile(r"24/7|open|off|closed|unknown|sun|dawn|dusk")
LONGEST = 1000
"""Signs of an expression that is read; the map allows 255."""
_MIDDLE = (51.16, 10.45)
_MIDDLES = {
    "BB": (52.4, 13.1), "BE": (52.5, 13.4), "BW": (48.7, 9.0), "BY": (48.8, 11.5), "HB": (53.1, 8.8), "HE": (50.5, 9.0), "HH": (53.6, 10.0),
    "MV": (53.8, 12.5), "NI": (52.6, 9.3), "NW": (51.4, 7.5), "RP": (49.9, 7.4), "SH": (54.2, 9.7), "SL": (49.4, 7.0), "SN": (51.0, 13.4),
    "ST": (51.9, 11.7), "TH": (50.9, 11.0),
}  # fmt: skip
"""Where the sun rises and sets, near enough: the middle of the Land (latitude, longitude)."""


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
    open_ends: tuple[datetime, ...] = ()
    """Openings of which nobody said when they end (`15:00+`); they are no spans, since nothing can be promised in them."""


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
    """Whether the library understands the expression, or it is nothing but a remark in quotes."""
    text = expression.strip()
    return bool(text) and (remark(text) != "" or _parsed(text, "", 2026) is not None)


def remark(expression: str) -> str:
    """The words of an expression that is nothing but a remark, such as `"nach Vereinbarung"`; else empty."""
    match = _REMARK.fullmatch(expression)
    return match[1] if match else ""


def state_at(expression: str, at: datetime, land: str, special: str = "") -> OpenState:
    """Open or not at this moment, and when that changes (Berlin time). `special` is `special.as_rules` of the shop."""
    local = at.astimezone(BERLIN)
    parsed = _read(expression, land, local.year, special)
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
    parsed = _read(expression, land, local.year, special)
    return _next_opening(parsed, local) if parsed else None


def week_from(expression: str, at: datetime, land: str, special: str = "") -> list[DayHours]:
    """The seven days beginning today, sorted from Monday to Sunday; empty if the expression cannot be read."""
    local = at.astimezone(BERLIN)
    parsed = _read(expression, land, local.year, special)
    if parsed is None:
        return []
    free = _holidays(land, local.year)
    days = [local.date() + timedelta(days=ahead) for ahead in range(7)]
    rows = []
    for one in days:
        known, open_ends = _told_apart(expression, _spans(parsed, one))
        rows.append(DayHours(one, known, free.get(one, ""), one == local.date(), open_ends))
    return sorted(rows, key=lambda row: row.day.weekday())


def spans_on(expression: str, day: date, land: str = "", special: str = "") -> tuple[tuple[datetime, datetime], ...]:
    """The openings that begin on this day and have an end, without a Land with the holidays that every one has; empty if it cannot be
    read."""
    parsed = _read(expression, land or FEDERAL, day.year, special)
    return _told_apart(expression, _spans(parsed, day))[0] if parsed else ()


def has_open_end(expression: str) -> bool:
    """Whether some opening has no end (`15:00+`)."""
    return bool(_OPEN_END.search(expression))


def _read(expression: str, land: str, year: int, special: str = "") -> OpeningHours | None:
    text = expression.strip()
    return _parsed(text, land, year, special) if text and not remark(text) else None


def _spans(parsed: OpeningHours, day: date) -> tuple[tuple[datetime, datetime], ...]:
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


@lru_cache(maxsize=4096)
def _parsed(expression: str, land: str, year: int, special: str = "") -> OpeningHours | None:
    if len(expression) > LONGEST:
        return None
    for meant in (_tidied(expression), _tidied(mended(expression))):
        known = _remarks_unknown(_without_school_holidays(meant))
        if not known:
            return None
        whole = "; ".join(filter(None, (_with_holidays(known, land, year), special)))
        with suppress(ParserError, ValueError, SyntaxError):
            return OpeningHours(
                whole, timezone=BERLIN, coords=_MIDDLES.get(land, _MIDDLE), auto_country=False,
                max_interval_days=400,
            )  # fmt: skip
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


def _remarks_unknown(expression: str) -> str:
    """`Sa "nach Vereinbarung"` says that nothing is known of Saturdays; the library takes it for open all day."""
    rules = re.split(r'((?:;|\|\|)(?=(?:[^"]*"[^"]*")*[^"]*$))', expression)
    return "".join(re.sub(r'(\s*)(")', r" unknown \2", rule, count=1) if _is_remark(rule) else rule for rule in rules)


def _is_remark(rule: str) -> bool:
    """Days and words in quotes, but no times."""
    return bool(_ONLY_REMARK.fullmatch(rule)) and not _KNOWN_WORDS.search(rule.partition('"')[0])


def _without_school_holidays(expression: str) -> str:
    """Without the rules that hold in school holidays alone (`SH`), since nobody told us when those are."""
    if "SH" not in expression:
        return expression
    rules = [rule for rule in expression.split(";") if not re.match(r"\s*SH\b", rule)]
    return ";".join(rules).strip()


def _tidied(expression: str) -> str:
    """What mappers and people write against the letter of the syntax but plainly mean: `Mo, Tu 8:00-12:00` is one list of days and
    not "Monday round the clock", `12:00,Fr` begins a new rule, `So` is Sunday."""
    if '"' not in expression:
        expression = _GERMAN_DAY.sub(lambda match: _GERMAN[match[1]], expression)
    return _GLUED_RULE.sub(", ", _LOOSE_LIST.sub(r"\1,", expression))


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
