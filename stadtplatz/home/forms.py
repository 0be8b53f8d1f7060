"""Forms of the house itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.codes import read_typed_code


class FindForm(forms.Form):
    """Number and typed code, as printed on paper or in a mail."""

    no_match = _("This number and this code do not belong together. Please compare both with your paper or mail.")

    number = forms.CharField(
        label=_("Number"),
        max_length=20,
        help_text=_("For example A-4K7-MX2P. It stands at the top of your mail or paper."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Code or PIN"),
        max_length=20,
        help_text=_("Ten letters and digits beside the number."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    remember = forms.BooleanField(
        label=_("Remember this errand on this device. Only do so on a device that is yours."), required=False
    )

    def pair(self) -> dict[str, str]:
        """What was typed, for the search."""
        return {"number": self.cleaned_data["number"], "code": read_typed_code(self.cleaned_data["code"])}
