"""Whom the news of orders and of things put aside reach. Each noun has its file."""

from stadtplatz.orders.reactions import reservations
from stadtplatz.orders.reactions.orders import MARKET, keepers, remind

__all__ = ["MARKET", "keepers", "remind", "reservations"]
