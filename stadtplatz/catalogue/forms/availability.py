"""When an offer can be had."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue.rules import Availability

_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?")
_DATE = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")


class AvailabilityForm(forms.Form):
    """Weekdays, hours, season, single days, number for a day. Nothing said: always, as many as there are."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these weekdays"),
        help_text=_("None chosen: on every day."),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    begins = forms.TimeField(
        label=_("Collection from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), required=False
    )
    ends = forms.TimeField(
        label=_("Collection until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), required=False
    )
    season_from = forms.CharField(
        label=_("Every year from"), help_text=_("Day and month, such as 15.4."), max_length=8, required=False
    )
    season_to = forms.CharField(label=_("to"), help_text=_("Such as 24.6."), max_length=8, required=False)
    days = forms.CharField(
        label=_("On single days"),
        help_text=_("Such as 24.12.2026, 31.12.2026. With weekdays or a season: on these days as well."),
        max_length=600,
        required=False,
    )
    per_day = forms.IntegerField(
        label=_("At most so many on one day"),
        help_text=_("Counted for the day of collection. Empty: as many as stand on the shelf."),
        min_value=1,
        max_value=10_000,
        required=False,
    )

    def clean_season_from(self) -> tuple[int, int] | None:
        return self._month_day("season_from")

    def clean_season_to(self) -> tuple[int, int] | None:
        return self._month_day("season_to")

    def clean_days(self) -> frozenset[date]:
        text = self.cleaned_data["days"]
        try:
            found = [date(int(year), int(month), int(day)) for day, month, year in _DATE.findall(text)]
        except ValueError:
            found = []
        if len(found) != len([part for part in re.split(r"[,;\n]", text) if part.strip()]):
            raise forms.ValidationError(_("Please write days like 24.12.2026 and put commas between them."))
        return frozenset(found)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("season_from")) != bool(cleaned.get("season_to")) and not self.errors:
            self.add_error("season_to", _("A season needs a first and a last day."))
        return cleaned

    def when(self) -> Availability:
        """What the action takes."""
        typed = self.cleaned_data
        season = (typed["season_from"], typed["season_to"]) if typed["season_from"] else None
        return Availability(
            frozenset(typed["weekdays"]), typed["begins"], typed["ends"], season, typed["days"], typed["per_day"]
        )

    def _month_day(self, name: str) -> tuple[int, int] | None:
        text = self.cleaned_data[name].strip()
        if not text:
            return None
        match = _DAY.fullmatch(text)
        try:
            day, month = (int(part) for part in match.groups()) if match else (0, 0)
            date(2024, month, day)
        except ValueError:
            raise forms.ValidationError(_("Please write day and month like 15.4.")) from None
        return month, day


def initial_of(when: Availability, version: int) -> dict[str, Any]:
    """What stands in the form."""
    first, last = when.season or (None, None)
    return {
        "version": version,
        "weekdays": sorted(when.weekdays),
        "begins": when.begins,
        "ends": when.ends,
        "season_from": f"{first[1]}.{first[0]}." if first else "",
        "season_to": f"{last[1]}.{last[0]}." if last else "",
        "days": ", ".join(f"{day.day}.{day.month}.{day.year}" for day in sorted(when.days)),
        "per_day": when.per_day,
    }
