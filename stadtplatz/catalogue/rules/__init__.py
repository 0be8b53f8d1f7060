"""What an offer must say before it is sold, what its price refers to, and what the lowest price was."""

from stadtplatz.catalogue.rules.offers import may_edit, missing_for_publishing, stock_key
from stadtplatz.catalogue.rules.reductions import THIRTY_DAYS, InForce, lowest_price_30_days
from stadtplatz.catalogue.rules.unit_prices import UnitPrice, unit_price

__all__ = [
    "THIRTY_DAYS",
    "InForce",
    "UnitPrice",
    "lowest_price_30_days",
    "may_edit",
    "missing_for_publishing",
    "stock_key",
    "unit_price",
]
