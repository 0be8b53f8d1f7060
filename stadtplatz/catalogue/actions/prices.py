"""Changing prices, and keeping what each was while it was in force."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue import documents, facts, queries, rules
from stadtplatz.catalogue.models import Offer, PriceInterval
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale


@transaction.atomic
def change_price(
    *, offer: Offer, version: int, price: Money, announce: bool = False, by: Actor, at: datetime | None = None
) -> Offer:
    """The offer costs this from now on (gross cents). With `announce` pages show the reduction beside the lowest price of the
    30 days before it (§ 11 PAngV); going further down keeps that reference, any other change ends the reduction.

    Refused: to all but owner and staff; Stale after somebody else's change; a price that is not above zero; an announcement
    when nothing was on sale in these 30 days, or when the new price is not below the lowest of them.
    """
    if not rules.may_edit(by, offer):
        raise NotAllowed(_("Only the owner and staff of the shop may change its offers."))
    if price.cents <= 0:
        raise ActionRefused(_("A price is above zero."), code="price")
    at = at or clock.now()
    fresh = Offer.objects.select_for_update(of=("self",)).select_related("shop").get(pk=offer.pk)
    if fresh.version != version:
        raise Stale(
            _("Somebody else changed this offer in the meantime. Nothing was saved; please compare."), current=fresh
        )
    before = fresh.price
    fresh.reduced_since, fresh.reference_price = _reduction(fresh, price, at) if announce else (None, None)
    fresh.price = price
    fresh.version += 1
    fresh.save()
    if fresh.state == Offer.PUBLISHED and price != before:
        close_interval(fresh, at)
        open_interval(fresh, at)
    record(
        facts.PRICED, subject=fresh, by=by, at=at, offer=fresh.pk, before=before.cents, after=price.cents,
        announced=announce,
    )  # fmt: skip
    documents.push_offer(fresh)
    return fresh


def open_interval(offer: Offer, at: datetime) -> None:
    """The present price is in force from this moment."""
    PriceInterval.objects.create(offer=offer, price=offer.price, starts_at=at)


def close_interval(offer: Offer, at: datetime) -> None:
    """The price that was in force no longer is."""
    PriceInterval.objects.filter(offer=offer, ends_at=None).update(ends_at=at)


def _reduction(offer: Offer, price: Money, at: datetime) -> tuple[datetime, Money]:
    """Since when, and measured against which price."""
    if offer.reduced_since and offer.reference_price and price <= offer.price:
        return offer.reduced_since, offer.reference_price
    lowest = queries.lowest_price(offer, before=at) if offer.state == Offer.PUBLISHED else None
    if lowest is None:
        raise ActionRefused(
            _("A reduction can only be announced for something that was on sale in the last 30 days."),
            code="never-sold",
        )
    if price >= lowest:
        raise ActionRefused(
            _("This is not a reduction: in the last 30 days it already cost {price}.").format(price=lowest),
            code="no-reduction",
        )
    return at, lowest
