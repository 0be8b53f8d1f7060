"""Withdrawing from a contract, and what buyers of something illegal can do."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawalForm(forms.Form):
    """All that § 356a BGB lets us ask."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    contract = forms.CharField(
        label=_("Number of the order"),
        max_length=80,
        help_text=_("It stands in your confirmation, for example B-4K7-MX2P."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("Mail address for the receipt"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    what = forms.CharField(
        label=_("Only some of the goods? Which ones?"),
        required=False,
        max_length=1000,
        help_text=_("Leave empty to withdraw from the whole order. You need not give a reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RemediesForm(forms.Form):
    """What buyers of something illegal can do."""

    remedies = forms.CharField(
        label=_("What buyers can do"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000,
        help_text=_("Return it, destroy it, get the money back, whom to call. Everybody who ordered it reads this."),
    )  # fmt: skip
