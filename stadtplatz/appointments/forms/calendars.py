"""The calendars of a shop: whose they are, their usual week, and days away."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.appointments.forms.times import DAY, OF_THIS_AGE
from stadtplatz.appointments.models import Resource
from stadtplatz.shops.fields import WeekForm, read_day, simple_week

NOT_A_DAY = _("Please write it like 8:00–12:30, 14:00–18:00, or leave it empty.")


class ResourceForm(WeekForm):
    """One calendar: whose it is, how many fit in, and the usual week, one line a day."""

    not_a_day = NOT_A_DAY
    FIELDS = ("name", "kind", "capacity", "hours", "is_active")

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("Customers read it: a first name, “Chair 2”, “Yoga room”.")
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=Resource.KINDS, widget=forms.RadioSelect)
    capacity = forms.IntegerField(
        label=_("Places at the same time"),
        min_value=1,
        max_value=200,
        initial=1,
        help_text=_("1 for a person or a chair; the places of the room for a course."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    is_active = forms.BooleanField(label=_("Can be booked"), required=False, initial=True)

    def __init__(self, *args, resource: Resource | None = None, **kwargs):
        if resource is not None:
            start = {name: getattr(resource, name) for name in ("version", "name", "kind", "capacity", "is_active")}
            kwargs["initial"] = start | self.lines_of(simple_week(resource.hours))
        super().__init__(*args, **kwargs)

    @property
    def rest(self):
        """The other visible fields."""
        return [self[name] for name in ("name", "kind", "capacity", "is_active")]

    def changes(self) -> dict:
        """What the actions take."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class AwayForm(forms.Form):
    """Days on which a calendar has other hours, or none."""

    first = forms.DateField(
        label=_("First day"), validators=OF_THIS_AGE, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Last day"),
        validators=OF_THIS_AGE,
        help_text=_("Empty if it is one day."),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        required=False,
    )
    times = forms.CharField(
        label=_("There from and to"),
        help_text=_("For example 8:00–12:00. Empty means not there."),
        max_length=60,
        required=False,
    )
    note = forms.CharField(label=_("What for?"), max_length=80, required=False, help_text=_("Only you read this."))

    def clean_times(self) -> str:
        try:
            return read_day(self.cleaned_data["times"])
        except ValueError:
            raise forms.ValidationError(NOT_A_DAY) from None

    def clean(self):
        cleaned = super().clean() or {}
        cleaned["last"] = cleaned.get("last") or cleaned.get("first")
        return cleaned
