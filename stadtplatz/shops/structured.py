"""What search engines read about a shop (schema.org)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from stadtplatz.kit import clock, media
from stadtplatz.kit.identity import city
from stadtplatz.kit.publicface import absolute
from stadtplatz.shops import hours
from stadtplatz.shops.hours import special, weekly
from stadtplatz.shops.models import Shop

TYPES = {
    "bakery": "Bakery", "supermarket": "GroceryStore", "wine": "LiquorStore", "books": "BookStore", "flowers": "Florist",
    "garden": "GardenStore", "bicycle": "BikeStore", "clothes": "ClothingStore", "shoes": "ShoeStore", "jewellery": "JewelryStore",
    "toys": "ToyStore", "sports": "SportingGoodsStore", "music": "MusicStore", "furniture": "FurnitureStore",
    "hardware": "HardwareStore", "electronics": "ElectronicsStore", "pharmacy": "Pharmacy", "optician": "Optician",
    "hairdresser": "HairSalon", "beauty": "BeautySalon", "laundry": "DryCleaningOrLaundry", "locksmith": "Locksmith",
    "pets": "PetStore", "cars": "AutoRepair", "fuel": "GasStation", "travel": "TravelAgency",
}  # fmt: skip
"""Our category -> schema.org's own type, a kind of LocalBusiness; the others are a Store where people can walk in."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SPECIAL_AHEAD = timedelta(days=60)


def as_seller(shop: Shop) -> dict[str, Any]:
    """The shop as the seller of something: enough to find its own page."""
    return {"@type": type_of(shop), "@id": _id(shop), "name": shop.name, "url": absolute(shop.get_absolute_url())}


def type_of(shop: Shop) -> str:
    """schema.org's type of this shop."""
    return TYPES.get(shop.category, "Store" if shop.has_counter else "LocalBusiness")


def as_local_business(shop: Shop) -> dict[str, Any]:
    """schema.org LocalBusiness. Whoever has no counter has no address here: theirs stands in the imprint, because the law wants it
    there, and not as a door to walk into."""
    return as_seller(shop) | {
        "telephone": shop.phone,
        "email": shop.email,
        "description": shop.description,
        "image": absolute(media.public_url(shop.picture)) if shop.picture else None,
        "sameAs": shop.website,
        "legalName": shop.legal_name,
        "vatID": "" if shop.small_business else shop.vat_id,
        "currenciesAccepted": "EUR",
        "address": _address(shop),
        "geo": {"@type": "GeoCoordinates", "longitude": shop.lon, "latitude": shop.lat}
        if shop.has_counter and shop.lon is not None
        else None,
        "openingHoursSpecification": [*_regular(shop), *_special(shop)],
    }


def _id(shop: Shop) -> str:
    return f"{absolute(shop.get_absolute_url())}#shop"


def _address(shop: Shop) -> dict[str, Any]:
    door = {"streetAddress": shop.street, "postalCode": shop.postcode} if shop.has_counter else {}
    return {"@type": "PostalAddress", **door, "addressLocality": shop.town, "addressCountry": "DE"}


def _regular(shop: Shop) -> list[dict[str, Any]]:
    """A simple week by its days; a richer expression as the openings of this week, each with its date."""
    if shop.state == Shop.PAUSED:
        return [_closed(clock.today(), shop.pause_until or clock.today() + SPECIAL_AHEAD)]
    simple = _usual(shop.hours)
    if simple is None:
        return [
            _opening(f"{begin:%H:%M}", f"{end:%H:%M}", validFrom=str(row.day), validThrough=str(row.day))
            for row in hours.week_from(shop.hours, clock.now(), city().land)
            for begin, end in row.spans
        ]
    spans: dict[str, list[str]] = {}
    for day, times in zip(_DAYS, simple, strict=True):
        for span in filter(None, times.split(",")):
            spans.setdefault(span, []).append(day)
    return [_opening(*_until_midnight(span), dayOfWeek=days) for span, days in spans.items()]


def _special(shop: Shop) -> list[dict[str, Any]]:
    """Days of the next two months that differ from the week."""
    found: list[dict[str, Any]] = []
    for row in special.coming(shop.special_days, clock.today()) if shop.state != Shop.PAUSED else ():
        when = {"validFrom": str(row.first), "validThrough": str(row.last)}
        spans = [_opening(*_until_midnight(span), **when) for span in row.times.split(",") if span]
        found += spans or [_closed(row.first, row.last)]
    return found


@lru_cache(maxsize=2_000)
def _usual(expression: str) -> tuple[str, ...] | None:
    """The seven days of a simple week, worked out once: it takes looking at a whole year."""
    week = weekly.simple_week(expression) if hours.readable(expression) else None
    return tuple(week) if week is not None else None


def _until_midnight(span: str) -> list[str]:
    return span.replace("24:00", "23:59").split("-")


def _opening(opens: str, closes: str, **when: Any) -> dict[str, Any]:
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes, **when}


def _closed(first: date, last: date) -> dict[str, Any]:
    return _opening("00:00", "00:00", validFrom=str(first), validThrough=str(last))
