"""Taking an import back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction

from stadtplatz.catalogue import documents, rules
from stadtplatz.catalogue.imports.writing import BATCH, as_json
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
    keys = [rules.stock_key(offer) for offer in offers]
    pools.empty(keys)  # first, so that nobody takes anything while we look
    stands = levels.levels(keys)
    touched = {offer.pk for offer in offers if (level := stands[rules.stock_key(offer)]).held or level.booked}
    gone = [offer.pk for offer in offers if offer.pk not in touched]
    search.withdraw_all(kind="offer", keys=[str(offer.pk) for offer in offers])
    PriceInterval.objects.filter(offer__in=touched, ends_at=None).update(ends_at=clock.now())
    Offer.objects.filter(pk__in=touched).update(state=Offer.WITHDRAWN)
    Offer.objects.filter(pk__in=gone).delete()


def _restore(rows: list[ImportRow]) -> None:
    """Each field that still is what the import made it gets its old value; prices that come back begin a new interval."""
    offers: dict[int, Offer] = {}
    touched: set[str] = set()
    repriced: list[Offer] = []
    for row in rows:
        if row.offer is None:
            continue
        before = row.offer.price, row.offer.state
        names = _put_back(row, row.offer)
        if names:
            row.offer.version += 1
            offers[row.offer.pk] = row.offer
            touched |= names
        if (row.offer.price, row.offer.state) != before:
            repriced.append(row.offer)
    if offers:
        Offer.objects.bulk_update(offers.values(), sorted(touched | {"version"}), batch_size=100)
    _keep_intervals(repriced)
    _restore_stock([row for row in rows if "stock" in row.before])
    documents.push_offers(offers.values())


def _put_back(row: ImportRow, offer: Offer) -> set[str]:
    """The names of the fields that were put back."""
    names = set()
    for name, before in row.before.items():
        if name == "state" and offer.blocked:
            continue  # taken off sale after a notice: no undo puts it back
        if name != "stock" and as_json(getattr(offer, name)) == row.after[name]:
            setattr(offer, name, _value(name, before))
            names.add(name)
    return names


def _keep_intervals(offers: list[Offer]) -> None:
    now = clock.now()
    PriceInterval.objects.filter(offer__in=offers, ends_at=None).update(ends_at=now)
    PriceInterval.objects.bulk_create(
        PriceInterval(offer=offer, price=offer.price, starts_at=now)
        for offer in offers
        if offer.state == Offer.PUBLISHED
    )


def _restore_stock(rows: list[ImportRow]) -> None:
    """Shelves that still hold what the import counted hold again what they held before."""
    stands = levels.levels([rules.stock_key(row.offer) for row in rows if row.offer])
    for row in rows:
        if row.offer is None:
            continue
        level = stands[rules.stock_key(row.offer)]
        if level.available + level.held == row.after["stock"]:
            pools.set_available(rules.stock_key(row.offer), max(row.before["stock"] - level.held, 0))


def _value(name: str, stored: Any) -> Any:
    if stored is None:
        return None
    if name in MONEY:
        return Money(stored)
    return Decimal(stored) if name in DECIMALS else stored
