"""Texts that found nothing: what the operator should know, and nobody's name."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from stadtplatz.kit import clock, throttle
from stadtplatz.kit.text import fold
from stadtplatz.search.models import EmptySearch

KEEP = timedelta(days=90)
MOST_PER_DAY = 2_000
"""So many different texts are kept a day, so that a machine that searches nonsense does not fill the table."""


_writes = throttle.Limit("empty searches", most=30, seconds=60)


def count(typed: str) -> None:
    """Count one more search of today without a result. Texts with digits or an @ are left out: they may point to a person."""
    text = " ".join(fold(typed).split())
    if not 2 < len(text) <= 60 or re.search(r"[\d@]", text):
        return
    if _writes.is_full():
        return
    _write(text)


@transaction.atomic
def _write(text: str) -> None:
    today = clock.today()
    if EmptySearch.objects.filter(text=text, day=today).update(count=F("count") + 1):
        return
    if EmptySearch.objects.filter(day=today).count() < MOST_PER_DAY:
        EmptySearch.objects.bulk_create([EmptySearch(text=text, day=today)], ignore_conflicts=True)


def forget_old() -> int:
    """Delete what is older than 90 days; returns how many rows."""
    return EmptySearch.objects.filter(day__lt=clock.today() - KEEP).delete()[0]


LEAST = 3
"""Texts searched for less often than this are never shown one by one: a rare text may point to a person."""


@dataclass(frozen=True)
class Missed:
    """A text that found nothing: how often in each week, the present one first, and in all."""

    text: str
    weeks: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.weeks)


def by_week(*, weeks: int = 4, most: int = 100) -> tuple[list[Missed], int]:
    """What found nothing in the last weeks (of seven days each), the most frequent first; and how many searches were too rare to be shown.
    One query."""
    today = clock.today()
    counts: dict[str, list[int]] = {}
    for text, day, count in EmptySearch.objects.filter(day__gt=today - timedelta(weeks=weeks)).values_list(
        "text", "day", "count"
    ):
        counts.setdefault(text, [0] * weeks)[(today - day).days // 7] += count
    rows = sorted(
        (Missed(text, tuple(numbers)) for text, numbers in counts.items()), key=lambda row: (-row.total, row.text)
    )
    often = [row for row in rows if row.total >= LEAST]
    return often[:most], sum(row.total for row in rows if row.total < LEAST)
