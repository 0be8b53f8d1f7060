"""Reading calendars: when a resource is there, which of its five minutes are taken, what foreign calendars say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from stadtplatz.appointments import rules, times
from stadtplatz.appointments.models import Away, ForeignCalendar, ForeignEvent, Resource
from stadtplatz.appointments.times import Span
from stadtplatz.kit import clock
from stadtplatz.pools import queries as pools
from stadtplatz.shops import queries as shops
from stadtplatz.shops.models import Shop


@dataclass(frozen=True)
class Diary:
    """What is known of one resource between two days: its working times by day, full cells, foreign busy times."""

    resource: Resource
    working: Mapping[date, list[Span]]
    full: frozenset[int]
    foreign: list[Span] = field(default_factory=list)
    is_stale: bool = False
    """Whether a foreign calendar of it could not be read lately: then nothing is sure."""

    def is_free(self, start: datetime, end: datetime, *, own: frozenset[int] = frozenset()) -> bool:
        """Whether all five minutes of this time can be had; `own` are those the asking appointment has already."""
        return not any(cell in self.full and cell not in own for cell in times.cells(start, end))

    def is_unsure(self, start: datetime, end: datetime) -> bool:
        """Whether the shop has to look first: a foreign event touches this time, or we do not know."""
        return self.is_stale or times.touches(self.foreign, start, end)

    def works(self, start: datetime, end: datetime) -> bool:
        """Whether the whole time lies within one working time."""
        spans = self.working.get(clock.local(start).date(), [])
        return any(begin <= start and end <= stop for begin, stop in spans)


def resources_of(shop: Shop, *, active: bool = True) -> list[Resource]:
    """The calendars of a shop in their order, without those that are switched off."""
    rows = Resource.objects.filter(shop=shop).select_related("shop")
    return list(rows.filter(is_active=True) if active else rows)


def resource_of(shop: Shop, pk: int) -> Resource | None:
    """This calendar of the shop."""
    return Resource.objects.filter(shop=shop, pk=pk).select_related("shop").first()


def diaries(resources: Iterable[Resource], first: date, days: int, *, at: datetime) -> list[Diary]:
    """The calendars over these days. Three queries and one for each resource; needs `shop` to be loaded."""
    rows = list(resources)
    begin, end = times.day_span(first, days)
    away: dict[int, list[Away]] = {row.pk: [] for row in rows}
    for one in Away.objects.filter(resource__in=rows, first__lte=first + timedelta(days=days), last__gte=first):
        away[one.resource_id].append(one)
    foreign, stale = _foreign(rows, begin, end, at)
    all_days = [first + timedelta(days=ahead) for ahead in range(days)]
    return [
        Diary(
            row,
            {day: _working(row, day, away[row.pk]) for day in all_days},
            full_cells(row, begin, end),
            times.merged(foreign[row.pk]),
            row.pk in stale,
        )
        for row in rows
    ]


def full_cells(resource: Resource, begin: datetime, end: datetime) -> frozenset[int]:
    """The cells of which nothing is left. One query. A margin of a day at both ends, for what is kept free before and after."""
    cells = times.cells(begin - timedelta(days=1), end + timedelta(days=1))
    found = pools.between(rules.pool_key(resource, cells[0]), rules.pool_key(resource, cells[-1]))
    return frozenset(int(key.rsplit(":", 1)[1]) for key, level in found.items() if level.available < 1)


def _working(resource: Resource, day: date, away: list[Away]) -> list[Span]:
    shop_spans = shops.spans_on(resource.shop, day, resource.hours)
    for row in away:
        if row.first <= day <= row.last:
            return [_span(day, part) for part in row.times.split(",")] if row.times else []
    return [(begin, end) for begin, end in shop_spans]


def _span(day: date, text: str) -> Span:
    begin, end = (_clock(day, part) for part in text.split("-"))
    return begin, end


def _clock(day: date, text: str) -> datetime:
    if text == "24:00":
        return times.midnight(day + timedelta(days=1))
    return datetime.combine(day, time.fromisoformat(text), clock.BERLIN)


def _foreign(
    resources: list[Resource], begin: datetime, end: datetime, at: datetime
) -> tuple[dict[int, list[Span]], set[int]]:
    calendars = ForeignCalendar.objects.filter(resource__in=resources)
    by_id = {row.pk: row for row in calendars}
    stale = {row.resource_id for row in by_id.values() if rules.is_stale(row, at)}
    found: dict[int, list[Span]] = {row.pk: [] for row in resources}
    if by_id:
        margin = timedelta(days=1)
        events = ForeignEvent.objects.filter(calendar__in=by_id, starts_at__lt=end + margin, ends_at__gt=begin - margin)
        for calendar, starts_at, ends_at in events.values_list("calendar", "starts_at", "ends_at"):
            found[by_id[calendar].resource_id].append((starts_at, ends_at))
    return found, stale
