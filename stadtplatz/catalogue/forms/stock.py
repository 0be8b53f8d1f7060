"""How much there is, and who may tell it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StockForm(forms.Form):
    """A count of the shelf."""

    quantity = forms.IntegerField(label=_("On the shelf"), min_value=0, max_value=100_000)
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)


class KeyForm(forms.Form):
    """A key for a till."""

    name = forms.CharField(label=_("Name of the till or program"), max_length=60)
