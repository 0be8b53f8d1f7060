"""An offer from its barcode, on the phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue.forms.fields import barcode
from stadtplatz.kit.forms import EuroField
from stadtplatz.kit.uploads import PictureField


class BarcodeForm(forms.Form):
    """Which product it is."""

    gtin = forms.CharField(
        label=_("Barcode (GTIN, EAN)"),
        help_text=_("The number below the bars. A hand scanner types it by itself."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_gtin(self) -> str:
        return barcode(self.cleaned_data["gtin"])


class QuickForm(forms.Form):
    """Photo, price, stock: all that a known product still needs."""

    picture = PictureField(label=_("Photo"), required=False)
    price = EuroField(label=_("Price (euros, with VAT)"))
    quantity = forms.IntegerField(
        label=_("How many are there?"), min_value=0, max_value=100_000, initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
