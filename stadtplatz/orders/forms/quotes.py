"""A price is asked for and named."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.money import Money, read_euros
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


class EuroField(forms.Field):
    """`12,90`, `12.9` or `12` as Money."""

    def to_python(self, value: object) -> Money | None:
        text = str(value or "").replace("€", "").strip()
        if not text:
            return None
        try:
            return read_euros(text)
        except ValueError:
            raise forms.ValidationError(_("Please write an amount like 12,90.")) from None


class NamePriceForm(forms.Form):
    """The shop's answer to a question for a price."""

    price = EuroField(
        label=_("Price for all of it, incl. VAT"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": "12"}),
    )
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
