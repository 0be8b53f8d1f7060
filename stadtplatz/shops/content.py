"""Shops and entries of the map as content, in the words of moderation: what they show now, and who answers for it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from stadtplatz.city.models import Place
from stadtplatz.kit.actors import Actor
from stadtplatz.moderation import actions as moderation
from stadtplatz.moderation import owners
from stadtplatz.shops import rules
from stadtplatz.shops.models import Shop

SHOP, PLACE = "shop", "place"
OWNER = "shop"
"""Who answers for content of the market, with the shop's id behind it."""


def owner_of(shop: Shop) -> str:
    """The shop as the owner of content, in the words of moderation."""
    return f"{OWNER}:{shop.pk}"


def shop_content(shop: Shop) -> moderation.Content:
    """What everybody reads about the shop at this moment."""
    return moderation.Content(
        kind=SHOP, key=str(shop.pk), title=shop.name, url=reverse("shop", args=[shop.slug]), owner=owner_of(shop),
        owner_name=shop.legal_name, picture=shop.picture, shown=shop.is_listed,
        lines=(
            (_("Description"), shop.description),
            (_("Category"), shop.category_name),
            (_("Address"), shop.address),
            (_("Opening hours"), shop.hours),
            (_("Website"), shop.website),
            (_("Note while pausing"), shop.pause_note),
        ),
    )  # fmt: skip


def place_content(place: Place) -> moderation.Content:
    """What everybody reads about the entry at this moment. Nobody answers for it: it is from the map."""
    return moderation.Content(
        kind=PLACE, key=str(place.pk), title=place.name, url=reverse("place", args=[place.pk]),
        shown=not (place.hidden_at or place.gone_at),
        lines=(
            (_("Address"), f"{place.street} {place.house_number}".strip()),
            (_("Opening hours"), place.opening_hours),
            (_("Phone"), place.phone),
            (_("Website"), place.website),
        ),
    )  # fmt: skip


def shop_now(key: str) -> moderation.Content | None:
    """The shop as it is now; None when it is gone."""
    shop = Shop.objects.filter(pk=key).first()
    return shop_content(shop) if shop else None


def place_now(key: str) -> moderation.Content | None:
    """The entry as it is now; None when it is gone."""
    place = Place.objects.filter(pk=key).first()
    return place_content(place) if place else None


def _names(keys: list[str]) -> dict[str, str]:
    rows = Shop.objects.filter(pk__in=[key for key in keys if key.isdigit()]).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}


def _works_there(key: str, actor: Actor) -> bool:
    shop = Shop.objects.filter(pk=key).first() if key.isdigit() else None
    return shop is not None and rules.role_in(actor, shop) is not None


_SHOPS = owners.kind_of(OWNER)
_SHOPS.names, _SHOPS.includes = _names, _works_there
