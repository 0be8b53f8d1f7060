"""Baskets, orders with one part per shop, withdrawals, and what is put aside without obligation."""

from stadtplatz.orders.models.basket import Basket, BasketLine, Checkout, SlotChoice
from stadtplatz.orders.models.message import OrderMessage
from stadtplatz.orders.models.order import Order, OrderLine, OrderPart
from stadtplatz.orders.models.quote import Quote
from stadtplatz.orders.models.reservation import Reservation
from stadtplatz.orders.models.warning import BuyersTold
from stadtplatz.orders.models.weight import WeightQuestion
from stadtplatz.orders.models.withdrawal import Withdrawal, WithdrawnLine

__all__ = [
    "Basket",
    "BasketLine",
    "BuyersTold",
    "Checkout",
    "Order",
    "OrderLine",
    "OrderMessage",
    "OrderPart",
    "Quote",
    "Reservation",
    "SlotChoice",
    "WeightQuestion",
    "Withdrawal",
    "WithdrawnLine",
]
