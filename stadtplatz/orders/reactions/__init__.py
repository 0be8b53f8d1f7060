"""Whom the news of orders, of things put aside and of asked prices reach. Each noun has its file."""

from stadtplatz.orders.reactions import quotes, reservations, warning, weights
from stadtplatz.orders.reactions.orders import MARKET, keepers, remind

__all__ = ["MARKET", "keepers", "quotes", "remind", "reservations", "warning", "weights"]
