"""What a shop does with its offers, their prices and its shelves."""

from stadtplatz.catalogue.actions.offers import (
    Incomplete,
    create_offer,
    edit_offer,
    publish,
    reindex,
    set_picture,
    withdraw,
)
from stadtplatz.catalogue.actions.prices import change_price
from stadtplatz.catalogue.actions.stock import set_stock, shelf

__all__ = [
    "Incomplete",
    "change_price",
    "create_offer",
    "edit_offer",
    "publish",
    "reindex",
    "set_picture",
    "set_stock",
    "shelf",
    "withdraw",
]
