"""What customers type."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ContactForm(forms.Form):
    """Whom the shop expects. One of mail and phone is enough."""

    key = forms.CharField(max_length=32, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("The confirmation and the reminder come here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=40,
        help_text=_("So that the shop can call you. Mail or phone: one of them is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    note = forms.CharField(
        label=_("A word to the shop"),
        required=False,
        max_length=500,
        help_text=_("Only what it needs to know beforehand. Please nothing about your health."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    remind = forms.BooleanField(label=_("Remind me by mail the day before"), required=False, initial=True)

    def clean(self):
        data = super().clean() or self.cleaned_data
        if not data.get("email") and not data.get("phone") and "email" not in self.errors:
            self.add_error("email", _("Please leave a mail address or a phone number."))
        return data
