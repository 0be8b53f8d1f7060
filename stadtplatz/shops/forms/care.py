"""Questions to a shop, and help from the market desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.shops.models import CareTask


class EnquiryForm(forms.Form):
    """A question to a shop."""

    text = forms.CharField(label=_("Your question"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}), required=False
    )
    email = forms.EmailField(
        label=_("Mail address for the answer"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class AnswerForm(forms.Form):
    """What goes back."""

    answer = forms.CharField(label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)


class HelpForm(forms.Form):
    """What the shop needs."""

    kind = forms.ChoiceField(label=_("What do you need?"), choices=CareTask.KINDS, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What about?"),
        help_text=_("A few words are enough. We call back if something is unclear."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
