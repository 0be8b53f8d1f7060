"""When the shop is there."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.shops import hours
from stadtplatz.shops.fields import WeekForm
from stadtplatz.shops.forms.shop import Versioned
from stadtplatz.shops.hours import weekly
from stadtplatz.shops.hours.special import SpecialDays
from stadtplatz.shops.models import Shop


class HoursForm(WeekForm, Versioned):
    """One line a day, or the map's own syntax for whoever needs more."""

    special = forms.CharField(
        label=_("Special opening hours"),
        help_text=_(
            "For seasons and exceptions, in the syntax of OpenStreetMap. If this is filled in, it counts instead of the days above."
        ),
        max_length=255,
        required=False,
    )

    def __init__(self, *args, shop: Shop | None = None, **kwargs):
        if shop is not None:
            week = weekly.simple_week(shop.hours)
            start = {"version": shop.version, "special": "" if week is not None else shop.hours}
            kwargs["initial"] = start | self.lines_of(week) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean_special(self) -> str:
        special = self.cleaned_data["special"].strip()
        if special and not hours.readable(special):
            raise forms.ValidationError(_("These opening hours cannot be read. Please check the days and times."))
        return special

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            cleaned["hours"] = cleaned["special"] or cleaned["hours"]
        return cleaned


class SpecialDaysForm(Versioned):
    """Some days that differ from the week."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(
        label=_("Last day"),
        help_text=_("Empty if it is one day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    times = forms.CharField(
        label=_("Open from and to"),
        help_text=_("For example 8:00–12:00. Empty means closed."),
        max_length=60,
        required=False,
    )
    note = forms.CharField(
        label=_("What people read"), help_text=_("For example: our holidays."), max_length=80, required=False
    )

    def clean_times(self) -> str:
        try:
            return weekly.read_day(self.cleaned_data["times"])
        except ValueError:
            raise forms.ValidationError(str(WeekForm.not_a_day)) from None

    def clean(self):
        cleaned = super().clean() or {}
        if {"first", "times"} <= set(cleaned):
            first, last = cleaned["first"], cleaned.get("last") or cleaned["first"]
            try:
                cleaned["row"] = SpecialDays(first, last, cleaned["times"], cleaned.get("note", ""))
            except ValueError:
                self.add_error("last", _("The last day has to lie behind the first, by at most four months."))
        return cleaned


class MoveForm(forms.Form):
    """Open, pause or give up."""

    to = forms.ChoiceField(choices=Shop.STATES, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What should people read meanwhile?"),
        help_text=_("For example: on holiday until 6 January."),
        max_length=200,
        required=False,
    )
    until = forms.DateField(
        label=_("Last day of the pause"),
        help_text=_("On the day after, the shop is open again by itself. Empty if you do not know yet."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
