"""Public reports for machines: one shape for Open311 and REST, of what `publication.visible` lets everybody read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from stadtplatz.cases.models import Case
from stadtplatz.kit import codes
from stadtplatz.tickets.flow import DONE
from stadtplatz.tickets.models import ApiClient, Category, Ticket
from stadtplatz.tickets.queries.finding import shown_state
from stadtplatz.tickets.queries.publication import visible

MOST = 1000
"""Reports in one answer."""


@dataclass(frozen=True)
class Photo:
    pk: int
    width: int
    height: int
    words: str


@dataclass(frozen=True)
class Record:
    """A report as everybody may know it; `own` marks one that a program reads as the one who sent it."""

    number: str
    open: bool
    state: str
    state_label: str
    category: Category
    text: str
    unit: str
    received_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    expected_at: datetime | None
    address: str
    district: str
    lon: float | None
    lat: float | None
    photos: list[Photo] = field(default_factory=list)
    own: bool = False


@dataclass(frozen=True)
class Wanted:
    """What is asked for. `received` and `changed` are from-to, both ends included; `box` is west, south, east, north."""

    categories: Sequence[str] = ()
    statuses: Sequence[str] = ()
    received: tuple[datetime | None, datetime | None] = (None, None)
    changed: tuple[datetime | None, datetime | None] = (None, None)
    box: tuple[float, float, float, float] | None = None
    page: int = 1
    page_size: int = MOST


def find(wanted: Wanted) -> tuple[list[Record], bool]:
    """A page of public reports and whether more follow: the newest first, or the longest unchanged first where changes are asked for."""
    rows = visible()
    if wanted.categories:
        rows = rows.filter(category__code__in=wanted.categories)
    if len(set(wanted.statuses)) == 1:
        rows = rows.filter(case__closed_at__isnull=wanted.statuses[0] == "open")
    for name, (start, end) in {"received_at": wanted.received, "changed_at": wanted.changed}.items():
        if start:
            rows = rows.filter(**{f"publication__{name}__gte": start})
        if end:
            rows = rows.filter(**{f"publication__{name}__lte": end})
    if wanted.box:
        west, south, east, north = wanted.box
        rows = rows.filter(publication__lon__range=(west, east), publication__lat__range=(south, north))
    order = ("publication__changed_at", "pk") if any(wanted.changed) else ("-publication__received_at", "-pk")
    size = min(wanted.page_size, MOST)
    start_at = (wanted.page - 1) * size
    found = list(_joined(rows).order_by(*order)[start_at : start_at + size + 1])
    return [_public(ticket) for ticket in found[:size]], len(found) > size


def named(numbers: Iterable[str], client: ApiClient | None = None) -> list[Record]:
    """The public ones of these reports in the order they were named, and those the asking program sent itself."""
    spelled = [known for number in numbers if (known := codes.read_number(number))][:MOST]
    found = {t.case.number: _public(t) for t in _joined(visible()).filter(case__number__in=spelled)}
    missing = [number for number in spelled if number not in found]
    if client and missing:
        own = Ticket.objects.filter(case__number__in=missing, by_client__client=client, anonymised_at=None)
        found |= {t.case.number: _own(t) for t in _joined(own)}
    return [found[number] for number in dict.fromkeys(spelled) if number in found]


def _joined(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    joined = rows.select_related("publication", "category", "case__unit", "case__district")
    return joined.defer("case__district__geometry").prefetch_related("case__deadlines", "publication__photos")


def _public(ticket: Ticket) -> Record:
    publication = ticket.publication
    photos = [Photo(row.pk, row.width, row.height, row.words) for row in publication.photos.all()]
    return _record(ticket, publication.text, publication.changed_at, photos)


def _own(ticket: Ticket) -> Record:
    return _record(ticket, ticket.text, ticket.case.changed_at, [], own=True)


def _record(ticket: Ticket, text: str, changed_at: datetime, photos: list[Photo], *, own: bool = False) -> Record:
    case = ticket.case
    state = shown_state(case)
    return Record(
        number=case.number,
        open=case.closed_at is None,
        state=state.code,
        state_label=str(state.label),
        category=ticket.category,
        text=text,
        unit=case.unit.name,
        received_at=case.received_at,
        changed_at=changed_at,
        closed_at=case.closed_at,
        expected_at=_expected(case),
        address=case.place_label,
        district=case.district.name if case.district else "",
        lon=case.lon,
        lat=case.lat,
        photos=photos,
        own=own,
    )


def _expected(case: Case) -> datetime | None:
    """By when the city wants to be done; empty when it is, and while the clock rests."""
    if case.closed_at:
        return None
    return next((row.due for row in case.deadlines.all() if row.code == DONE and row.met_at is None), None)
