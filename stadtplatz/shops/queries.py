"""Reading shops."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from stadtplatz.accounts import queries as accounts
from stadtplatz.city import queries as city_queries
from stadtplatz.city.models import Place
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import city
from stadtplatz.shops import categories, hours, special, steps
from stadtplatz.shops.aside import kept_until
from stadtplatz.shops.hours import DayHours, OpenState
from stadtplatz.shops.kept import all_hours
from stadtplatz.shops.models import (
    Branch,
    CareTask,
    ClaimLetter,
    ClaimRequest,
    Complaint,
    DayCount,
    Enquiry,
    Membership,
    RemovalRequest,
    Seller,
    Shop,
)
from stadtplatz.shops.special import SpecialDays
from stadtplatz.shops.structured import as_local_business, as_seller


def shops_of(actor: Actor) -> list[Shop]:
    """The shops this person works in, by name; none for guests and strangers."""
    if not actor.is_person:
        return []
    return list(Shop.objects.filter(memberships__person_id=actor.person_id).order_by("name"))


def owned_by(actor: Actor) -> list[Shop]:
    """The shops this person owns, by name."""
    if not actor.is_person:
        return []
    owned = Shop.objects.filter(memberships__person_id=actor.person_id, memberships__role=Membership.OWNER)
    return list(owned.exclude(state=Shop.CLOSED).order_by("name"))


def seller(shop: Shop) -> Seller:
    """The file of this shop; an empty one that is not saved if there is none."""
    return Seller.objects.filter(shop=shop).first() or Seller(shop=shop)


def setup_of(shop: Shop) -> list[steps.Progress]:
    """The steps of the guided list that still lack something."""
    return [row for row in steps.progress(shop, seller(shop)) if row.missing]


def complaints_of(shop: Shop) -> list[Complaint]:
    """What the seller complained about, newest first."""
    return list(Complaint.objects.filter(shop=shop).order_by("-pk"))


def desk_files(actor: Actor) -> dict[str, list[Any]]:
    """For the market desk: files that wait for a first and for a second look (those of others first), complaints, suspended shops."""
    waiting = list(Seller.objects.select_related("shop").filter(state=Seller.SUBMITTED).order_by("submitted_at"))
    second = sorted((row for row in waiting if row.first_by), key=lambda row: row.first_by == actor.key)
    return {
        "first": [row for row in waiting if not row.first_by],
        "second": [(row, row.first_by == actor.key) for row in second],
        "complaints": list(Complaint.objects.select_related("shop").filter(upheld=None).order_by("due_at")),
        "suspended": list(Seller.objects.select_related("shop").filter(state=Seller.SUSPENDED).order_by("-decided_at")),
        "filling": list(
            Seller.objects.select_related("shop")
            .filter(state__in=[Seller.FILLING, Seller.RETURNED], shop__standing__in=Shop.SHOWING)
            .exclude(shop__state=Shop.CLOSED)
            .order_by("shop__name")[:200]
        ),
        "approved": list(Seller.objects.select_related("shop").filter(state=Seller.APPROVED).order_by("shop__name")),
    }


def enquiries(shop: Shop, most: int = 100) -> list[Enquiry]:
    """Questions to the shop, unanswered ones first, then the newest."""
    rows = Enquiry.objects.select_related("contact").filter(shop=shop).order_by("-pk")[:most]
    return sorted(rows, key=lambda row: row.answered_at is not None)


def unanswered(shop: Shop) -> int:
    """How many questions wait for the shop."""
    return Enquiry.objects.filter(shop=shop, answered_at=None).count()


def care_of(shop: Shop) -> list[CareTask]:
    """What the shop asked the market desk for, open things first."""
    rows = CareTask.objects.filter(shop=shop).order_by("-pk")[:30]
    return sorted(rows, key=lambda row: row.done_at is not None)


def care_tasks() -> list[tuple[CareTask, str, bool]]:
    """Open tasks of the market desk by their day: the task, who has taken it, whether it is late."""
    now, rows = clock.now(), list(CareTask.objects.select_related("shop").filter(done_at=None).order_by("due_at"))
    names = accounts.names_for_staff(row.taken_by for row in rows if row.taken_by)
    return [(row, names.get(row.taken_by, ""), row.due_at < now) for row in rows]


def care_done(most: int = 20) -> list[CareTask]:
    """What the market desk did lately."""
    return list(CareTask.objects.select_related("shop").exclude(done_at=None).order_by("-done_at")[:most])


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


def shop_for_member(slug: str, actor: Actor) -> tuple[Shop, str] | None:
    """The shop and this person's role in it; None if there is no such shop or the person does not work there."""
    if not actor.is_person:
        return None
    found = Membership.objects.select_related("shop").filter(shop__slug=slug, person_id=actor.person_id).first()
    return (found.shop, found.role) if found else None


