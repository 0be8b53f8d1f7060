"""Offers for tests."""

from decimal import Decimal

from stadtplatz.catalogue import actions
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.money import Money
from stadtplatz.shops.models import Shop

LOAF = {
    "title": "Dinkel-Vollkornbrot",
    "category": "bread",
    "price": Money(590),
    "vat_class": "reduced",
    "content_amount": Decimal(750),
    "content_unit": "g",
    "withdrawal": "perishable",
    "allergens": "Dinkel (Weizen)",
    "food_info": "Dinkelvollkornmehl, Wasser, Salz",
}


def offer(shop: Shop, by: Actor, *, quantity: int | None = 10, published: bool = True, at=None, **details) -> Offer:
    made = actions.create_offer(shop=shop, by=by, quantity=quantity, at=at, **{**LOAF, **details})
    return actions.publish(offer=made, by=by, at=at) if published else made
