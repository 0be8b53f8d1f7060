"""What the operator says about a category."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue import categories, energy, particulars, units, vat
from stadtplatz.catalogue.categories import Category
from stadtplatz.catalogue.forms.fields import CategoryField
from stadtplatz.catalogue.models import CategoryEntry, Offer
from stadtplatz.kit.forms import offer_choices

SCALES = [
    (scale, f"{energy.classes_of(scale)[0]} – {energy.classes_of(scale)[-1]}")
    for scale in ("A-G", "A-E", "A++-G", "A+++-D", "A+++-G")
]
FLAGS = ("food", "origin", "safety", "energy")


class CategoryForm(forms.Form):
    """A category whole: what it shows is what holds for it; what differs from the one above it is kept as its own."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    de = forms.CharField(label=_("German name"), min_length=2, max_length=80)
    en = forms.CharField(label=_("English name"), min_length=2, max_length=80)
    parent = CategoryField(label=_("Stands below"), help_text=_("Empty: at the top."), required=False)
    slug = forms.SlugField(
        label=_("Word in the address"),
        help_text=_("Empty: made from the German name. Addresses used so far keep leading here."),
        max_length=80,
        required=False,
    )
    words = forms.CharField(
        label=_("What else people call it"),
        help_text=_("Separated by commas. Found by the search and when somebody chooses a category."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    google = forms.IntegerField(
        label=_("Number in Google's product taxonomy"), min_value=0, max_value=9_999_999, required=False
    )
    drawing = forms.ChoiceField(label=_("Picture for offers without one"))
    food = forms.BooleanField(label=_("Food: asks for ingredients and allergens (LMIV)"), required=False)
    origin = forms.BooleanField(label=_("Asks where it comes from"), required=False)
    safety = forms.BooleanField(label=_("Asks for the maker (product safety, GPSR)"), required=False)
    energy = forms.BooleanField(label=_("Asks for the energy class"), required=False)
    scale = forms.ChoiceField(label=_("Scale of its energy label"), choices=SCALES)
    wants = forms.MultipleChoiceField(
        label=_("Asks for further particulars"),
        choices=[(one.name, one.label) for one in particulars.ALL],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kinds = forms.MultipleChoiceField(
        label=_("May be sold like this"),
        help_text=_("None chosen: every way."),
        choices=Offer.KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    age = forms.TypedChoiceField(label=_("Lowest age limit"), choices=Offer.AGES, coerce=int)
    vat = forms.ChoiceField(label=_("VAT proposed"), choices=vat.CLASSES)
    per = forms.ChoiceField(label=_("Unit of the trade for large amounts"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        drawings = sorted({category.drawing for category in categories.all_categories().values()} | {"other"})
        offer_choices(self, "drawing", [(name, name) for name in drawings])
        offer_choices(self, "per", [("", _("kg or litre"))] + [(name, units.SHORT[name]) for name in units.CUSTOMARY])

    def changes(self) -> dict[str, Any]:
        """What the actions take."""
        typed = self.cleaned_data
        above = categories.all_categories().get(typed["parent"]) or Category("", "", "", "")
        said = {name: typed[name] for name in categories.INHERITED}
        own = {
            name: value
            for name, value in said.items()
            if value != (list(getattr(above, name)) if isinstance(value, list) else getattr(above, name))
        }
        words = [word.strip() for word in typed["words"].replace("\n", ",").split(",")]
        found = {name: typed[name] for name in ("de", "en", "parent")} | {"own": own, "google": typed["google"] or 0}
        return {
            **found,
            "words": [word for word in words if word],
            **({"slug": typed["slug"]} if typed["slug"] else {}),
        }


class DissolveForm(forms.Form):
    """What takes the place of a category."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    into = CategoryField(label=_("What takes its place"))


def initial_of(entry: CategoryEntry) -> dict[str, Any]:
    """What stands in the form of a category."""
    category = categories.all_categories()[entry.code]
    said = {name: getattr(category, name) for name in (*categories.INHERITED, "de", "en", "slug", "parent")}
    return {**said, "google": entry.google or None, "words": ", ".join(entry.words), "version": entry.version}
