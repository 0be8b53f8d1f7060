"""Fields that several forms about offers share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue.imports import cells
from stadtplatz.kit.money import Money, read_euros


class EuroField(forms.Field):
    """`12,90`, `12.9` or `12` as Money."""

    def __init__(self, **kwargs):
        attributes = {"inputmode": "decimal", "autocomplete": "off", "maxlength": "12"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **kwargs)

    def to_python(self, value) -> Money | None:
        text = str(value or "").replace("€", "").strip()
        if not text:
            return None
        try:
            return read_euros(text)
        except ValueError:
            raise forms.ValidationError(_("Please write an amount like 12,90.")) from None

    def prepare_value(self, value):
        return f"{value.cents // 100},{value.cents % 100:02d}" if isinstance(value, Money) else value


def barcode(text: str) -> str:
    """The digits of a barcode; refused (ValidationError) if its check digit does not fit."""
    try:
        return cells.gtin(text)
    except cells.Fault as fault:
        raise forms.ValidationError(fault.message, code=fault.code) from fault


class Moment(forms.DateTimeInput):
    """A day and a time, picked by the browser."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")
