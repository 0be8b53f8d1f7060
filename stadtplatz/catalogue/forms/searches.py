"""What the market desk says about searches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue.forms.fields import CategoryField


class SynonymForm(forms.Form):
    """Two ways to say it."""

    HOW = [
        ("=", _("mean the same: each finds the other")),
        ("<", _("the first also finds the second, not the other way round")),
    ]

    asked = forms.CharField(label=_("What people type"), max_length=80)
    meant = forms.CharField(label=_("What the offers are called"), max_length=80)
    how = forms.ChoiceField(label=_("These words"), choices=HOW, widget=forms.RadioSelect, initial="=")

    def line(self) -> str:
        """As the search keeps it."""
        typed = self.cleaned_data
        return f"{typed['asked']} {typed['how']} {typed['meant']}"


class TellForm(forms.Form):
    """Which shops hear of it."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=80)
    category = CategoryField(label=_("Shops that sell"))

    def told(self) -> dict[str, Any]:
        """What the action takes."""
        return {"text": self.cleaned_data["text"], "category": self.cleaned_data["category"]}
