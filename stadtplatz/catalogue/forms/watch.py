"""Where to tell that something is there again."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WatchForm(forms.Form):
    """One mail address."""

    email = forms.EmailField(
        label=_("Mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
