"""Fields that several forms about offers share."""

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue import categories, meaning
from stadtplatz.catalogue.imports import cells


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


class _Suggested(forms.TextInput):
    """A text with the names of all categories as suggestions; the browser shows those that fit while somebody types."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        known = f"{(attrs or {}).get('id', name)}_names"
        box = super().render(name, value, {**(attrs or {}), "list": known, "autocomplete": "off"}, renderer)
        rows = ((categories.name_of(code), categories.path_name(code)) for code in categories.all_categories())
        options = format_html_join("", '<option value="{}">{}</option>', rows)
        return format_html('{}<datalist id="{}">{}</datalist>', box, known, options)


class CategoryField(forms.Field):
    """A category by what people call it: its name, another word for it, or its code. Cleans to the code.

    Refused with what may have been meant when no category is called so.
    """

    widget = _Suggested

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Category"))
        kwargs.setdefault("help_text", _("Type what it is, such as cheese, trousers or screws, and choose."))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        code = categories.followed(value or "")
        return categories.name_of(code) if code in categories.all_categories() else value

    def to_python(self, value) -> str:
        text = str(value or "").strip()
        if not text:
            return ""
        if found := meaning.exactly(text):
            return found.code
        near = ", ".join(category.name for category in meaning.nearly(text))
        words = gettext("There is no category “{text}”.").format(text=text[:60])
        meant = gettext("Did you mean {names}?").format(names=near) if near else ""
        raise forms.ValidationError(f"{words} {meant}".strip(), code="invalid")
