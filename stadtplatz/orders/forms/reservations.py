"""Things put aside: what is wanted, and how long shops keep it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.forms import offer_choices
from stadtplatz.shops.rules import KEEPING


class ReserveForm(forms.Form):
    """What is put aside for whom. A nickname will do."""

    quantity = forms.TypedChoiceField(label=_("How many?"), coerce=int)
    name = forms.CharField(
        label=_("Name or nickname"),
        max_length=60,
        help_text=_("The shop writes it on the note. You need no account."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("So that we can tell you when it lies ready. Without it, keep the link or number and code."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(self, *args, most: int, **kwargs):
        super().__init__(*args, **kwargs)
        offer_choices(self, "quantity", [(number, str(number)) for number in range(1, most + 1)])


class ReasonForm(forms.Form):
    """Why the shop cannot: in its own words, for the customer."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The customer reads this as you write it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NotThereForm(ReasonForm):
    """Why the shop does not have what was to be put aside."""

    back_on_sale = forms.BooleanField(
        label=_("The goods are there, put them back on sale"),
        required=False,
        help_text=_("Without the tick they are taken off the count."),
    )


class KeepForm(forms.Form):
    """For how long a shop puts things aside; the hours, or None for "until we close on our next day"."""

    NEXT_DAY = "next-day"

    reserve_hours = forms.TypedChoiceField(
        label=_("How long do you put things aside?"),
        coerce=lambda value: None if value == KeepForm.NEXT_DAY else int(value),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(self.NEXT_DAY if hours is None else hours, label) for hours, label in KEEPING]
        offer_choices(self, "reserve_hours", choices)
