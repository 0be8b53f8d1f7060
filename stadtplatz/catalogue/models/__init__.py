"""What the shops offer, what it cost when, and files of it."""

from stadtplatz.catalogue.models.category import CategoryAddress, CategoryEntry
from stadtplatz.catalogue.models.imports import ColumnMapping, Import, ImportRow, StockBatch, StockKey
from stadtplatz.catalogue.models.offer import Offer
from stadtplatz.catalogue.models.price import PlannedPrice, PriceInterval
from stadtplatz.catalogue.models.product import Product

__all__ = [
    "CategoryAddress",
    "CategoryEntry",
    "ColumnMapping",
    "Import",
    "ImportRow",
    "Offer",
    "PlannedPrice",
    "PriceInterval",
    "Product",
    "StockBatch",
    "StockKey",
]
