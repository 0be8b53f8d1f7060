"""Shops by who works in them, and as everybody may see them."""

from typing import Any

from django.db.models import QuerySet

from stadtplatz.city import queries as city_queries
from stadtplatz.kit.actors import Actor
from stadtplatz.shops import categories
from stadtplatz.shops.models import Branch, Membership, Shop


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


def shop_for_member(slug: str, actor: Actor) -> tuple[Shop, str] | None:
    """The shop and this person's role in it; None if there is no such shop or the person does not work there."""
    if not actor.is_person:
        return None
    found = Membership.objects.select_related("shop").filter(shop__slug=slug, person_id=actor.person_id).first()
    return (found.shop, found.role) if found else None


def shop_by_slug(slug: str, actor: Actor) -> Shop | None:
    """The shop with this address if everybody may see it, or if this person works there."""
    shop = Shop.objects.filter(slug=slug).first()
    if shop is None or shop.is_listed or Membership.objects.filter(shop=shop, person_id=actor.person_id or 0).exists():
        return shop
    return None


def listed() -> QuerySet[Shop]:
    """All shops everybody may see."""
    return Shop.objects.filter(state__in=Shop.LISTED).exclude(standing=Shop.SUSPENDED)


def team(shop: Shop) -> list[Membership]:
    """Who works in the shop, owners first."""
    order = [Membership.OWNER, Membership.STAFF, Membership.PACKER]
    rows = Membership.objects.select_related("person").filter(shop=shop)
    return sorted(rows, key=lambda row: (order.index(row.role), row.person.name or row.person.email))


def points(shop: Shop) -> list[dict[str, Any]]:
    """The doors of the shop for the map; none for who has no door."""
    doors: list[Shop | Branch] = [shop, *shop.branches.all()]
    return [{"lon": row.lon, "lat": row.lat, "label": row.name} for row in doors if row.lon and row.lat]


def districts() -> list[str]:
    """The names of the town's districts, for filters."""
    return list(city_queries.districts().values_list("name", flat=True))


def category_name(code: str) -> str:
    """The category's name in the reader's language; the code itself if the list no longer has it."""
    return categories.name_of(code)


def trade_name(code: str) -> str:
    """The category's name, and nothing where the list knows no better than "other"."""
    return "" if code == categories.OTHER else category_name(code)
