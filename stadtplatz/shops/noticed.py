"""Notices about shops and entries of the map: what they show now, and what a decision does to them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from stadtplatz.city import actions as city
from stadtplatz.city.models import Place
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.moderation import actions as moderation
from stadtplatz.moderation import owners
from stadtplatz.moderation import queries as notices
from stadtplatz.moderation.models import Complaint, Matter, Measure, Statement
from stadtplatz.shops import documents, rules, sellers
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


def keep_down(shop: Shop, *, by: Actor, at: datetime | None = None) -> None:
    """After a suspension ended: if a measure against misuse still runs, or a notice took the shop down, it stays suspended for that."""
    fresh = Shop.objects.get(pk=shop.pk)
    if fresh.standing == Shop.SUSPENDED:
        return
    if measure := notices.running_measure(owner_of(fresh)):
        suspend_for_misuse(fresh, measure, by=by, at=at)
    elif matter := notices.restricting(SHOP, str(fresh.pk)):
        said = notices.last_statement(matter)
        sellers.suspend_for(
            shop=fresh, notice=matter.case.number, reasons=f"{said.basis}\n\n{said.facts}", by=by, at=at
        )


def suspend_for_misuse(shop: Shop, measure: Measure, *, by: Actor, at: datetime | None = None) -> None:
    """The shop is suspended for a measure against misuse, if it is not suspended for something else anyway."""
    sellers.suspend_for(shop=shop, notice=measure.number, reasons=measure.reasons, by=by, at=at)


def _names(keys: list[str]) -> dict[str, str]:
    rows = Shop.objects.filter(pk__in=[key for key in keys if key.isdigit()]).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}


def _works_there(key: str, actor: Actor) -> bool:
    shop = Shop.objects.filter(pk=key).first() if key.isdigit() else None
    return shop is not None and rules.role_in(actor, shop) is not None


_SHOPS = owners.kind_of(OWNER)
_SHOPS.names, _SHOPS.includes = _names, _works_there


@transaction.atomic
def decide_about_shop(*, matter: Matter, ruling: moderation.Ruling, by: Actor, at: datetime | None = None) -> Statement:
    """The matter is decided, and the shop with its offers is suspended, or stands as before it was; its team is told why.

    Refused as `moderation.decide` does, and to members of the shop.
    """
    shop = Shop.objects.get(pk=matter.key)
    if rules.role_in(by, shop):
        raise NotAllowed(_("Nobody decides about a shop of their own."))
    was_down = notices.is_restricted(matter)
    said = moderation.decide(matter=matter, ruling=ruling, by=by, at=at)
    number = matter.case.number
    if ruling.restrict:
        sellers.suspend_for(shop=shop, notice=number, reasons=f"{said.basis}\n\n{said.facts}", by=by, at=at)
    elif was_down:
        sellers.restore_after(shop=shop, notice=number, by=by, at=at)
    return said


@transaction.atomic
def decide_about_place(
    *, matter: Matter, ruling: moderation.Ruling, by: Actor, at: datetime | None = None
) -> Statement:
    """The matter is decided, and the entry is hidden for good, also from later imports, or shown again. Refused as `moderation.decide` does."""
    was_down = notices.is_restricted(matter)
    said = moderation.decide(matter=matter, ruling=ruling, by=by, at=at)
    place = Place.objects.filter(pk=matter.key).first()
    if place is None:
        return said
    if ruling.restrict and not place.hidden_at:
        city.hide_place(place=place, version=place.version, by=SYSTEM, at=at)  # moderation has asked its own rule
    elif not ruling.restrict and was_down:
        city.show_place(place=place, version=place.version, by=SYSTEM, at=at)
    documents.push_places([place.pk])
    return said


@transaction.atomic
def complain_about_decision(
    *, shop: Shop, matter: Matter, text: str, by: Actor, at: datetime | None = None
) -> Complaint:
    """Somebody else than who decided looks at it. Refused: to all but owner and staff of the shop the content belongs to; else as
    `moderation.complain` does."""
    if matter.owner != owner_of(shop) or not rules.may_manage(by, shop):
        raise NotAllowed(_("Only the owner and staff may change this shop."))
    return moderation.complain(matter=matter, side=Complaint.OWNER, text=text, by=by, at=at)
