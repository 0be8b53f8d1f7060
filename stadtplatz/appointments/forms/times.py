"""Times of a calendar: entered, moved, kept for the shop."""

from datetime import date, datetime, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from stadtplatz.appointments.models import Resource, Service
from stadtplatz.kit import clock
from stadtplatz.kit.forms import offer_choices

DAY = {"type": "date"}
HOUR = {"type": "time", "step": "300"}
OF_THIS_AGE = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2199, 12, 31))]
"""Days around which weeks can be reckoned."""


def moment(day, hour) -> datetime:
    """That hour on the town hall's clock; of an hour that comes twice the first one."""
    return datetime.combine(day, hour, clock.BERLIN)


class ReasonForm(forms.Form):
    """Why the shop declines or cancels."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The customer reads this as you write it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WhenForm(forms.Form):
    """A time of a calendar."""

    resource = forms.ChoiceField(label=_("Calendar"))
    day = forms.DateField(label=_("Day"), validators=OF_THIS_AGE, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    hour = forms.TimeField(label=_("Time of day"), widget=forms.TimeInput(attrs=HOUR, format="%H:%M"))

    def __init__(self, *args, resources: list[Resource], **kwargs):
        super().__init__(*args, **kwargs)
        self.resources = resources
        offer_choices(self, "resource", [(row.pk, row.name) for row in resources])

    def clean_resource(self) -> Resource:
        return next(row for row in self.resources if str(row.pk) == self.cleaned_data["resource"])

    def clean(self):
        data = super().clean() or self.cleaned_data
        if data.get("day") and data.get("hour"):
            data["starts_at"] = moment(data["day"], data["hour"])
        return data


class MoveForm(WhenForm):
    """To another time or calendar."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("The customer reads this as you write it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EnterForm(WhenForm):
    """Somebody called or stands at the counter."""

    service = forms.ChoiceField(label=_("Service"))
    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(label=_("Phone number"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("Mail address"), required=False, help_text=_("With it the customer gets a confirmation and a reminder.")
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    field_order = ("service", "resource", "day", "hour", "name", "phone", "email", "note")

    def __init__(self, *args, services: list[Service], **kwargs):
        super().__init__(*args, **kwargs)
        self.services = services
        offer_choices(self, "service", [(row.pk, f"{row.offer.full_title} ({row.minutes} min)") for row in services])

    def clean_service(self) -> Service:
        return next(row for row in self.services if str(row.pk) == self.cleaned_data["service"])


class BlockForm(WhenForm):
    """A time the shop keeps for itself."""

    until = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs=HOUR, format="%H:%M"))
    note = forms.CharField(label=_("What for?"), max_length=80, required=False, help_text=_("Only you read this."))
    field_order = ("resource", "day", "hour", "until", "note")

    def clean(self):
        data = super().clean()
        if data.get("starts_at") and data.get("until"):
            end = moment(data["day"], data["until"])
            data["ends_at"] = end if end > data["starts_at"] else end + timedelta(days=1)
        return data
