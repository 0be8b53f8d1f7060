"""A category asks for more: the shops are told once, given days, and then the offers go off sale; none of it silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction

from stadtplatz.audit.actions import record
from stadtplatz.catalogue import facts, rules
from stadtplatz.catalogue.actions.offers import put_on, take_off
from stadtplatz.catalogue.models import LackingOffer, Offer
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.kept import steady
from stadtplatz.shops.models import NoticePeriod, Shop

CHUNK = 500


def look_for_lacking(codes: Iterable[str] | None = None, *, at: datetime | None = None) -> int:
    """Offers on sale (of these categories, or all) that lack something are noted with a day, and each shop is told once of all of
    its own. What lacks nothing any more is forgotten; what went off sale for it and was not touched since is on sale again. Returns how
    many are new. Doing it twice tells nobody twice."""
    at, found = at or clock.now(), dict[int, list[int]]()
    _clear(codes, at)
    known = set(LackingOffer.objects.values_list("offer", flat=True))
    with steady():
        for offer in _on_sale(codes):
            if offer.pk not in known and rules.missing_for_publishing(offer):
                found.setdefault(offer.shop_id, []).append(offer.pk)
    for shop_id, ids in found.items():
        _tell(shop_id, ids, at)
    return sum(map(len, found.values()))


def take_off_lacking(*, at: datetime | None = None) -> int:
    """Offers whose day has come and that still lack something go off sale with their variants; one fact each, one mail for each
    shop. Returns how many. Orders that exist stay."""
    at, gone = at or clock.now(), dict[int, list[int]]()
    due = LackingOffer.objects.filter(off_since=None, until__lte=at).values_list("pk", flat=True)
    for pk in list(due):
        if offer := _take_off(pk, at):
            gone.setdefault(offer.shop_id, []).append(offer.pk)
    for shop_id, ids in gone.items():
        shop = Shop.objects.get(pk=shop_id)
        record(facts.LACKING_OVER, subject=shop, by=SYSTEM, at=at, shop=shop_id, offers=len(ids))
    return sum(map(len, gone.values()))


def _on_sale(codes: Iterable[str] | None) -> Iterator[Offer]:
    rows = Offer.objects.filter(state=Offer.PUBLISHED, variant_of=None)
    if codes is not None:
        rows = rows.filter(category__in=list(codes))
    return rows.order_by("shop", "pk").iterator(chunk_size=CHUNK)


@transaction.atomic
def _tell(shop_id: int, ids: list[int], at: datetime) -> None:
    until = at + timedelta(days=NoticePeriod.objects.get(code=NoticePeriod.LACKING).days)
    made = [LackingOffer(offer_id=pk, shop_id=shop_id, told_at=at, until=until) for pk in ids]
    LackingOffer.objects.bulk_create(made, ignore_conflicts=True)
    shop = Shop.objects.get(pk=shop_id)
    record(facts.LACKING, subject=shop, by=SYSTEM, at=at, shop=shop_id, offers=len(ids))


def _clear(codes: Iterable[str] | None, at: datetime) -> None:
    rows = LackingOffer.objects.all() if codes is None else LackingOffer.objects.filter(offer__category__in=list(codes))
    for pk in list(rows.values_list("pk", flat=True)):
        _clear_one(pk, at)


@transaction.atomic
def _clear_one(pk: int, at: datetime) -> None:
    row = LackingOffer.objects.select_for_update(of=("self",)).select_related("offer__shop").filter(pk=pk).first()
    if row is None or rules.missing_for_publishing(row.offer):
        return
    offer = row.offer
    untouched = row.off_since and offer.state == Offer.WITHDRAWN and offer.version == row.off_version
    if untouched and offer.shop.standing in offer.shop.SHOWING:
        for one in _family(offer, Offer.WITHDRAWN):
            if not rules.missing_for_publishing(one):
                put_on(one, SYSTEM, at)
    row.delete()


@transaction.atomic
def _take_off(pk: int, at: datetime) -> Offer | None:
    row = (
        LackingOffer.objects.select_for_update(of=("self",))
        .select_related("offer")
        .filter(pk=pk, off_since=None)
        .first()
    )
    if row is None:
        return None
    lacks = rules.missing_for_publishing(row.offer)
    if not lacks or row.offer.state != Offer.PUBLISHED:
        row.delete()
        return None
    for one in _family(row.offer, Offer.PUBLISHED):
        take_off(one, SYSTEM, at)
        record(facts.TAKEN_OFF, subject=one, by=SYSTEM, at=at, offer=one.pk, shop=one.shop_id, lacks=[lack.field for lack in lacks])  # fmt: skip
    row.off_since, row.off_version = at, Offer.objects.values_list("version", flat=True).get(pk=row.offer_id)
    row.save(update_fields=["off_since", "off_version"])
    return row.offer


def _family(offer: Offer, state: str) -> list[Offer]:
    """The offer and those of its variants in this state, locked."""
    rows = Offer.objects.select_for_update(of=("self",)).select_related("shop").filter(state=state)
    return [*rows.filter(pk=offer.pk), *rows.filter(variant_of=offer.pk).order_by("pk")]
