"""What can be done with baskets, orders and things put aside. Each verb lives in the file of its noun."""

from stadtplatz.orders.actions.basket import accept_prices, change_quantity, forget_old, put_in
from stadtplatz.orders.actions.checkout import begin_review, choose_slots, extend_hold, leave_contact, place_order
from stadtplatz.orders.actions.consent import answer_weight, ask_weight, close_weight
from stadtplatz.orders.actions.messages import write_to_buyer, write_to_shop
from stadtplatz.orders.actions.parts import advance, cancel, decline, hand_over
from stadtplatz.orders.actions.quotes import ask_price, forget_quotes, move_quote, name_price, refuse_price
from stadtplatz.orders.actions.reservations import (
    answer_longer,
    ask_longer,
    forget_reservers,
    hand_out,
    move_reservation,
    reserve,
    say_not_there,
)
from stadtplatz.orders.actions.warning import tell_buyers
from stadtplatz.orders.actions.weighing import take_as_ordered, weigh
from stadtplatz.orders.actions.withdrawal import withdraw

__all__ = [
    "accept_prices",
    "advance",
    "answer_longer",
    "answer_weight",
    "ask_longer",
    "ask_price",
    "ask_weight",
    "begin_review",
    "cancel",
    "change_quantity",
    "choose_slots",
    "close_weight",
    "decline",
    "extend_hold",
    "forget_old",
    "forget_quotes",
    "forget_reservers",
    "hand_out",
    "hand_over",
    "leave_contact",
    "move_quote",
    "move_reservation",
    "name_price",
    "place_order",
    "put_in",
    "refuse_price",
    "reserve",
    "say_not_there",
    "take_as_ordered",
    "tell_buyers",
    "weigh",
    "withdraw",
    "write_to_buyer",
    "write_to_shop",
]
