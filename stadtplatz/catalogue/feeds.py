"""What a shop's offers look like to Google Merchant Center: a product feed and the local inventory beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from stadtplatz.catalogue import categories, queries, rules, units
from stadtplatz.catalogue.guarantee import garan
from stadtplatz.catalogue.models import Offer
from stadtplatz.pools import queries as pools
from stadtplatz.shops.models import Shop

AT_ONCE = 500
MEASURES = {"kg": "kg", "l": "l", "m": "m", "m2": "sqm", "m3": "cbm"}


def products(shop: Shop, base: str) -> Iterator[str]:
    """The product feed (RSS 2.0 with Google's words), piece by piece. Prices are gross, unit prices as on our pages."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>'
        f"<title>{escape(shop.name)}</title><link>{escape(base + shop.get_absolute_url())}</link>"
        f"<description>{escape(shop.description[:500])}</description>\n"
    )
    for offer, free in _offers(shop):
        fields = "".join(f"<g:{name}>{escape(text)}</g:{name}>" for name, text in _fields(offer, free, base) if text)
        yield f"<item>{fields}</item>\n"
    yield "</channel></rss>\n"


def inventory(shop: Shop) -> Iterator[str]:
    """The local inventory: which of the products stands in this shop, how many, for how much (tab separated)."""
    yield "store_code\titemid\tquantity\tprice\tavailability\n"
    for offer, free in _offers(shop):
        yield f"{shop.slug}\t{_id(offer)}\t{free}\t{_price(offer)}\t{_availability(free)}\n"


def _fields(offer: Offer, free: int, base: str) -> Iterator[tuple[str, str]]:
    with translation.override("de"):
        link = reverse("offer", args=[offer.pk, offer.slug])
    category = categories.all_categories().get(offer.category)
    yield "id", _id(offer)
    yield "title", offer.full_title
    yield "description", (offer.description or offer.title)[:5000]
    yield "link", base + link
    yield "image_link", base + offer.picture_url if offer.picture else ""
    yield "availability", _availability(free)
    yield "price", _price(offer)
    yield "gtin", offer.gtin
    yield "brand", offer.brand
    yield "identifier_exists", "" if offer.gtin else "no"
    yield "condition", "used" if offer.vat_class == "margin" else "new"
    yield "google_product_category", str(category.google) if category and category.google else ""
    yield "product_type", category.de if category else ""
    if measured := _measure(offer):
        yield "unit_pricing_measure", measured[0]
        yield "unit_pricing_base_measure", measured[1]
    yield "energy_efficiency_class", offer.particulars.get("energy", "").strip().upper()
    if label := garan(offer.particulars, offer.brand):
        yield "product_highlight", f"GARAN: {label.years} Jahre Garantie von {label.maker} auf das Modell {label.model}"
    yield "adult", "yes" if offer.age_limit >= 18 else ""


def _measure(offer: Offer) -> tuple[str, str] | None:
    """How much is in it and what the unit price refers to, where the law wants a unit price."""
    per = rules.unit_price(
        offer.price, offer.content_amount, offer.content_unit, loose=offer.kind == Offer.LOOSE,
        drained=offer.drained_amount, exempt=offer.unit_price_exempt,
    )  # fmt: skip
    unit = units.UNITS.get(units.of_drained(offer.content_unit) if offer.drained_amount else offer.content_unit)
    amount = offer.drained_amount or offer.content_amount
    if per is None or unit is None or amount is None:
        return None
    in_base = format((Decimal(amount) * unit.factor).normalize(), "f")
    base = {"100g": "100g", "100ml": "100ml"}.get(per.unit, f"1{MEASURES[unit.base]}")
    return f"{in_base}{MEASURES[unit.base]}", base


def _offers(shop: Shop) -> Iterator[tuple[Offer, int]]:
    last = 0
    while True:
        offers = list(queries.on_sale().filter(shop=shop, pk__gt=last).order_by("pk")[:AT_ONCE])
        if not offers:
            return
        free = pools.available([rules.stock_key(offer) for offer in offers])
        for offer in offers:
            if not offer.price:
                continue  # on request: Google wants a price
            yield offer, free[rules.stock_key(offer)]
        last = offers[-1].pk


def _id(offer: Offer) -> str:
    return offer.sku or f"sp-{offer.pk}"


def _price(offer: Offer) -> str:
    return f"{offer.price.cents // 100}.{offer.price.cents % 100:02d} EUR"


def _availability(free: int) -> str:
    return "in_stock" if free else "out_of_stock"
