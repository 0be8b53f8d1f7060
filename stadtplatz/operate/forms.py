"""Forms of those who run the installation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ClientForm(forms.Form):
    """A program that may open reports."""

    name = forms.CharField(label=_("Name of the program"), max_length=80)
    contact = forms.CharField(
        label=_("Who looks after it?"), max_length=120, required=False, help_text=_("Name, mail address or telephone.")
    )
    per_hour = forms.IntegerField(label=_("Reports an hour, at most"), min_value=1, max_value=100_000, initial=600)
