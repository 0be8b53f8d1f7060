"""What people type about offers."""

from stadtplatz.catalogue.forms.fields import barcode
from stadtplatz.catalogue.forms.listing import OfferFilter
from stadtplatz.catalogue.forms.offer import NewOfferForm, OfferForm, VariantForm
from stadtplatz.catalogue.forms.prices import PlanForm, PriceForm, StepsForm
from stadtplatz.catalogue.forms.quick import BarcodeForm, QuickForm
from stadtplatz.catalogue.forms.stock import KeyForm, StockForm
from stadtplatz.kit.forms import EuroField

__all__ = [
    "BarcodeForm",
    "EuroField",
    "KeyForm",
    "NewOfferForm",
    "OfferFilter",
    "OfferForm",
    "PlanForm",
    "PriceForm",
    "QuickForm",
    "StepsForm",
    "StockForm",
    "VariantForm",
    "barcode",
]
