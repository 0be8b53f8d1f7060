"""Opening hours as people write them, one line a day, and as the map writes them."""

import re
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from stadtplatz.shops import hours

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
NAMES = tuple(WEEKDAYS[index] for index in range(7))
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"^{_TIME}\s*(?:-|–|bis|to)\s*{_TIME}$", re.IGNORECASE)


def read_day(typed: str) -> str:
    """`08:00-12:30,14:00-18:00` from "8-12.30 und 14 bis 18 Uhr"; empty for a closed day. ValueError if it is neither."""
    text = re.sub(r"\b(uhr|h)\b", "", typed.strip(), flags=re.IGNORECASE).strip()
    if text.lower() in {"", "-", "–", "geschlossen", "zu", "closed"}:
        return ""
    spans: list[tuple[str, str]] = []
    for part in re.split(r"\s*(?:,|;|/|\bund\b|\band\b)\s*", text):
        match = _SPAN.match(part.strip())
        if not match:
            raise ValueError(typed)
        begin, end = _clock(match[1], match[2]), _clock(match[3], match[4])
        if begin >= end or (spans and spans[-1][1] > begin):
            raise ValueError(typed)
        spans.append((begin, end))
    return ",".join(f"{begin}-{end}" for begin, end in spans)


def compose(week: list[str]) -> str:
    """The map's expression for seven days in `read_day`'s form, Monday first; neighbours with equal hours become one rule.

    Public holidays are closed. A week that is closed throughout gives an empty text.
    """
    rules, start = [], 0
    for index in range(1, 8):
        if index == 7 or week[index] != week[start]:
            if week[start]:
                days = DAYS[start] if index - start == 1 else f"{DAYS[start]}-{DAYS[index - 1]}"
                rules.append(f"{days} {week[start]}")
            start = index
    return "; ".join([*rules, "PH off"]) if rules else ""


def simple_week(expression: str) -> list[str] | None:
    """The seven days of an expression that means the same every week and is closed on holidays; None for anything richer."""
    if not expression.strip():
        return [""] * 7
    if hours.has_open_end(expression):
        return None
    monday = date(2026, 1, 12)
    week = [_written(expression, monday + timedelta(days=ahead)) for ahead in range(7)]
    rebuilt = compose(week)
    days = [monday + timedelta(days=ahead) for ahead in range(364)]
    same = all(hours.spans_on(expression, day) == hours.spans_on(rebuilt, day) for day in days)
    return week if same else None


def in_words(expression: str) -> list[tuple[str, str]]:
    """Name of the day and its times for a simple week, as listed by whoever wrote it; empty for anything richer."""
    if not hours.readable(expression):
        return []
    week = simple_week(expression if "PH" in expression else f"{expression}; PH off")
    if week is None:
        return []
    return [
        (str(name), times.replace("-", "–").replace(",", ", ") if times else _("closed"))
        for name, times in zip(NAMES, week, strict=True)
    ]


def _written(expression: str, day: date) -> str:
    return ",".join(
        f"{begin:%H:%M}-{'24:00' if end.date() > day and f'{end:%H:%M}' == '00:00' else f'{end:%H:%M}'}"
        for begin, end in hours.spans_on(expression, day)
    )


def _clock(hour: str, minute: str | None) -> str:
    if int(hour) > 24 or int(minute or 0) > 59 or (int(hour) == 24 and int(minute or 0)):
        raise ValueError(f"{hour}:{minute}")
    return f"{int(hour):02d}:{int(minute or 0):02d}"
