"""The public list and map. Both read the table of publications alone, so that very many reports cost little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Avg, Count, F, IntegerField, Min, Q, QuerySet
from django.db.models.functions import Cast
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stadtplatz.city.models import District
from stadtplatz.city.queries import districts
from stadtplatz.kit import clock, geo
from stadtplatz.kit.containing import contains
from stadtplatz.kit.text import stem
from stadtplatz.tickets.models import Category, Publication
from stadtplatz.tickets.queries.finding import shown_state

PAGE = 20
LATELY = timedelta(days=90)
STATES = {
    "aktuell": _("Open or of the last 90 days"),
    "offen": _("Open"),
    "erledigt": pgettext_lazy("report", "Closed"),
    "alle": _("All"),
}
TIMES = {"": _("Any time"), "7": _("7 days"), "30": _("30 days"), "90": _("90 days"), "365": _("12 months")}
SINGLE = 120
"""At most so many reports are named on one view of the map; the rest are counted."""
PIXELS = 6
"""Points within 2 to the power of this many pixels are counted together."""


@dataclass(frozen=True)
class Filters:
    """What a visitor asked for. Unknown values are as good as none."""

    text: str = ""
    category: str = ""
    district: str = ""
    state: str = "aktuell"
    days: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Filters:
        """From the parameters of an address: `q kategorie bezirk status zeit`."""
        state, days = given.get("status", ""), given.get("zeit", "")
        return cls(
            text=given.get("q", "").strip()[:100],
            category=given.get("kategorie", "")[:40],
            district=given.get("bezirk", "")[:80],
            state=state if state in STATES else "aktuell",
            days=days if days in TIMES else "",
        )

    @property
    def narrowed(self) -> bool:
        return self != Filters()

    @property
    def chosen(self) -> bool:
        """Whether more than words narrows the list down."""
        return replace(self, text="") != Filters()


def published() -> QuerySet[Publication]:
    """What everybody may read now; the same reports as `visible`, seen from the publication."""
    closed: dict[str, list[int]] = {"by_rule": [], "never": []}
    for pk, release, accuses in Category.objects.values_list("pk", "release", "accuses"):
        if release == Category.NEVER:
            closed["never"].append(pk)
        elif release != Category.AUTOMATIC or accuses:
            closed["by_rule"].append(pk)
    rows = Publication.objects.filter(withdrawn_at=None)
    if closed["never"]:
        rows = rows.exclude(category__in=closed["never"])
    return rows.exclude(automatic=True, category__in=closed["by_rule"]) if closed["by_rule"] else rows


def chosen(filters: Filters, at: datetime | None = None) -> QuerySet[Publication]:
    """The public reports that fit."""
    rows, now = published(), at or clock.now()
    if filters.state == "aktuell":
        rows = rows.filter(Q(open=True) | Q(received_at__gte=now - LATELY))
    elif filters.state != "alle":
        rows = rows.filter(open=filters.state == "offen")
    if filters.days:
        rows = rows.filter(received_at__gte=now - timedelta(days=int(filters.days)))
    if filters.category:
        rows = rows.filter(
            category__in=list(Category.objects.filter(code=filters.category).values_list("pk", flat=True))
        )
    if filters.district:
        rows = rows.filter(district__in=_with_parts(filters.district))
    for word in filters.text.split()[:5]:
        rows = rows.filter(_has_word(word))
    return rows


@dataclass(frozen=True)
class PublicLine:
    """A report as one line of a list: everything everybody may know at a glance."""

    publication: Publication
    number: str
    state: str
    kind: str
    photo: Any = None

    @property
    def url(self) -> str:
        return reverse("tickets-public", args=[self.number])


@dataclass(frozen=True)
class PublicList:
    """One page of the list. `lines` belong to `page`."""

    page: Page
    lines: list[PublicLine] = field(default_factory=list)


def public_list(filters: Filters, number: int | str = 1) -> PublicList:
    """The asked page, the newest first. A constant number of queries."""
    rows = with_case(chosen(filters)).order_by("-received_at", "-pk").prefetch_related("photos")
    page = Paginator(rows, PAGE).get_page(number)
    return PublicList(page, lines(page.object_list))


def newest(filters: Filters, limit: int) -> list[PublicLine]:
    """The newest that fit, for feeds and digests."""
    return lines(with_case(chosen(filters)).order_by("-received_at", "-pk").prefetch_related("photos")[:limit])


def with_case(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """With what a line shows."""
    return rows.select_related("category", "district", "ticket__case").defer("district__geometry", "ticket__text")


def lines(rows: Iterable[Publication]) -> list[PublicLine]:
    return [_line(row) for row in rows]


def public_districts() -> list[District]:
    """The parts of the town that can be chosen."""
    return list(districts().defer("geometry"))


def map_data(bounds: geo.Bounds, zoom: int, filters: Filters) -> dict[str, Any]:
    """GeoJSON for a view of the map: far away counted squares, near by the reports themselves. At most four queries.

    A feature has `count`, or `number`, `title`, `text`, `state`, `open`, `url` and `picture` of a single report.
    """
    rows = chosen(filters).exclude(cell=None)
    groups = _near(rows, bounds, zoom) if zoom > geo.CELL_ZOOM - 2 else None
    if groups is None:
        groups = _far(rows, bounds, zoom)
    single = [group.first for group in groups if group.count == 1][:SINGLE]
    known = {row.pk: row for row in with_case(rows.filter(pk__in=single))} if single else {}
    features = [_feature(group, known.get(group.first) if group.count == 1 else None) for group in groups]
    return {"type": "FeatureCollection", "features": features, "total": sum(group.count for group in groups)}


@dataclass
class _Group:
    count: int
    lon: float
    lat: float
    first: int


_COUNTED = {"n": Count("pk"), "mean_lon": Avg("lon"), "mean_lat": Avg("lat"), "first": Min("pk")}


def _far(rows: QuerySet[Publication], bounds: geo.Bounds, zoom: int) -> list[_Group]:
    """Counted by the cells kept with the reports; cells are merged until they are as large as the view wants them."""
    wanted = max(0, min(geo.CELL_ZOOM, zoom + 8 - PIXELS))
    if (inside := geo.cells_in(bounds)) is not None:
        rows = rows.filter(cell__in=inside)
    merged: dict[tuple[int, int], list[tuple]] = defaultdict(list)
    counted: Iterable[tuple]
    if wanted == geo.CELL_ZOOM:
        counted = rows.order_by().values_list("cell").annotate(**_COUNTED)
    else:  # among several cells, the middle of each is near enough
        few = rows.order_by().values_list("cell").annotate(n=_COUNTED["n"], first=_COUNTED["first"])
        counted = [(cell, n, *geo.centre(cell), first) for cell, n, first in few]
    for row in counted:
        merged[geo.coarser(row[0], wanted)].append(row[1:])
    groups = [_merge(parts) for parts in merged.values()]
    return [group for group in groups if bounds.holds(group.lon, group.lat)]


def _near(rows: QuerySet[Publication], bounds: geo.Bounds, zoom: int) -> list[_Group] | None:
    """Counted in a fine grid within the view; None when the view is too large for that."""
    if (inside := geo.cells_in(bounds)) is None:
        return None
    size = 360.0 / (1 << zoom + 8 - PIXELS)
    rows = rows.filter(
        cell__in=inside, lon__gte=bounds.west, lon__lte=bounds.east, lat__gte=bounds.south, lat__lte=bounds.north
    )
    if zoom >= 19:  # as near as the map goes: only what lies at the same spot is counted together
        size /= 2
    grid = rows.annotate(
        column=Cast((F("lon") - bounds.west) / size, IntegerField()),
        row=Cast((F("lat") - bounds.south) / (size * 0.66), IntegerField()),
    )
    found = grid.order_by().values_list("column", "row").annotate(**_COUNTED)
    return [_Group(*counted) for _column, _row, *counted in found]


def _merge(parts: list[tuple]) -> _Group:
    count = sum(part[0] for part in parts)
    lon = sum(part[0] * part[1] for part in parts) / count
    lat = sum(part[0] * part[2] for part in parts) / count
    return _Group(count, lon, lat, parts[0][3])


def _feature(group: _Group, row: Publication | None) -> dict[str, Any]:
    properties: dict[str, Any] = {"count": group.count}
    if row is not None:
        line = _line(row)
        properties = {
            "number": line.number,
            "title": row.category.name,
            "text": row.title,
            "state": line.state,
            "open": row.open,
            "url": line.url,
            "picture": static(row.category.picture_path),
        }
    lon, lat = (row.lon or group.lon, row.lat or group.lat) if row else (group.lon, group.lat)
    point = [round(lon, 6), round(lat, 6)]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": point}, "properties": properties}


_BADGES = {"new": "warning", "waiting": "info", "done": "success", "declined": "", "not_our_duty": "", "duplicate": ""}


def _line(row: Publication) -> PublicLine:
    case = row.ticket.case
    state = shown_state(case)
    photos = row.__dict__.get("_prefetched_objects_cache", {}).get("photos") or []
    return PublicLine(row, case.number, str(state.label), _BADGES.get(state.code, "info"), next(iter(photos), None))


def _with_parts(slug: str) -> list[int]:
    rows = District.objects.filter(Q(slug=slug) | Q(parent__slug=slug))
    return list(rows.values_list("pk", flat=True))


def _has_word(word: str) -> Q:
    """The stem of the word, in any usual spelling, in text or place."""
    start = word if len(word) <= 4 else word[: max(4, len(stem(word.lower())))]
    return contains(start, "text", "ticket__case__place_label")
