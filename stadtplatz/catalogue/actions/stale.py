"""Asking shops whether their stock is still true, and taking their answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from stadtplatz.audit.actions import record
from stadtplatz.catalogue import documents, facts
from stadtplatz.catalogue.actions.stock import Shelf, set_stock
from stadtplatz.catalogue.models import Offer, StockQuestion
from stadtplatz.catalogue.queries.stale import stale_offers
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.shops.models import Shop

EVERY = timedelta(days=7)
MOST = 12
"""So many offers one mail asks about; the next one asks about the others."""


@transaction.atomic
def ask_about_stock(*, shop: Shop, at: datetime | None = None) -> StockQuestion | None:
    """Owner and staff are asked by mail (a reaction) about the offers counted longest ago. None if nothing is stale, or if the shop
    was asked less than a week ago."""
    at = at or clock.now()
    Shop.objects.select_for_update().get(pk=shop.pk)
    if StockQuestion.objects.filter(shop=shop, asked_at__gt=at - EVERY).exists():
        return None
    offers = list(stale_offers(shop, at).values_list("pk", flat=True)[:MOST])
    if not offers:
        return None
    question = StockQuestion.objects.create(shop=shop, offers=offers, asked_at=at)
    record(facts.STOCK_ASKED, subject=question, by=SYSTEM, at=at, shop=shop.pk, question=question.pk)
    return question


def ask_all(at: datetime | None = None) -> int:
    """Every shop with stale offers that was not asked this week is asked; returns how many."""
    shops = Shop.objects.filter(pk__in=stale_offers(at=at).order_by().values("shop"))
    return sum(ask_about_stock(shop=shop, at=at) is not None for shop in shops.order_by("pk"))


def forget_questions(at: datetime | None = None) -> int:
    """Questions of more than ten weeks ago are deleted; returns how many."""
    return StockQuestion.objects.filter(asked_at__lt=(at or clock.now()) - 10 * EVERY).delete()[0]


@transaction.atomic
def answer_stock(*, offer: Offer, expected: int, quantity: int | None, by: Actor, at: datetime | None = None) -> Shelf:
    """The shelf is counted: `quantity` pieces stand there, or with None as many as were thought (`expected`).

    Refused as `set_stock`: to all but owner and staff of the shop, Stale if the count changed meanwhile, fewer than are promised.
    """
    wanted = expected if quantity is None else quantity
    result = set_stock(offer=offer, quantity=wanted, expected=expected, by=by, at=at)
    documents.push_offer(Offer.objects.select_related("shop").get(pk=offer.pk))
    return result


def refresh_ranks(at: datetime | None = None) -> int:
    """Offers counted since yesterday are found as fresh as their count; returns how many."""
    since = (at or clock.now()) - timedelta(hours=26)
    rows = Offer.objects.select_related("shop").filter(state=Offer.PUBLISHED, counted_at__gte=since)
    return documents.push_offers(rows.iterator(chunk_size=500))
