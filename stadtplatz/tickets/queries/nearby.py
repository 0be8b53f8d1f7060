"""What was already reported close by, so that nobody has to report it twice. Shows what everybody may read, and no more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

from django.db.models import Q

from stadtplatz.cases.models import Case
from stadtplatz.kit import clock
from stadtplatz.tickets.models import Category, Echo, Publication, PublishedPhoto, Ticket
from stadtplatz.tickets.queries.finding import KIND, shown_state
from stadtplatz.tickets.queries.publication import visible

EARTH = 6_371_000
METRES_PER_DEGREE = 111_195
MOST = 5
_LOOKED_AT = 300


@dataclass(frozen=True)
class Nearby:
    """One report close by. `text` and `photos` are those that were released, else empty; never number, secret or reporter."""

    ticket: Ticket
    state: str
    open: bool
    received_at: datetime
    metres: int
    concerned: int
    publication: Publication | None = None
    photos: list[PublishedPhoto] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.publication.text if self.publication else ""


def nearby(
    place: tuple[float, float] | None, category: Category | None, *, at: datetime | None = None, limit: int = MOST
) -> list[Nearby]:
    """Reports of this category around the place, nearest first: open ones, and those of the last days that are done.

    Radius and days are those of the category. Categories with radius 0 show nothing, and those that point at people only what
    was released. At most five queries; a bounding box is read from the index on latitude and longitude, then measured exactly.
    """
    if place is None or category is None or not category.nearby_metres:
        return []
    at = at or clock.now()
    since = at - timedelta(days=category.nearby_days)
    metres = {
        pk: distance
        for pk, lon, lat, received, closed in _in_box(place, category.nearby_metres)
        if (closed is None or received >= since)
        and (distance := metres_between(place, (lon, lat))) <= category.nearby_metres
    }
    nearest = sorted(metres, key=metres.__getitem__)[:_LOOKED_AT]
    rows = Ticket.objects.filter(case_id__in=nearest, category=category, anonymised_at=None, case__kind=KIND)
    rows = rows.filter(Q(case__closed_at=None) | Q(case__outcome="done")).select_related("case", "category")
    found = sorted(rows, key=lambda ticket: metres[ticket.case_id])
    return _shown(found, metres, limit, only_released=category.accuses)


def one_nearby(
    place: tuple[float, float] | None, category: Category | None, pk: str, *, at: datetime | None = None
) -> Ticket | None:
    """The report of this id if it is among those shown for this place and category."""
    return next((row.ticket for row in nearby(place, category, at=at) if str(row.ticket.pk) == pk), None)


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres on the ground between two points (longitude, latitude), by the haversine formula."""
    lon1, lat1, lon2, lat2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _in_box(place: tuple[float, float], metres: int) -> list[tuple]:
    """Asked by latitude and longitude alone, so that no database prefers another index."""
    lon, lat = place
    high = metres / METRES_PER_DEGREE
    wide = high / max(0.01, cos(radians(lat)))
    rows = Case.objects.filter(lat__range=(lat - high, lat + high), lon__range=(lon - wide, lon + wide))
    return list(rows.values_list("pk", "lon", "lat", "received_at", "closed_at")[:5_000])


def _shown(found: list[Ticket], metres: dict[int, float], limit: int, *, only_released: bool) -> list[Nearby]:
    pks = [ticket.pk for ticket in found[: 4 * limit]]
    public = visible().filter(pk__in=pks).select_related("publication").prefetch_related("publication__photos")
    released = {ticket.pk: ticket.publication for ticket in public} if pks else {}
    kept = [ticket for ticket in found if ticket.pk in released or not only_released][:limit]
    told = Echo.objects.filter(ticket__in=kept, kind=Echo.ME_TOO).values_list("ticket_id", flat=True)
    count = Counter(told) if kept else Counter()
    return [
        Nearby(
            ticket=ticket,
            state=str(shown_state(ticket.case).label),
            open=ticket.case.closed_at is None,
            received_at=ticket.case.received_at,
            metres=round(metres[ticket.case_id]),
            concerned=1 + count[ticket.pk],
            publication=released.get(ticket.pk),
            photos=list(released[ticket.pk].photos.all()) if ticket.pk in released else [],
        )
        for ticket in kept
    ]
