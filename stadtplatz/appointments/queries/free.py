"""Which times can be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stadtplatz.appointments import times
from stadtplatz.appointments.models import Appointment, Resource, Service
from stadtplatz.appointments.queries.calendar import Diary, diaries
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock

DAYS = 7


@dataclass(frozen=True)
class FreeTime:
    """A time that can be chosen, with the calendars that are free then, the surest first."""

    starts_at: datetime
    resources: tuple[Resource, ...]
    on_request: bool
    """Whether the shop has to say yes first."""

    @property
    def code(self) -> str:
        """As an address or a form names it."""
        return times.code(self.starts_at)


@dataclass(frozen=True)
class FreeDay:
    """One day of the chooser."""

    day: date
    times: list[FreeTime]


def bookable_offer(offer_id: int) -> Offer | None:
    """The offer, if it is a service that everybody may see."""
    offer = Offer.objects.select_related("shop").filter(pk=offer_id, kind=Offer.SERVICE).first()
    return offer if offer and offer.is_on_sale else None


def service_for(offer_id: int) -> Service | None:
    """How this offer is booked, with offer, shop and active calendars; None if it is not set up."""
    rows = Service.objects.select_related("offer__shop").filter(offer_id=offer_id)
    return rows.first()


def calendars_of(service: Service) -> list[Resource]:
    """The calendars that do this service and are switched on, with their shop."""
    return list(service.resources.filter(is_active=True).select_related("shop"))


def window(service: Service, at: datetime) -> tuple[datetime, datetime]:
    """The first and the last moment at which the service can begin when it is booked now."""
    last = clock.local(at).date() + timedelta(weeks=service.horizon_weeks)
    return at + timedelta(hours=service.lead_hours), times.midnight(last + timedelta(days=1))


def free_days(
    service: Service,
    resources: Iterable[Resource],
    first: date,
    days: int = DAYS,
    *,
    at: datetime,
    moving: Appointment | None = None,
) -> list[FreeDay]:
    """The free times of these days, also of days without any. Three queries and one for each calendar.

    `moving` is the appointment that looks for another time: its own five minutes count as free.
    """
    books = diaries(resources, first, days, at=at)
    own = own_cells(moving)
    return [
        FreeDay(day, _times(service, books, day, at, own))
        for day in (first + timedelta(days=ahead) for ahead in range(days))
    ]


def first_free(
    service: Service, resources: Iterable[Resource], after: date, *, at: datetime, moving: Appointment | None = None
) -> date | None:
    """The first day from this one on with a free time, as far ahead as can be booked. Queries as `free_days`, twice if the next two weeks are full."""
    last = clock.local(window(service, at)[1]).date()
    rows, step = list(resources), 14
    while after <= last:
        found = free_days(service, rows, after, min(step, (last - after).days + 1), at=at, moving=moving)
        if (free := next((row.day for row in found if row.times), None)) is not None:
            return free
        after, step = after + timedelta(days=step), 400
    return None


def at_time(
    service: Service, resources: Iterable[Resource], start: datetime, *, at: datetime, moving: Appointment | None = None
) -> FreeTime | None:
    """This very time if it can be chosen: on the grid, within working times, neither too soon nor too late, and free."""
    day = free_days(service, resources, clock.local(start).date(), 1, at=at, moving=moving)[0]
    return next((row for row in day.times if row.starts_at == start), None)


def own_cells(appointment: Appointment | None) -> frozenset[tuple[int, int]]:
    """(resource, cell) of everything this appointment has taken."""
    if appointment is None or appointment.hold_id is None:
        return frozenset()
    return frozenset((appointment.resource_id, cell) for cell in taken_cells(appointment))


def taken_cells(appointment: Appointment) -> range:
    """The cells from the time kept before to the time kept after."""
    return times.cells(
        appointment.starts_at - timedelta(minutes=appointment.before),
        appointment.ends_at + timedelta(minutes=appointment.after),
    )


def _times(
    service: Service, books: list[Diary], day: date, at: datetime, own: frozenset[tuple[int, int]]
) -> list[FreeTime]:
    earliest, latest = window(service, at)
    tomorrow = times.midnight(day + timedelta(days=1))  # a shop that never closes has spans of several days
    found: dict[datetime, list[tuple[bool, int, Resource]]] = {}
    before, after = timedelta(minutes=service.before), timedelta(minutes=service.after)
    for number, book in enumerate(books):
        mine = frozenset(cell for resource, cell in own if resource == book.resource.pk)
        for start in times.starts(book.working.get(day, []), minutes=service.minutes, step=service.step):
            begin, end = start - before, start + service.length + after
            if earliest <= start < latest and start < tomorrow and book.is_free(begin, end, own=mine):
                unsure = service.ask_first or book.is_unsure(begin, end)
                found.setdefault(start, []).append((unsure, number, book.resource))
    return [
        FreeTime(start, tuple(row[2] for row in sorted(rows, key=lambda row: row[:2])), all(row[0] for row in rows))
        for start, rows in sorted(found.items())
    ]
