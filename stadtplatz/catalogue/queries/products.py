"""Reading products: who has it, where, how near, how fresh the word about its stock is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from stadtplatz.catalogue import rules
from stadtplatz.catalogue.models import Offer, Product
from stadtplatz.catalogue.queries.offers import on_sale
from stadtplatz.catalogue.queries.prices import PriceView, price_view
from stadtplatz.city.queries import metres_between
from stadtplatz.kit import clock
from stadtplatz.pools import queries as pools
from stadtplatz.shops import queries as shops
from stadtplatz.shops.queries import OpenState

FRESH = timedelta(days=7)


@dataclass(frozen=True)
class AtShop:
    """One shop's offer of a product. `metres` is None unless the reader said where from; `fresh` if counted within a week."""

    offer: Offer
    price: PriceView
    available: int
    state: OpenState
    counted_at: datetime | None
    metres: int | None = None

    @property
    def fresh(self) -> bool:
        return self.counted_at is not None and clock.now() - self.counted_at < FRESH


def product_of(gtin: str) -> Product | None:
    """What is known of this barcode."""
    return Product.objects.filter(gtin=gtin).first()


def shared_barcodes() -> QuerySet[Offer, str]:
    """The barcodes that more than one shop has on sale, in their order."""
    rows = on_sale().exclude(gtin="").order_by("gtin").values_list("gtin", flat=True)
    return rows.annotate(shops=Count("shop", distinct=True)).filter(shops__gt=1)


def who_has(gtin: str, near: tuple[float, float] | None = None) -> list[AtShop]:
    """The shops that offer it: those that have it first, then the nearest (or cheapest, if no place is named). Two queries."""
    offers = list(on_sale().filter(gtin=gtin).order_by("pk")[:60])
    free = pools.available([rules.stock_key(offer) for offer in offers])
    rows = [_at_shop(offer, free[rules.stock_key(offer)], near) for offer in offers]
    return sorted(rows, key=lambda row: (row.available < 1, row.metres or 0, row.price.total, row.offer.pk))


def _at_shop(offer: Offer, free: int, near: tuple[float, float] | None) -> AtShop:
    metres = None
    if near and offer.shop.lon is not None and offer.shop.lat is not None:
        metres = round(metres_between(*near, offer.shop.lon, offer.shop.lat))
    return AtShop(offer, price_view(offer), free, shops.open_state(offer.shop), offer.counted_at, metres)
