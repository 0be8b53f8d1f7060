"""How others write down a week: one line a day, as people type it, kept in the map's syntax."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stadtplatz.shops.hours import readable
from stadtplatz.shops.hours.weekly import DAYS, NAMES, compose, in_words, read_day, simple_week

__all__ = ["DAYS", "NAMES", "WeekForm", "compose", "in_words", "read_day", "readable", "simple_week"]


class WeekForm(forms.Form):
    """A usual week with a line for each day, such as `8–12.30 und 14–18 Uhr`. Cleans to `hours` in the map's syntax."""

    not_a_day: str | Promise = _("Please write it like 8:00–12:30, 14:00–18:00, or leave it empty if closed.")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for code, name in zip(DAYS, NAMES, strict=True):
            self.fields[code] = forms.CharField(label=name, max_length=60, required=False)

    @staticmethod
    def lines_of(week: list[str] | None) -> dict[str, str]:
        """What the lines begin with; empty for a week that is none."""
        shown = [text.replace("-", "–").replace(",", ", ") for text in week or [""] * 7]
        return dict(zip(DAYS, shown, strict=True))

    @property
    def days(self) -> list[forms.BoundField]:
        """The seven lines, Monday first."""
        return [self[code] for code in DAYS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        week = []
        for code in DAYS:
            try:
                week.append(read_day(cleaned.get(code, "")))
            except ValueError:
                self.add_error(code, str(self.not_a_day))
        if not self.errors:
            cleaned["hours"] = compose(week)
        return cleaned
