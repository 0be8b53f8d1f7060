"""Reading baskets, checkouts and orders. Each noun has its file."""

from stadtplatz.orders.queries.basket import BasketView, basket_by_secret, view_of
from stadtplatz.orders.queries.orders import (
    by_number_and_code,
    by_secret,
    euros_handed_over,
    finished_of,
    goods_to_pack,
    mine,
    part_for_shop,
    shop_days,
    shop_today,
)
from stadtplatz.orders.queries.warnings import buyers_page, public_warnings
from stadtplatz.orders.queries.weights import open_weights, weight_question, weights_of

__all__ = [
    "BasketView",
    "basket_by_secret",
    "buyers_page",
    "by_number_and_code",
    "by_secret",
    "euros_handed_over",
    "finished_of",
    "goods_to_pack",
    "mine",
    "open_weights",
    "part_for_shop",
    "public_warnings",
    "shop_days",
    "shop_today",
    "view_of",
    "weight_question",
    "weights_of",
]
