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
from stadtplatz.catalogue.actions.planned import drop_plan, plan_price, switch_all_due, switch_due
from stadtplatz.catalogue.actions.prices import change_price, set_steps
from stadtplatz.catalogue.actions.stock import set_stock, shelf

__all__ = [
    "Incomplete",
    "change_price",
    "create_offer",
    "drop_plan",
    "edit_offer",
    "plan_price",
    "publish",
    "reindex",
    "set_picture",
    "set_steps",
    "set_stock",
    "shelf",
    "switch_all_due",
    "switch_due",
    "withdraw",
]
