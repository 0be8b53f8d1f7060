"""Changing prices, and keeping what each was while it was in force."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue import documents, facts, queries, rules
from stadtplatz.catalogue.models import Offer, PriceInterval
from stadtplatz.catalogue.rules import steps as step_rules
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale


@transaction.atomic
def change_price(
    *, offer: Offer, version: int, price: Money, announce: bool = False, perishing: bool = False, by: Actor,
    at: datetime | None = None,
) -> Offer:  # fmt: skip
    """The offer costs this from now on (gross cents). With `announce` pages show the reduction beside the lowest price of the
    30 days before it (§ 11 Abs. 1 PAngV); going further down keeps that reference (Abs. 2), any other change ends the reduction.
    With `perishing` pages say that it will not keep long and what it cost before; no lowest price is asked for (Abs. 4 Nr. 2).

    Refused: to all but owner and staff; Stale after somebody else's change; a price that is not above zero; an announcement
    when nothing was on sale in these 30 days, or when the new price is not below the lowest of them.
    """
    if not rules.may_edit(by, offer):
        raise NotAllowed(_("Only the owner and staff of the shop may change its offers."))
    fresh = locked(offer)
    if fresh.version != version:
        raise Stale(
            _("Somebody else changed this offer in the meantime. Nothing was saved; please compare."), current=fresh
        )
    return switch_price(fresh, price, announce=announce, perishing=perishing, by=by, at=at or clock.now())


@transaction.atomic
def set_steps(
    *, offer: Offer, version: int, steps: Sequence[tuple[int, int]], by: Actor, at: datetime | None = None
) -> Offer:
    """Who buys that many pieces pays that much for each: `steps` is (from how many, cents), none for one price for all.

    Refused: to all but owner and staff; Stale after somebody else's change; steps that do not rise in number from two pieces on
    and fall in price, or are more than five.
    """
    if not rules.may_edit(by, offer):
        raise NotAllowed(_("Only the owner and staff of the shop may change its offers."))
    fresh = locked(offer)
    if fresh.version != version:
        raise Stale(
            _("Somebody else changed this offer in the meantime. Nothing was saved; please compare."), current=fresh
        )
    if not step_rules.sound(fresh.price, steps):
        raise ActionRefused(
            _("Each step needs more pieces and a lower price than the one before, beginning with two pieces."),
            code="steps",
        )
    fresh.price_steps = [list(step) for step in steps]
    fresh.version += 1
    fresh.save()
    record(facts.EDITED, subject=fresh, by=by, at=at, offer=fresh.pk, fields=["price_steps"])
    return fresh


def switch_price(
    offer: Offer, price: Money, *, announce: bool, perishing: bool = False, by: Actor, at: datetime
) -> Offer:
    """The locked offer costs this from `at` on, in its row, its history and the search. For the actions on prices."""
    if price.cents <= 0:
        raise ActionRefused(_("A price is above zero."), code="price")
    before = offer.price
    since, reference, kept = None, None, None
    if perishing:
        since, kept = at, _before_perishing(before, price)
    elif announce:
        since, reference = _reduction(offer, price, at)
    offer.reduced_since, offer.reference_price, offer.price_before = since, reference, kept
    offer.price = price
    offer.version += 1
    offer.save()
    if offer.state == Offer.PUBLISHED and price != before:
        close_interval(offer, at)
        open_interval(offer, at)
    record(
        facts.PRICED, subject=offer, by=by, at=at, offer=offer.pk, before=before.cents, after=price.cents,
        announced=announce or perishing,
    )  # fmt: skip
    documents.push_offer(offer)
    return offer


def open_interval(offer: Offer, at: datetime) -> None:
    """The present price is in force from this moment."""
    PriceInterval.objects.create(offer=offer, price=offer.price, starts_at=at)


def close_interval(offer: Offer, at: datetime) -> None:
    """The price that was in force no longer is."""
    PriceInterval.objects.filter(offer=offer, ends_at=None).update(ends_at=at)


def locked(offer: Offer) -> Offer:
    """The offer as it stands, with its shop, locked until the transaction ends."""
    return Offer.objects.select_for_update(of=("self",)).select_related("shop").get(pk=offer.pk)


def _before_perishing(before: Money, price: Money) -> Money:
    if price >= before:
        raise ActionRefused(
            _("This is not a reduction: until now it costs {price}.").format(price=before), code="no-reduction"
        )
    return before


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