def listed() -> QuerySet[Shop]:
    """All shops everybody may see."""
    return Shop.objects.filter(state__in=Shop.LISTED).exclude(standing=Shop.SUSPENDED)


def open_state(shop: Shop, at: datetime | None = None) -> OpenState:
    """Whether the shop is open at this moment in Berlin with the Land's holidays and its special days, until when, and when next.

    A pausing shop is closed; if the pause has a last day, it opens next after that.
    """
    at, special_days = at or clock.now(), special.as_rules(shop.special_days)
    if shop.state == Shop.PAUSED and shop.pause_until:
        back = datetime.combine(shop.pause_until + timedelta(days=1), time(), clock.BERLIN)
        return OpenState(False, next=hours.first_opening(shop.hours, max(at, back), city().land, special_days))
    if shop.state != Shop.OPEN:
        return OpenState(False)
    return hours.state_at(shop.hours, at, city().land, special_days)


def open_soonest(most: int, at: datetime | None = None) -> tuple[int, list[tuple[Shop, OpenState]]]:
    """How many shops are open at this moment, and `most` of those that are or, if none is, that open next. One query."""
    at = at or clock.now()
    opened = open_slugs(at)
    if opened:
        rows = listed().filter(slug__in=opened).order_by("name")[:most]
        return len(opened), [(shop, open_state(shop, at)) for shop in rows]
    states = {shop.slug: open_state(shop, at) for shop in all_hours().shops}
    coming = sorted((state.next, slug) for slug, state in states.items() if state.next)[:most]
    known = {shop.slug: shop for shop in listed().filter(slug__in=[slug for _next, slug in coming])}
    return 0, [(known[slug], states[slug]) for _next, slug in coming if slug in known]


def open_slugs(at: datetime | None = None) -> frozenset[str]:
    """The listed shops that are open at this moment. Worked out once a minute by each process, about 10 µs for each shop."""
    minute = (at or clock.now()).replace(second=0, microsecond=0)
    return all_hours().open_in((minute, city().land), lambda shop: bool(open_state(shop, minute).is_open))


def open_states(slugs: Iterable[str], at: datetime | None = None) -> dict[str, OpenState]:
    """Whether each of these shops is open, by its slug; those nobody may see are missing. Asks the database nothing."""
    at, known = at or clock.now(), all_hours().by_slug
    return {slug: open_state(known[slug], at) for slug in set(slugs) if slug in known}


def hidden() -> frozenset[int]:
    """The ids of shops whose offers nobody sees: not opened, pausing, not known to the market desk, suspended. Kept, never stale."""
    return all_hours().hidden


def week(shop: Shop, at: datetime | None = None) -> list[DayHours]:
    """Opening hours of the coming seven days, Monday first."""
    return hours.week_from(shop.hours, at or clock.now(), city().land, special.as_rules(shop.special_days))


def spans_on(shop: Shop, day: date, own_hours: str = "") -> tuple[tuple[datetime, datetime], ...]:
    """When the shop is open on this day, special days and holidays counted; none unless it is visible and not pausing.

    With `own_hours` (somebody who works there at other times) those instead; days on which the shop is closed stay closed.
    """
    if shop.state == Shop.PAUSED and not (shop.pause_until and shop.pause_until < day):
        return ()
    if shop.state not in Shop.LISTED:
        return ()
    rows = [row for row in shop.special_days if not (own_hours and row["times"])]
    return hours.spans_on(own_hours or shop.hours, day, city().land, special.as_rules(rows))


def branches(shop: Shop, at: datetime | None = None) -> list[tuple[Branch, OpenState]]:
    """Further places of the shop, each with whether it is open. A pausing shop is closed everywhere."""
    at, land = at or clock.now(), city().land
    shut = shop.state != Shop.OPEN
    return [(row, OpenState(False) if shut else hours.state_at(row.hours, at, land)) for row in shop.branches.all()]


def points(shop: Shop) -> list[dict[str, Any]]:
    """The doors of the shop for the map; none for who has no door."""
    doors: list[Shop | Branch] = [shop, *shop.branches.all()]
    return [{"lon": row.lon, "lat": row.lat, "label": row.name} for row in doors if row.lon and row.lat]


def special_days(shop: Shop) -> list[SpecialDays]:
    """Days of the next two months on which the shop keeps other hours than usual."""
    return special.coming(shop.special_days, clock.today())


