"""Loose goods are ordered by an estimated weight and paid by what the scales show; the only place that computes it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from stadtplatz.catalogue import units
from stadtplatz.kit.money import Money

if TYPE_CHECKING:
    from stadtplatz.catalogue.models import Offer

MORE = 10
"""Per cent by which the price may be higher than the one ordered; what the scales show beyond that is given free of charge."""


@dataclass(frozen=True)
class Weighed:
    """What is charged, and whether part of the weight is free of charge because it is above the bound."""

    price: Money
    partly_free: bool


def grams_of(offer: Offer) -> int | None:
    """The estimated grams of one portion; None for everything that is not sold loose by weight."""
    unit = units.UNITS.get(offer.content_unit)
    if offer.kind != offer.LOOSE or unit is None or unit.base != "kg" or not offer.content_amount:
        return None
    grams = int((Decimal(offer.content_amount) * unit.factor * 1000).to_integral_value())
    return grams or None


def most_by_weight(estimate: Money) -> Money:
    """What is paid at most for goods that were ordered for this price: MORE per cent more, rounded down to the cent."""
    return Money(estimate.cents * (100 + MORE) // 100)


def price_by_weight(estimate: Money, *, ordered: int, weighed: int) -> Weighed:
    """The price of so many grams when `ordered` grams were to cost `estimate`: in proportion, half cents up, never above the bound."""
    full, most = full_price(estimate, ordered=ordered, weighed=weighed), most_by_weight(estimate)
    return Weighed(min(full, most), full > most)


def full_price(estimate: Money, *, ordered: int, weighed: int) -> Money:
    """The same without the bound: charged only if the buyer has agreed to it."""
    return Money((2 * estimate.cents * weighed + ordered) // (2 * ordered))
