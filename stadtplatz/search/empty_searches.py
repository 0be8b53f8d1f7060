"""Texts that found nothing: what the operator should know, and nobody's name."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from stadtplatz.kit import clock, throttle
from stadtplatz.kit.text import fold
from stadtplatz.search.models import EmptySearch

KEEP = timedelta(days=90)
MOST_PER_DAY = 2_000
"""So many different texts are told apart a day, so that a machine that searches nonsense does not fill the table."""
DAYS = 3
"""On so many different days a text must have been typed before it is kept: a rare text may point to a person."""


WRITES = throttle.Limit("empty searches", most=30, seconds=60)


def count(typed: str, on: date | None = None) -> None:
    """Count one more search of today without a result. What was typed is kept from the third different day on, not before: a text that only one
    person or one event has a reason to type never comes to stand here. Texts with digits or an @ (addresses, number plates, accounts) and
    very long ones are only counted."""
    text = " ".join(fold(typed).split())
    if not text or WRITES.is_full():
        return
    is_plain = 2 < len(text) <= 60 and not re.search(r"[\d@]", text)
    _write(text if is_plain else "", on or clock.today())


@transaction.atomic
def _write(text: str, day: date) -> None:
    mark = mark_of(text) if text else ""
    if EmptySearch.objects.filter(mark=mark, day=day).update(count=F("count") + 1):
        return
    if mark and EmptySearch.objects.filter(day=day).count() >= MOST_PER_DAY:
        _write("", day)
        return
    EmptySearch.objects.bulk_create([EmptySearch(mark=mark, day=day)], ignore_conflicts=True)
    same = EmptySearch.objects.filter(mark=mark)
    if mark and same.count() >= DAYS:
        same.filter(text="").update(text=text)


def mark_of(text: str) -> str:
    """What tells that a folded text is the same again; without our secret key nobody makes it from a text."""
    return salted_hmac("stadtplatz.search.empty", text).hexdigest()[:32]


def forget_old() -> int:
    """Delete what is older than 90 days; returns how many rows."""
    return EmptySearch.objects.filter(day__lt=clock.today() - KEEP).delete()[0]


@dataclass(frozen=True)
class Missed:
    """A text that found nothing: how often in each week, the present one first, and in all."""

    text: str
    weeks: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.weeks)


def by_week(*, weeks: int = 4, most: int = 100) -> tuple[list[Missed], int]:
    """What found nothing in the last weeks (of seven days each), the most frequent first; and how many more searches found nothing, whose
    texts are not kept. One query."""
    today = clock.today()
    counts: dict[str, list[int]] = {}
    unnamed = 0
    for text, day, count in EmptySearch.objects.filter(day__gt=today - timedelta(weeks=weeks)).values_list(
        "text", "day", "count"
    ):
        if text:
            counts.setdefault(text, [0] * weeks)[(today - day).days // 7] += count
        else:
            unnamed += count
    rows = (Missed(text, tuple(numbers)) for text, numbers in counts.items() if any(numbers))
    return sorted(rows, key=lambda row: (-row.total, row.text))[:most], unnamed
