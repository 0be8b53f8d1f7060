"""What search engines read about offers and products (schema.org)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from stdnum import ean

from stadtplatz.catalogue import categories, rules, vat
from stadtplatz.catalogue.energy import energy_view
from stadtplatz.catalogue.models import Offer, Product
from stadtplatz.catalogue.queries.products import AtShop
from stadtplatz.kit import media
from stadtplatz.kit.money import Money
from stadtplatz.kit.publicface import absolute
from stadtplatz.shops import queries as shops
from stadtplatz.shops import rules as shop_rules

CURRENCY = "EUR"
_UNITS = {
    "kg": (1, "KGM"), "l": (1, "LTR"), "m": (1, "MTR"), "m2": (1, "MTK"), "m3": (1, "MTQ"), "100g": (100, "GRM"),
    "100ml": (100, "MLT"), "100l": (100, "LTR"), "t": (1, "TNE"),
}  # fmt: skip
"""Our units of a unit price -> how many of which unit of UN/CEFACT."""


def product_of(offer: Offer, *, available: int) -> dict[str, Any]:
    """schema.org Product of an offer on sale, with its one Offer; a service is a Service. An offer without a price has no Offer."""
    service = offer.kind == Offer.SERVICE
    priced = offer.price is not None and offer.price.cents > 0
    return {
        "@type": "Service" if service else "Product",
        "@id": f"{absolute(offer.get_absolute_url())}#product",
        "name": offer.full_title,
        "url": absolute(offer.get_absolute_url()),
        "description": offer.description,
        "image": _picture(offer.picture),
        "category": offer.category_name,
        **({"provider": shops.as_seller(offer.shop)} if service else _identity(offer)),
        "hasEnergyConsumptionDetails": _energy(offer),
        "offers": offer_of(offer, available=available) if priced else None,
    }


def offer_of(offer: Offer, *, available: int) -> dict[str, Any]:
    """schema.org Offer: what one piece costs at this shop, and whether it can be had."""
    return {
        "@type": "Offer",
        "url": absolute(offer.get_absolute_url()),
        "price": written(offer.price),
        "priceCurrency": CURRENCY,
        "priceSpecification": _unit_price(offer),
        "availability": f"https://schema.org/{availability(offer, available)}",
        "itemCondition": "https://schema.org/UsedCondition" if offer.vat_class == vat.MARGIN else None,
        "seller": shops.as_seller(offer.shop),
    }


def product(found: Product, rows: Sequence[AtShop]) -> dict[str, Any]:
    """schema.org Product of a barcode that several shops have, with what it costs at each."""
    priced = [row for row in rows if row.offer.price and row.offer.price.cents > 0]
    prices = [row.price.total for row in priced]
    first = rows[0].offer
    return {
        "@type": "Product",
        "name": found.title,
        "description": next((row.offer.description for row in rows if row.offer.description), ""),
        "image": _picture(next((row.offer.picture for row in rows if row.offer.picture), "")),
        "category": first.category_name,
        **_code(found.gtin),
        "brand": _brand(next((row.offer.brand for row in rows if row.offer.brand), "")),
        "offers": {
            "@type": "AggregateOffer",
            "lowPrice": written(min(prices)),
            "highPrice": written(max(prices)),
            "priceCurrency": CURRENCY,
            "offerCount": len(priced),
            "offers": [offer_of(row.offer, available=row.available) for row in priced],
        }
        if priced
        else None,
    }


def availability(offer: Offer, available: int) -> str:
    """schema.org's word for whether it can be had: ordered or put aside here, only seen in the shop, made when ordered, or gone."""
    if offer.kind in (Offer.SHOWCASE, Offer.QUOTE):
        return "InStoreOnly"
    if available < 1 and offer.kind != Offer.SERVICE:
        return "OutOfStock"
    if offer.kind == Offer.MADE:
        return "MadeToOrder"
    if offer.kind == Offer.SERVICE or shop_rules.may_sell(offer.shop):
        return "InStock"
    return "InStoreOnly"


def written(price: Money) -> str:
    """The price with a point and two digits, as schema.org wants it."""
    return f"{Decimal(price.cents) / 100:.2f}"


def _energy(offer: Offer) -> dict[str, Any] | None:
    view = energy_view(offer.particulars, categories.all_categories().get(offer.category))
    if view is None:
        return None
    return {
        "@type": "EnergyConsumptionDetails",
        "hasEnergyEfficiencyCategory": _class(view.letter),
        "energyEfficiencyScaleMin": _class(view.worst),
        "energyEfficiencyScaleMax": _class(view.best),
    }


def _class(letter: str) -> str:
    plus = letter.count("+")
    return f"https://schema.org/EUEnergyEfficiencyCategory{letter[0]}{f'{plus}Plus' if plus else ''}"


def _identity(offer: Offer) -> dict[str, Any]:
    group = offer.variant_of_id or (offer.pk if offer.variant else None)
    return {
        "sku": offer.sku,
        **_code(offer.gtin),
        "brand": _brand(offer.brand),
        "inProductGroupWithID": str(group) if group else None,
    }


def _code(gtin: str) -> dict[str, Any]:
    """Only what a registry gave out: numbers that shops make up for themselves (beginning with 02, 04 or 2) stay here."""
    if not gtin or not ean.is_valid(gtin):
        return {}
    if gtin.zfill(14)[1:].startswith(("02", "04", "2")):
        return {}
    return {"gtin": gtin}


def _brand(name: str) -> dict[str, Any] | None:
    return {"@type": "Brand", "name": name} if name else None


def _picture(path: str) -> str:
    return absolute(media.public_url(path)) if path else ""


def _unit_price(offer: Offer) -> dict[str, Any] | None:
    per = rules.unit_price(
        offer.price, offer.content_amount, offer.content_unit, loose=offer.kind == Offer.LOOSE, drained=offer.drained_amount,
        exempt=offer.unit_price_exempt,
    )  # fmt: skip
    if per is None or per.unit not in _UNITS:
        return None
    many, unit = _UNITS[per.unit]
    return {
        "@type": "UnitPriceSpecification",
        "price": written(per.price),
        "priceCurrency": CURRENCY,
        "valueAddedTaxIncluded": True,
        "referenceQuantity": {"@type": "QuantitativeValue", "value": many, "unitCode": unit},
    }
