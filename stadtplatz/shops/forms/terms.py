"""What the operator types about the terms for sellers."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TermsForm(forms.Form):
    """The next version."""

    text = forms.CharField(
        label=_("The terms"), widget=forms.Textarea(attrs={"rows": 16}), max_length=100_000,
        help_text=_("The whole text. It begins with the newest version; change what changes."),
    )  # fmt: skip
    summary = forms.CharField(
        label=_("What is different"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        help_text=_("In plain words, for people who run a shop. They read it first."),
    )  # fmt: skip
    effective_on = forms.DateField(
        label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Later if shops have to change something technical."),
    )  # fmt: skip
