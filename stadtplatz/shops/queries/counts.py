"""Counts of visits."""

from dataclasses import dataclass
from datetime import timedelta

from stadtplatz.kit import clock
from stadtplatz.shops.models import DayCount, Shop


@dataclass(frozen=True)
class Visits:
    """How often a shop's page was opened, and how often from the search, in the last seven days and in the seven before."""

    views: int
    searches: int
    views_before: int


def visits(shop: Shop) -> Visits:
    """Counts of the last two weeks. One query."""
    today = clock.today()
    rows = DayCount.objects.filter(shop=shop, day__gt=today - timedelta(days=14)).values_list("day", "kind", "count")
    week = [(kind, count) for day, kind, count in rows if day > today - timedelta(days=7)]
    return Visits(
        views=sum(count for kind, count in week if kind == DayCount.VIEW),
        searches=sum(count for kind, count in week if kind == DayCount.SEARCH),
        views_before=sum(
            count for day, kind, count in rows if kind == DayCount.VIEW and day <= today - timedelta(days=7)
        ),
    )
