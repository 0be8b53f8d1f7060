"""Whom to tell about an order."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ContactForm(forms.Form):
    """Whom to tell. One of mail and phone is enough."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("The shops ask for it at the counter."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("The confirmation and your collection codes come here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=40,
        help_text=_(
            "If you have no mail address: the shop can call you. You then find everything with number and code."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )

    def clean(self):
        data = super().clean() or self.cleaned_data
        if not data.get("email") and not data.get("phone") and "email" not in self.errors:
            self.add_error("email", _("Please leave a mail address or a phone number."))
        return data
