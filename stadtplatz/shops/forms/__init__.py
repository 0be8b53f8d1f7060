"""What people type about shops."""

from stadtplatz.shops.forms.claims import (
    BranchForm,
    BusinessForm,
    CodeForm,
    DecisionForm,
    LettersForm,
    PlaceClaimForm,
    RemovalForm,
)
from stadtplatz.shops.forms.opening import HoursForm, MoveForm, SpecialDaysForm
from stadtplatz.shops.forms.shop import FieldsForm, InviteForm, ProfileForm, ShopFilter, Versioned

__all__ = [
    "BranchForm",
    "BusinessForm",
    "CodeForm",
    "DecisionForm",
    "FieldsForm",
    "HoursForm",
    "InviteForm",
    "LettersForm",
    "MoveForm",
    "PlaceClaimForm",
    "ProfileForm",
    "RemovalForm",
    "ShopFilter",
    "SpecialDaysForm",
    "Versioned",
]
