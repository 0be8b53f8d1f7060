"""What a shop does with its offers, their prices and its shelves."""

from stadtplatz.catalogue.actions.availability import begin_days, set_availability
from stadtplatz.catalogue.actions.categories import add_category, dissolve_category, edit_category, plant
from stadtplatz.catalogue.actions.favourites import mark, unmark
from stadtplatz.catalogue.actions.guarantee import put_in_graphic, remove_graphic, show_graphic, write_notice
from stadtplatz.catalogue.actions.imports import run_now, set_columns, start, take_file, undo
from stadtplatz.catalogue.actions.lacking import look_for_lacking, take_off_lacking
from stadtplatz.catalogue.actions.noticed import decide_about_offer
from stadtplatz.catalogue.actions.offers import (
    Incomplete,
    add_variant,
    create_offer,
    edit_offer,
    name_variant,
    publish,
    reindex,
    set_picture,
    withdraw,
)
from stadtplatz.catalogue.actions.planned import drop_plan, plan_price, switch_all_due, switch_due
from stadtplatz.catalogue.actions.prices import change_price, set_steps
from stadtplatz.catalogue.actions.products import offer_product
from stadtplatz.catalogue.actions.searches import forget_synonym, say_synonym, tell_shops
from stadtplatz.catalogue.actions.stale import answer_stock, ask_about_stock, ask_all, forget_questions, refresh_ranks
from stadtplatz.catalogue.actions.stock import set_stock, shelf
from stadtplatz.catalogue.actions.stock_sync import Count, make_stock_key, revoke_stock_key, sync_stock
from stadtplatz.catalogue.actions.watching import confirm_watch, end_watch, forget_watches, tell_who_waits, watch

__all__ = [
    "Count",
    "Incomplete",
    "add_category",
    "add_variant",
    "answer_stock",
    "ask_about_stock",
    "ask_all",
    "begin_days",
    "change_price",
    "confirm_watch",
    "create_offer",
    "decide_about_offer",
    "dissolve_category",
    "drop_plan",
    "edit_category",
    "edit_offer",
    "end_watch",
    "forget_questions",
    "forget_synonym",
    "forget_watches",
    "look_for_lacking",
    "make_stock_key",
    "mark",
    "name_variant",
    "offer_product",
    "plan_price",
    "plant",
    "publish",
    "put_in_graphic",
    "refresh_ranks",
    "reindex",
    "remove_graphic",
    "revoke_stock_key",
    "run_now",
    "say_synonym",
    "set_availability",
    "set_columns",
    "set_picture",
    "set_steps",
    "set_stock",
    "shelf",
    "show_graphic",
    "start",
    "switch_all_due",
    "switch_due",
    "sync_stock",
    "take_file",
    "take_off_lacking",
    "tell_shops",
    "tell_who_waits",
    "undo",
    "unmark",
    "watch",
    "withdraw",
    "write_notice",
]
