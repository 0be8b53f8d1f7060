"""Products: what shops say of the same barcode, so that the next shop need not type it again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from stadtplatz.catalogue.actions.offers import create_offer
from stadtplatz.catalogue.models import Offer, Product
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.money import Money
from stadtplatz.shops.models import Shop

TOLD = (
    "title", "brand", "category", "description", "vat_class", "content_amount", "content_unit", "drained_amount", "withdrawal",
    "age_limit", "food_info", "allergens", "particulars", "picture",
)  # fmt: skip
"""What a product keeps of the offer that described it first."""


def learn_product(offer: Offer) -> None:
    """The barcode is known from now on as this offer describes it; what is known already stays. For actions that put offers on sale."""
    learn_products([offer])


def learn_products(offers: list[Offer]) -> None:
    """As `learn_product` for many, in one statement."""
    fresh = [offer for offer in offers if offer.gtin and not offer.variant_of_id]
    Product.objects.bulk_create(
        [Product(gtin=offer.gtin, **{name: getattr(offer, name) for name in TOLD}) for offer in fresh],
        ignore_conflicts=True,
        batch_size=200,
    )


@transaction.atomic
def offer_product(
    *, shop: Shop, product: Product, price: Money, quantity: int, by: Actor, at: datetime | None = None, **changed: Any
) -> Offer:
    """The shop has a draft of what others offer too, with its own price and stock; `changed` overrides what is known of it.

    Refused to all but owner and staff of the shop.
    """
    told = {name: getattr(product, name) for name in TOLD if name not in ("picture", "title", "category")} | changed
    title, category = told.pop("title", product.title), told.pop("category", product.category)
    return create_offer(
        shop=shop,
        title=title,
        price=price,
        category=category,
        quantity=quantity,
        by=by,
        at=at,
        gtin=product.gtin,
        **told,
    )
