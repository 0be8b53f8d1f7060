"""What can be done with baskets and orders. Each verb lives in the file of its noun."""

from stadtplatz.orders.actions.basket import accept_prices, change_quantity, forget_old, put_in
from stadtplatz.orders.actions.checkout import begin_review, choose_slots, extend_hold, leave_contact, place_order
from stadtplatz.orders.actions.messages import write_to_buyer, write_to_shop
from stadtplatz.orders.actions.parts import advance, cancel, decline, hand_over
from stadtplatz.orders.actions.withdrawal import withdraw

__all__ = [
    "accept_prices",
    "advance",
    "begin_review",
    "cancel",
    "change_quantity",
    "choose_slots",
    "decline",
    "extend_hold",
    "forget_old",
    "hand_over",
    "leave_contact",
    "place_order",
    "put_in",
    "withdraw",
    "write_to_buyer",
    "write_to_shop",
]
