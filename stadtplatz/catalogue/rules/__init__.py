"""What an offer must say before it is sold, what its price refers to, and what the lowest price was."""

from stadtplatz.catalogue.rules.availability import Availability, day_key, read_availability
from stadtplatz.catalogue.rules.offers import (
    STOCK,
    can_be_put_aside,
    may_edit,
    missing_for_publishing,
    missing_in,
    stock_key,
)
from stadtplatz.catalogue.rules.reductions import THIRTY_DAYS, InForce, lowest_price_30_days
from stadtplatz.catalogue.rules.steps import price_for
from stadtplatz.catalogue.rules.timetable import Switch, course, price_at
from stadtplatz.catalogue.rules.unit_prices import UnitPrice, unit_price
from stadtplatz.catalogue.rules.weights import MORE, Weighed, full_price, grams_of, most_by_weight, price_by_weight

__all__ = [
    "MORE",
    "STOCK",
    "THIRTY_DAYS",
    "Availability",
    "InForce",
    "Switch",
    "UnitPrice",
    "Weighed",
    "can_be_put_aside",
    "course",
    "day_key",
    "full_price",
    "grams_of",
    "lowest_price_30_days",
    "may_edit",
    "missing_for_publishing",
    "missing_in",
    "most_by_weight",
    "price_at",
    "price_by_weight",
    "price_for",
    "read_availability",
    "stock_key",
    "unit_price",
]
