"""A price is asked for and named."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.forms import EuroField
from stadtplatz.orders.forms.reservations import ReasonForm


class AskPriceForm(forms.Form):
    """What a price is asked for."""

    wish = forms.CharField(
        label=_("What do you need?"),
        max_length=3_000,
        help_text=_("How many, how big, by when? The more exact, the better the answer."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("So that the answer reaches you. Without it, keep the link or number and code."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class NamePriceForm(forms.Form):
    """The shop's answer to a question for a price."""

    price = EuroField(label=_("Price for all of it, incl. VAT"))
    valid_until = forms.DateField(
        label=_("Until when does it hold?"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    words = forms.CharField(
        label=_("What is included"),
        max_length=3_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoPriceForm(ReasonForm):
    """Why the shop names no price."""
