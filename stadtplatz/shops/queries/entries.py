"""Businesses that only the map knows, and what people ask about them."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from stadtplatz.city import queries as city_queries
from stadtplatz.city.models import Place
from stadtplatz.kit import clock
from stadtplatz.kit.containing import contains
from stadtplatz.shops import categories
from stadtplatz.shops.models import Branch, ClaimLetter, ClaimRequest, RemovalRequest, Shop

BUSINESS = (Place.SHOP, Place.CAFE, Place.SERVICE, Place.CRAFT, Place.HEALTH, Place.OFFICE)
"""Kinds of places on the map that can be somebody's business."""


def unclaimed(*, q: str = "", kind: str = "", district: str = "") -> QuerySet[Place]:
    """Businesses on the map that no listed shop answers for, narrowed by name, our category and district."""
    taken = Shop.objects.filter(state__in=Shop.LISTED, place_id=OuterRef("pk"))
    branches = Branch.objects.filter(shop__state__in=Shop.LISTED, place_id=OuterRef("pk"))
    found = city_queries.places(*BUSINESS).exclude(name="").filter(~Exists(taken), ~Exists(branches))
    if q:
        found = found.filter(contains(q, "name"))
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


def is_taken(place: Place) -> bool:
    """Whether somebody answers for this entry already, even if their page is not public yet."""
    taken = Shop.objects.filter(place=place).exclude(state=Shop.CLOSED).exists()
    return taken or Branch.objects.filter(place=place).exclude(shop__state=Shop.CLOSED).exists()


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
