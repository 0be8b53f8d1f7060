"""Reading shops."""

from datetime import datetime

from django.db.models import QuerySet

from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import city
from stadtplatz.shops import hours
from stadtplatz.shops.hours import DayHours, OpenState
from stadtplatz.shops.models import Membership, Shop


def shops_of(actor: Actor) -> list[Shop]:
    """The shops this person works in, by name; none for guests and strangers."""
    if not actor.is_person:
        return []
    return list(Shop.objects.filter(memberships__person_id=actor.person_id).order_by("name"))


def shop_for_member(slug: str, actor: Actor) -> tuple[Shop, str] | None:
    """The shop and this person's role in it; None if there is no such shop or the person does not work there."""
    if not actor.is_person:
        return None
    found = Membership.objects.select_related("shop").filter(shop__slug=slug, person_id=actor.person_id).first()
    return (found.shop, found.role) if found else None


def listed() -> QuerySet[Shop]:
    """All shops everybody may see."""
    return Shop.objects.filter(state__in=(Shop.OPEN, Shop.PAUSED))


def open_state(shop: Shop, at: datetime | None = None) -> OpenState:
    """Whether the shop is open at this moment in Berlin with the Land's holidays, until when, and when next. A pausing shop is closed."""
    if shop.state != Shop.OPEN:
        return OpenState(False)
    return hours.state_at(shop.hours, at or clock.now(), city().land)


def week(shop: Shop, at: datetime | None = None) -> list[DayHours]:
    """Opening hours of the coming seven days, Monday first."""
    return hours.week_from(shop.hours, at or clock.now(), city().land)


__all__ = ["DayHours", "OpenState", "listed", "open_state", "shop_for_member", "shops_of", "week"]
