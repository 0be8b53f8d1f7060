"""Forms about duties: who does what, where and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Person
from stadtplatz.city.conditions import weekdays_in_words
from stadtplatz.city.models import Conditions, District, Duty, Function, Street, Unit
from stadtplatz.city.models.duty import CONDITIONS
from stadtplatz.city.spelling import street_key
from stadtplatz.kit.forms import offer_rows


class FunctionField(forms.ModelChoiceField):
    """A choice among the functions of all units."""

    def label_from_instance(self, obj: Function) -> str:
        return f"{obj.unit}: {obj}"


class DutyForm(forms.Form):
    """How a duty is done."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Designation"), max_length=120, required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    function = FunctionField(label=_("Function"), queryset=Function.objects.none(), required=False)
    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Only if one certain person answers for it. Otherwise the holder of the function is asked."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        staff = Person.objects.filter(is_active=True, unit_memberships__ended=False).distinct()
        offer_rows(self, "unit", Unit.objects.filter(closed=False))
        offer_rows(self, "function", Function.objects.filter(closed=False).select_related("unit"))
        offer_rows(self, "person", staff.order_by("name", "email"))


class RuleForm(DutyForm):
    """A duty together with its conditions, for the operator. `cleaned_data` has `conditions` in place of their fields."""

    district = forms.ModelChoiceField(
        label=_("District"), queryset=District.objects.none(), required=False, empty_label=_("the whole town")
    )
    street_name = forms.CharField(
        label=_("Street"), required=False, max_length=160, help_text=_("Only if the rule is for one street.")
    )
    street_class = forms.ChoiceField(
        label=_("Class of street"), required=False, choices=[("", _("all streets")), *Duty.STREET_CLASSES]
    )
    corners = forms.CharField(
        label=_("Area of its own"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One corner in each line: longitude, then latitude, like 8.8700 48.5960."),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Weekdays"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(str(day), weekdays_in_words(str(day))) for day in range(1, 8)],
        help_text=_("None chosen: every day."),
    )
    from_time = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    until_time = forms.TimeField(
        label=_("Until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("May run over midnight. Empty: at all hours."),
    )
    season_from = forms.CharField(label=_("First day of the season"), required=False, max_length=5)
    season_until = forms.CharField(
        label=_("Last day of the season"),
        required=False,
        max_length=5,
        help_text=_("Month and day, like 11-01 and 03-31. Empty: all year."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_rows(self, "district", District.objects.filter(gone_at=None).defer("geometry"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        street = self._street(data.pop("street_name", ""), data.get("district"))
        area = self._area(data.pop("corners", ""))
        data["weekdays"] = "".join(sorted(data.get("weekdays") or []))
        given = {name: data.pop(name, None) for name in CONDITIONS if name not in ("street", "area")}
        data["conditions"] = Conditions(street=street, area=area, **given)
        return data

    def _street(self, typed: str, district: District | None) -> Street | None:
        if not typed:
            return None
        rows = Street.objects.filter(name_key=street_key(typed), gone_at=None).select_related("district")
        found = list((rows.filter(district=district) if district else rows)[:5])
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(str(row.district) for row in found if row.district)
            self.add_error(
                "district",
                _("There are several streets of this name. Please choose the district: {names}.").format(names=names),
            )
        else:
            self.add_error("street_name", _("This street is not on the map."))
        return None

    def _area(self, typed: str) -> dict[str, Any] | None:
        if not typed.strip():
            return None
        try:
            points = [[float(part) for part in line.replace(",", " ").split()] for line in typed.strip().splitlines()]
            ring = [[lon, lat] for lon, lat in points]
        except ValueError:
            self.add_error("corners", _("Please write two numbers with a dot in each line."))
            return None
        return {"type": "Polygon", "coordinates": [[*ring, ring[0]] if ring[0] != ring[-1] else ring]}


class NewRuleForm(RuleForm):
    """A duty that a unit is to have."""

    code = forms.RegexField(
        r"^[a-z0-9_-]+(\.[a-z0-9_-]+)*$",
        label=_("Short code"),
        max_length=80,
        help_text=_("From the general to the special, for example roads.pothole"),
    )
    field_order = ["code", "title", "unit", "function", "person", "district"]


def start_of_rule(row: Duty) -> dict[str, Any]:
    """What a form about this rule shows first."""
    names = ("version", "title", "unit", "function", "person", "district", "street_class", "from_time", "until_time")
    ring = row.area["coordinates"][0][:-1] if row.area else []
    return {name: getattr(row, name) for name in (*names, "season_from", "season_until")} | {
        "street_name": row.street.name if row.street else "",
        "weekdays": list(row.weekdays),
        "corners": "\n".join(f"{lon} {lat}" for lon, lat in ring),
    }