def shop_by_slug(slug: str, actor: Actor) -> Shop | None:
    """The shop with this address if everybody may see it, or if this person works there."""
    shop = Shop.objects.filter(slug=slug).first()
    if shop is None or shop.is_listed or Membership.objects.filter(shop=shop, person_id=actor.person_id or 0).exists():
        return shop
    return None


def districts() -> list[str]:
    """The names of the town's districts, for filters."""
    return list(city_queries.districts().values_list("name", flat=True))


BUSINESS = (Place.SHOP, Place.CAFE, Place.SERVICE, Place.CRAFT, Place.HEALTH, Place.OFFICE)
"""Kinds of places on the map that can be somebody's business."""


def unclaimed(*, q: str = "", kind: str = "", district: str = "") -> QuerySet[Place]:
    """Businesses on the map that no listed shop answers for, narrowed by name, our category and district."""
    taken = Shop.objects.filter(state__in=Shop.LISTED, place_id=OuterRef("pk"))
    branches = Branch.objects.filter(shop__state__in=Shop.LISTED, place_id=OuterRef("pk"))
    found = city_queries.places(*BUSINESS).exclude(name="").filter(~Exists(taken), ~Exists(branches))
    if q:
        found = found.filter(name__icontains=q)
    if kind:
        found = found.filter(category__in=categories.words_of(kind))
    if district:
        found = found.filter(district__name=district)
    return found.order_by("name", "pk")


def shown_place(place_id: int) -> Place | None:
    """An entry of the map that may be shown, or None."""
    return city_queries.places().filter(pk=place_id).exclude(name="").first()


def shop_of_place(place: Place) -> Shop | None:
    """The listed shop that answers for this entry."""
    answering = Q(place=place) | Q(branches__place=place)
    return Shop.objects.filter(answering, state__in=Shop.LISTED).distinct().first()


def without_letter() -> QuerySet[Place]:
    """Businesses of the map with an address that nobody answers for, claims or was written to, by name."""
    written = ClaimLetter.objects.filter(place_id=OuterRef("pk"))
    claimed = ClaimRequest.objects.filter(place_id=OuterRef("pk"), state=ClaimRequest.NEW)
    owned = Shop.objects.filter(place_id=OuterRef("pk")).exclude(state=Shop.CLOSED)
    addressed = unclaimed().exclude(street="").exclude(house_number="")
    return addressed.filter(~Exists(written), ~Exists(claimed), ~Exists(owned))


def removed_lately(days: int = 30) -> list[RemovalRequest]:
    """Entries that were removed on request in so many days and can be shown again, newest first."""
    since = clock.now() - timedelta(days=days)
    rows = RemovalRequest.objects.select_related("place", "contact").filter(state=RemovalRequest.GRANTED)
    return list(rows.filter(decided_at__gt=since).order_by("-pk")[:100])


def waiting_claims() -> list[ClaimRequest]:
    """Claims the market desk has still to decide, oldest first."""
    rows = ClaimRequest.objects.select_related("place", "contact", "branch_of").prefetch_related("letters")
    return list(rows.filter(state=ClaimRequest.NEW).order_by("pk"))


def waiting_removals() -> list[RemovalRequest]:
    """Requests to remove that are still to be decided, oldest first."""
    rows = RemovalRequest.objects.select_related("place", "contact").filter(state=RemovalRequest.NEW)
    return list(rows.order_by("pk"))


def team(shop: Shop) -> list[Membership]:
    """Who works in the shop, owners first."""
    order = [Membership.OWNER, Membership.STAFF, Membership.PACKER]
    rows = Membership.objects.select_related("person").filter(shop=shop)
    return sorted(rows, key=lambda row: (order.index(row.role), row.person.name or row.person.email))


__all__ = [
    "BUSINESS",
    "DayHours",
    "OpenState",
    "Visits",
    "as_local_business",
    "as_seller",
    "care_done",
    "care_of",
    "care_tasks",
    "complaints_of",
    "desk_files",
    "districts",
    "enquiries",
    "hidden",
    "kept_until",
    "listed",
    "open_soonest",
    "open_state",
    "open_states",
    "owned_by",
    "removed_lately",
    "seller",
    "setup_of",
    "shop_by_slug",
    "shop_for_member",
    "shop_of_place",
    "shops_of",
    "shown_place",
    "spans_on",
    "special_days",
    "team",
    "unanswered",
    "unclaimed",
    "visits",
    "waiting_claims",
    "waiting_removals",
    "week",
    "without_letter",
]


def category_name(code: str) -> str:
    """The category's name in the reader's language; the code itself if the list no longer has it."""
    return categories.name_of(code)


def trade_name(code: str) -> str:
    """The category's name, and nothing where the list knows no better than "other"."""
    return "" if code == categories.OTHER else category_name(code)
