"""Telling the fields of a form what there is to choose from in this case."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet


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
