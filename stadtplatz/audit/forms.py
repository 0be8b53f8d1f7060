"""Forms of the machine room."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EndpointForm(forms.Form):
    """A web hook to set up."""

    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https", help_text=_("https://…"))
    verbs = forms.CharField(
        label=_("What it wants to hear"),
        initial="tickets.*",
        help_text=_(
            "Facts such as tickets.opened, whole domains as tickets.*, or * for everything; separated by spaces."
        ),
    )

    def clean_verbs(self) -> list[str]:
        return self.cleaned_data["verbs"].replace(",", " ").split()
