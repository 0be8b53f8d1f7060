"""What the shops offer, and what it cost when."""

from stadtplatz.catalogue.models.offer import Offer
from stadtplatz.catalogue.models.price import PlannedPrice, PriceInterval

__all__ = ["Offer", "PlannedPrice", "PriceInterval"]
