"""Reading appointments: by link, by number and code, by their customer, and by the shop."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stadtplatz.appointments import flow, rules, times
from stadtplatz.appointments.models import Appointment, Block, Resource, Service
from stadtplatz.appointments.queries.calendar import Diary, diaries, resources_of
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.errands import of_actor, opened_with
from stadtplatz.kit.rows import sole
from stadtplatz.shops.models import Shop

_WITH = ("shop", "resource", "guest", "person", "service__offer")


def by_secret(secret: str) -> Appointment | None:
    """The appointment behind a secret link."""
    return sole(Appointment.objects.filter(secret=secret).select_related(*_WITH)) if secret else None


def by_number_and_code(number: str, code: str) -> Appointment | None:
    """The appointment of this number if the typed code is its own. Limits on tries are the caller's."""
    return opened_with(Appointment.objects.all(), number, code)


def mine(actor: Actor) -> list[Appointment]:
    """The appointments of this person or guest, newest first, at most a hundred."""
    return list(
        of_actor(Appointment.objects.all(), actor).select_related("shop", "resource").order_by("-placed_at")[:100]
    )


def for_shop(slug: str, number: str, actor: Actor) -> Appointment | None:
    """The appointment of this shop, for people who keep its calendars; None for everybody else."""
    found = sole(Appointment.objects.filter(shop__slug=slug, number=number).select_related(*_WITH))
    return found if found and rules.may_keep_calendars(actor, found.shop) else None


def today(shop: Shop, *, at: datetime | None = None) -> list[Appointment]:
    """What is agreed for today, in order."""
    begin, end = times.day_span(clock.local(at or clock.now()).date())
    rows = Appointment.objects.filter(shop=shop, starts_at__gte=begin, starts_at__lt=end)
    rows = rows.filter(state__in=(flow.BOOKED, flow.DONE, flow.MISSED)).select_related("resource", "guest")
    return list(rows.order_by("starts_at", "pk"))


def requests(shop: Shop) -> list[Appointment]:
    """What the shop has still to say yes or no to, the earliest time first."""
    rows = Appointment.objects.filter(shop=shop, state=flow.REQUESTED).select_related("resource", "guest")
    return list(rows.order_by("starts_at", "pk"))


def has_calendars(shop: Shop) -> bool:
    """Whether the shop keeps any calendar here."""
    return Resource.objects.filter(shop=shop).exists()


@dataclass(frozen=True)
class Entry:
    """One line of a calendar: an appointment, a block, or a busy time of a foreign calendar."""

    starts_at: datetime
    ends_at: datetime
    appointment: Appointment | None = None
    block: Block | None = None
    is_outside: bool = False
    """Whether this appointment lies outside the working times, because these were changed since."""


@dataclass(frozen=True)
class Column:
    """One resource on one day."""

    resource: Resource
    working: list[tuple[datetime, datetime]]
    entries: list[Entry]
    is_stale: bool


@dataclass(frozen=True)
class CalendarDay:
    """One day of the shop's calendar."""

    day: date
    columns: list[Column]

    @property
    def count(self) -> int:
        """Appointments of this day."""
        return sum(1 for column in self.columns for entry in column.entries if entry.appointment)


def calendar(shop: Shop, first: date, days: int, *, at: datetime | None = None) -> list[CalendarDay]:
    """The shop's calendar over these days, cancelled and declined things left out. Six queries and one for each resource."""
    rows = resources_of(shop, active=False)
    begin, end = times.day_span(first, days)
    books = diaries(rows, first, days, at=at or clock.now())
    booked = Appointment.objects.filter(shop=shop, starts_at__lt=end, ends_at__gt=begin, state__in=flow.TAKES_TIME)
    blocks = Block.objects.filter(resource__in=rows, starts_at__lt=end, ends_at__gt=begin)
    entries: dict[tuple[date, int], list[Entry]] = {}
    by_resource = {book.resource.pk: book for book in books}
    for row in booked.select_related("guest", "resource"):
        day = max(clock.local(row.starts_at).date(), first)
        outside = not by_resource[row.resource_id].works(row.starts_at, row.ends_at)
        entry = Entry(row.starts_at, row.ends_at, appointment=row, is_outside=outside)
        entries.setdefault((day, row.resource_id), []).append(entry)
    for block in blocks:
        day = max(clock.local(block.starts_at).date(), first)
        entries.setdefault((day, block.resource_id), []).append(Entry(block.starts_at, block.ends_at, block=block))
    for book in books:
        for foreign_begin, foreign_end in book.foreign:
            for day in _days_of(foreign_begin, foreign_end, first, days):
                entries.setdefault((day, book.resource.pk), []).append(Entry(foreign_begin, foreign_end))
    all_days = [first + timedelta(days=ahead) for ahead in range(days)]
    return [
        CalendarDay(day, [_column(book, day, entries) for book in books if _shown(book, day, entries)])
        for day in all_days
    ]


def services_of(shop: Shop) -> list[tuple[Offer, Service | None]]:
    """The shop's offers of the kind "service", and how each is booked; two queries and one for their calendars."""
    offers = Offer.objects.filter(shop=shop, kind=Offer.SERVICE).exclude(state=Offer.WITHDRAWN).order_by("title", "pk")
    rows = Service.objects.filter(offer__in=offers).prefetch_related("resources").select_related("offer__shop")
    known = {row.offer_id: row for row in rows}
    return [(offer, known.get(offer.pk)) for offer in offers]


def _shown(book: Diary, day: date, entries: dict[tuple[date, int], list[Entry]]) -> bool:
    return book.resource.is_active or (day, book.resource.pk) in entries


def _column(book: Diary, day: date, entries: dict[tuple[date, int], list[Entry]]) -> Column:
    found = sorted(entries.get((day, book.resource.pk), []), key=lambda entry: (entry.starts_at, entry.ends_at))
    return Column(book.resource, list(book.working.get(day, [])), found, book.is_stale)


def _days_of(begin: datetime, end: datetime, first: date, days: int) -> list[date]:
    last = clock.local(end - timedelta(seconds=1)).date()
    start = clock.local(begin).date()
    return [day for day in (first + timedelta(days=ahead) for ahead in range(days)) if start <= day <= last]
