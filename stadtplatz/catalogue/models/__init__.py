"""What the shops offer, what it cost when, files of it, who marked it and who waits for it."""

from stadtplatz.catalogue.models.category import CategoryAddress, CategoryEntry
from stadtplatz.catalogue.models.favourite import Favourite
from stadtplatz.catalogue.models.guarantee import GuaranteeGraphic, GuaranteeNotice
from stadtplatz.catalogue.models.imports import ColumnMapping, Import, ImportRow, StockBatch, StockKey
from stadtplatz.catalogue.models.lacking import LackingOffer
from stadtplatz.catalogue.models.offer import Offer
from stadtplatz.catalogue.models.price import PlannedPrice, PriceInterval
from stadtplatz.catalogue.models.product import Product
from stadtplatz.catalogue.models.stale import StockQuestion
from stadtplatz.catalogue.models.watch import Watch
from stadtplatz.catalogue.models.wish import Wish

__all__ = [
    "CategoryAddress",
    "CategoryEntry",
    "ColumnMapping",
    "Favourite",
    "GuaranteeGraphic",
    "GuaranteeNotice",
    "Import",
    "ImportRow",
    "LackingOffer",
    "Offer",
    "PlannedPrice",
    "PriceInterval",
    "Product",
    "StockBatch",
    "StockKey",
    "StockQuestion",
    "Watch",
    "Wish",
]
