"""What a shop does with its offers, their prices and its shelves."""

from stadtplatz.catalogue.actions.imports import run_now, set_columns, start, take_file, undo
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
    "run_now",
    "set_columns",
    "set_picture",
    "set_steps",
    "set_stock",
    "shelf",
    "start",
    "switch_all_due",
    "switch_due",
    "take_file",
    "undo",
    "withdraw",
]
