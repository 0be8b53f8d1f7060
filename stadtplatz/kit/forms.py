"""Fields that several domains ask for, what there is to choose from in this case, and long lists that are cheap to write."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.money import Money, read_euros


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> forms.ModelChoiceField:
    """The field of this name offers these rows and refuses all others. TypeError if it is no choice of rows."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} is no choice of rows.")
    field.queryset = rows
    return field


def offer_choices(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> forms.ChoiceField:
    """The field of this name offers these values, or groups of them. TypeError if it is no choice of values."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no choice of values.")
    field.choices = list(choices)
    return field


class LongSelect(forms.Select):
    """A list of one level. Django renders a template for each choice: of 500 shops that costs more than the rest of a page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """As `Select` does it, choices without groups."""
        chosen = "" if value is None else str(value)
        options = "".join(
            f'<option value="{escape(key)}"{" selected" if str(key) == chosen else ""}>{escape(label)}</option>'
            for key, label in self.choices
        )
        own = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", own, mark_safe(options))  # noqa: S308 - each part was escaped


class EuroField(forms.Field):
    """`12,90`, `12.9` or `12` as Money."""

    def __init__(self, **kwargs: Any):
        attributes = {"inputmode": "decimal", "autocomplete": "off", "maxlength": "12"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **kwargs)

    def to_python(self, value: object) -> Money | None:
        text = str(value or "").replace("€", "").strip()
        if not text:
            return None
        try:
            return read_euros(text)
        except ValueError:
            raise forms.ValidationError(_("Please write an amount like 12,90.")) from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value.cents // 100},{value.cents % 100:02d}" if isinstance(value, Money) else value
