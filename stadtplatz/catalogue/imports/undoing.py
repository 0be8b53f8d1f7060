"""Taking an import back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from stadtplatz.catalogue import documents, rules
from stadtplatz.catalogue.imports.writing import BATCH, UPDATED, as_json
from stadtplatz.catalogue.models import Import, ImportRow, Offer, PriceInterval
from stadtplatz.kit import clock
from stadtplatz.kit.money import Money
from stadtplatz.pools import actions as pools
from stadtplatz.pools import queries as levels
from stadtplatz.search import actions as search

MONEY = frozenset({"price", "deposit"})
DECIMALS = frozenset({"content_amount", "drained_amount"})


def undo(run: Import) -> None:
    """New offers go, changed ones are as before, some hundred in a transaction. Rows already taken back are passed over."""
    while True:
        with transaction.atomic():
            rows = list(
                run.rows.filter(outcome__in=(ImportRow.CREATED, ImportRow.CHANGED), offer__isnull=False)
                .select_related("offer__shop").order_by("-line")[:BATCH]
            )  # fmt: skip
            if not rows:
                return
            _remove([row.offer for row in rows if row.outcome == ImportRow.CREATED and row.offer])
            _restore([row for row in rows if row.outcome == ImportRow.CHANGED])
            ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(offer=None)


def _remove(offers: list[Offer]) -> None:
    """Gone, unless somebody holds or has bought one: then off sale with an empty shelf."""
    stands = levels.levels([rules.stock_key(offer) for offer in offers])
    touched = {offer.pk for offer in offers if (level := stands[rules.stock_key(offer)]).held or level.booked}
    for offer in offers:
        if stands[rules.stock_key(offer)].available:
            pools.set_available(rules.stock_key(offer), 0)
    gone = [offer.pk for offer in offers if offer.pk not in touched]
    search.withdraw_all(kind="offer", keys=[str(offer.pk) for offer in offers])
    PriceInterval.objects.filter(offer__in=touched, ends_at=None).update(ends_at=clock.now())
    Offer.objects.filter(pk__in=touched).update(state=Offer.WITHDRAWN)
    Offer.objects.filter(pk__in=gone).delete()


def _restore(rows: list[ImportRow]) -> None:
    now = clock.now()
    offers: list[Offer] = []
    for row in rows:
        if row.offer and _put_back(row, row.offer, now):
            offers.append(row.offer)
    Offer.objects.bulk_update(offers, UPDATED, batch_size=100)
    documents.push_offers(offers)


def _put_back(row: ImportRow, offer: Offer, now: datetime) -> bool:
    """Each field that still is what the import made it; False if none is."""
    price, state, touched = offer.price, offer.state, False
    for name, before in row.before.items():
        if name == "stock":
            _put_back_stock(offer, before, row.after[name])
        elif as_json(getattr(offer, name)) == row.after[name]:
            setattr(offer, name, _value(name, before))
            touched = True
    if not touched:
        return False
    offer.version += 1
    if (offer.price, offer.state) != (price, state):
        PriceInterval.objects.filter(offer=offer, ends_at=None).update(ends_at=now)
        if offer.state == Offer.PUBLISHED:
            PriceInterval.objects.create(offer=offer, price=offer.price, starts_at=now)
    return True


def _put_back_stock(offer: Offer, before: int, after: int) -> None:
    key = rules.stock_key(offer)
    level = levels.levels([key])[key]
    if level.available + level.held == after:
        pools.set_available(key, max(before - level.held, 0))


def _value(name: str, stored: Any) -> Any:
    if stored is None:
        return None
    if name in MONEY:
        return Money(stored)
    return Decimal(stored) if name in DECIMALS else stored
