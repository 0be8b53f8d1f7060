"""Notices about offers: what an offer shows now, and what a decision does to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from stadtplatz.catalogue import rules
from stadtplatz.catalogue.actions.offers import put_on, take_off
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.particulars import ALL as PARTICULARS
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.moderation import actions as moderation
from stadtplatz.moderation import owners
from stadtplatz.moderation import queries as notices
from stadtplatz.moderation.models import Matter, Statement
from stadtplatz.shops import rules as shop_rules

OFFER = "offer"


def offer_content(offer: Offer) -> moderation.Content:
    """What everybody reads about the offer at this moment."""
    said = tuple(
        (str(PARTICULARS[name].label), str(words)) for name, words in offer.particulars.items() if name in PARTICULARS
    )
    return moderation.Content(
        kind=OFFER, key=str(offer.pk), title=offer.full_title, url=offer.get_absolute_url(), owner=f"shop:{offer.shop_id}",
        owner_name=offer.shop.name, picture=offer.picture, shown=offer.is_on_sale,
        lines=(
            (_("Price"), str(offer.price) if offer.price else ""),
            (_("Description"), offer.description),
            (_("Brand"), offer.brand),
            (_("Barcode"), offer.gtin),
            (_("Category"), offer.category_name),
            (_("Ingredients and food information"), offer.food_info),
            (_("Allergens"), offer.allergens),
            *said,
        ),
    )  # fmt: skip


def _offers_of(keys: list[str]) -> dict[str, int]:
    rows = (
        Offer.objects.filter(shop__in=[key for key in keys if key.isdigit()]).values_list("shop").annotate(Count("pk"))
    )
    return {str(pk): number for pk, number in rows.order_by()}


owners.kind_of("shop").volumes = _offers_of


def offer_now(key: str) -> moderation.Content | None:
    """The offer as it is now; None when it is gone."""
    offer = Offer.objects.select_related("shop").filter(pk=key).first()
    return offer_content(offer) if offer else None


@transaction.atomic
def decide_about_offer(
    *, matter: Matter, ruling: moderation.Ruling, by: Actor, at: datetime | None = None
) -> Statement:
    """The matter is decided, and the offer with its variants is off sale until the decision is changed, or on sale again as far as
    it lacks nothing. Orders that exist stay; the shop's team is told why.

    Refused as `moderation.decide` does, and to members of the shop.
    """
    offer = Offer.objects.select_related("shop").filter(pk=matter.key).first()
    if offer and shop_rules.role_in(by, offer.shop):
        raise NotAllowed(_("Nobody decides about a shop of their own."))
    was_down = notices.is_restricted(matter)
    said = moderation.decide(matter=matter, ruling=ruling, by=by, at=at)
    for one in _family(offer) if offer else ():
        if ruling.restrict:
            _block(one, matter.case.number, by, at)
        elif was_down:
            _unblock(one, matter.case.number, by, at)
    return said


def _family(offer: Offer) -> list[Offer]:
    """The offer and its variants, locked: they share title, description and picture."""
    head = offer.variant_of_id or offer.pk
    rows = Offer.objects.select_for_update(of=("self",)).select_related("shop")
    return list(rows.filter(Q(pk=head) | Q(variant_of=head)).order_by("pk"))


def _block(offer: Offer, number: str, by: Actor, at: datetime | None) -> None:
    if offer.blocked:
        return
    offer.blocked, on_sale = number, offer.state == Offer.PUBLISHED
    if on_sale:
        take_off(offer, by, at)
    else:
        offer.version += 1
        offer.save()


def _unblock(offer: Offer, number: str, by: Actor, at: datetime | None) -> None:
    if offer.blocked != number:
        return
    offer.blocked = ""
    ready = (
        offer.state == Offer.WITHDRAWN
        and not rules.missing_for_publishing(offer)
        and offer.shop.standing in offer.shop.SHOWING
    )
    if ready:
        put_on(offer, by, at)
    else:
        offer.version += 1
        offer.save()
