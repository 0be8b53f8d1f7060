"""What a reporter can say on the page of a report: a contact, proof, feedback, words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.tickets.actions.opening import LONGEST
from stadtplatz.tickets.forms.reporting import photos_field
from stadtplatz.tickets.models import Feedback


class AddressForm(forms.Form):
    """Where news go."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"required": _("Please give an e-mail address.")},
    )


class ProofForm(forms.Form):
    """The code from the mail, or the PIN."""

    code = forms.CharField(
        label=_("Code or PIN"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Please type the six digits.")},
    )


class FeedbackForm(forms.Form):
    """The two questions after the end."""

    solved = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=Feedback.SOLVED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose an answer.")},
    )
    score = forms.TypedChoiceField(
        label=_("How satisfied are you with the way your report was handled?"),
        choices=Feedback.SCORES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What is still missing?"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class EchoFeedbackForm(FeedbackForm):
    """The same two questions for those who joined; their words would reach nobody, so none are asked for."""

    words = None  # type: ignore[assignment]  # how Django takes a field away


class WordsForm(forms.Form):
    """A message, with or without pictures."""

    words = forms.CharField(
        label=_("Message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write a message.")},
    )
    photos = photos_field()
