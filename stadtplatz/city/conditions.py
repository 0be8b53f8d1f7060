"""The conditions of a rule in words."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from stadtplatz.city.models import Conditions, Duty

A_LEAP_YEAR = 2024


def in_words(conditions: Conditions, *, with_district: bool = True) -> str:
    """Where and when the rule holds, for people: "Hauptstraßen; Mo-Fr; 16:00-07:00"; empty when nothing narrows it down."""
    parts: list[Any] = [conditions.district if with_district else None, conditions.street]
    parts.append(dict(Duty.STREET_CLASSES).get(conditions.street_class))
    parts.append(_("an area of its own") if conditions.area else None)
    parts.append(weekdays_in_words(conditions.weekdays))
    if conditions.from_time and conditions.until_time:
        parts.append(f"{time_format(conditions.from_time, 'H:i')}–{time_format(conditions.until_time, 'H:i')}")
    if conditions.season_from:
        parts.append(f"{_day(conditions.season_from)} – {_day(conditions.season_until)}")
    return "; ".join(str(part) for part in parts if part)


def weekdays_in_words(digits: str) -> str:
    """`12345` as "Mon–Fri"; single days and runs of days."""
    numbers = sorted(int(digit) for digit in set(digits))
    runs = []
    for _offset, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _position, number in group]
        first, last = _weekday(run[0]), _weekday(run[-1])
        runs.append(first if len(run) == 1 else f"{first}–{last}" if len(run) > 2 else f"{first}, {last}")
    return ", ".join(runs)


def _weekday(number: int) -> str:
    return date_format(date(A_LEAP_YEAR, 1, number), "D")  # 1 January 2024 was a Monday


def _day(month_and_day: str) -> str:
    month, day = month_and_day.split("-")
    return date_format(date(A_LEAP_YEAR, int(month), int(day)), _("j F"))
