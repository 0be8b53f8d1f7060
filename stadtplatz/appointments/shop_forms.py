"""What a shop types about its calendars."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.appointments.models import Feed, Resource, Service
from stadtplatz.kit import clock
from stadtplatz.kit.forms import offer_choices
from stadtplatz.kit.money import Money
from stadtplatz.shops import fields as weeks

DAY = {"type": "date"}
HOUR = {"type": "time", "step": "300"}


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
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
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


class ResourceForm(forms.Form):
    """One calendar: whose it is, how many fit in, and the usual week, one line a day."""

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
            week = weeks.simple_week(resource.hours) or [""] * 7
            start = {name: getattr(resource, name) for name in ("version", "name", "kind", "capacity", "is_active")}
            lines = {
                code: text.replace("-", "–").replace(",", ", ") for code, text in zip(weeks.DAYS, week, strict=True)
            }
            kwargs["initial"] = start | lines
        super().__init__(*args, **kwargs)
        for code, name in zip(weeks.DAYS, weeks.NAMES, strict=True):
            self.fields[code] = forms.CharField(label=name, max_length=60, required=False)

    @property
    def days(self):
        """The seven lines, Monday first."""
        return [self[code] for code in weeks.DAYS]

    @property
    def rest(self):
        """The other visible fields."""
        return [self[name] for name in ("name", "kind", "capacity", "is_active")]

    def clean(self):
        cleaned = super().clean() or {}
        week = []
        for code in weeks.DAYS:
            try:
                week.append(weeks.read_day(cleaned.get(code, "")))
            except ValueError:
                self.add_error(code, _("Please write it like 8:00–12:30, 14:00–18:00, or leave it empty."))
        if not self.errors:
            cleaned["hours"] = weeks.compose(week)
        return cleaned

    def changes(self) -> dict:
        """What the actions take."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class AwayForm(forms.Form):
    """Days on which a calendar has other hours, or none."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    last = forms.DateField(
        label=_("Last day"),
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
            return weeks.read_day(self.cleaned_data["times"])
        except ValueError:
            message = _("Please write it like 8:00–12:30, 14:00–18:00, or leave it empty.")
            raise forms.ValidationError(message) from None

    def clean(self):
        cleaned = super().clean() or {}
        cleaned["last"] = cleaned.get("last") or cleaned.get("first")
        return cleaned


def _minutes(label, *, least: int, most: int, start: int, text="") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "step": "5"})
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, initial=start, help_text=text, widget=widget, step_size=5
    )


def _number(label, *, least: int, most: int, start: int, text="") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, initial=start, help_text=text, widget=widget
    )


class ServiceForm(forms.Form):
    """How an offer is booked."""

    NUMBERS = (
        "minutes",
        "before",
        "after",
        "step",
        "lead_hours",
        "horizon_weeks",
        "cancel_hours",
        "ask_first",
        "is_open",
    )

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    minutes = _minutes(_("How many minutes?"), least=5, most=600, start=45)
    before = _minutes(
        _("Free minutes before"), least=0, most=240, start=0, text=_("To get ready. Customers do not see them.")
    )
    after = _minutes(_("Free minutes after"), least=0, most=240, start=0, text=_("To clean up, or for the way."))
    step = forms.TypedChoiceField(label=_("When can it begin?"), choices=Service.STEPS, coerce=int, initial=15)
    resources = forms.MultipleChoiceField(label=_("In which calendars?"), widget=forms.CheckboxSelectMultiple)
    lead_hours = _number(
        _("Not within so many hours"),
        least=0,
        most=720,
        start=2,
        text=_("So that nobody stands at the door by surprise."),
    )
    horizon_weeks = _number(_("So many weeks ahead"), least=1, most=52, start=8)
    cancel_hours = _number(
        _("Move and cancel until so many hours before"),
        least=0,
        most=336,
        start=24,
        text=_("Customers read this before they book. Later they have to call you."),
    )
    ask_first = forms.BooleanField(label=_("I want to say yes to every booking first"), required=False)
    is_open = forms.BooleanField(label=_("Can be booked now"), required=False, initial=True)

    def __init__(self, *args, resources: list[Resource], service: Service | None = None, **kwargs):
        if service is not None:
            start = {name: getattr(service, name) for name in (*self.NUMBERS, "version")}
            kwargs["initial"] = start | {"resources": [row.pk for row in service.resources.all()]}
        super().__init__(*args, **kwargs)
        self.calendars = resources
        offer_choices(self, "resources", [(row.pk, row.name) for row in resources])

    def clean_resources(self) -> list[Resource]:
        return [row for row in self.calendars if str(row.pk) in self.cleaned_data["resources"]]

    def details(self) -> dict:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in self.NUMBERS}


class NewServiceForm(ServiceForm):
    """The first time with the offer itself, so that one page is enough."""

    title = forms.CharField(label=_("What do you offer?"), max_length=120)
    price = forms.DecimalField(
        label=_("Price (euros, with VAT)"),
        max_digits=8,
        decimal_places=2,
        min_value=0.01,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    description = forms.CharField(
        label=_("Description"), widget=forms.Textarea(attrs={"rows": 3}), max_length=3000, required=False
    )
    field_order = ("title", "price", "description", "minutes", "resources")

    def clean_price(self) -> Money:
        return Money(int(self.cleaned_data["price"] * 100))


class FeedForm(forms.Form):
    """An address for calendar programs."""

    resource = forms.ChoiceField(label=_("Which calendar?"), required=False)
    detail = forms.ChoiceField(
        label=_("What may be read there?"),
        choices=Feed.DETAILS,
        initial=Feed.SERVICE,
        widget=forms.RadioSelect,
        help_text=_("Whoever has the address can read it. Names of customers only if the program is yours alone."),
    )

    def __init__(self, *args, resources: list[Resource], **kwargs):
        super().__init__(*args, **kwargs)
        self.resources = resources
        offer_choices(self, "resource", [("", _("All calendars")), *((row.pk, row.name) for row in resources)])

    def clean_resource(self) -> Resource | None:
        return next((row for row in self.resources if str(row.pk) == self.cleaned_data["resource"]), None)


class ForeignForm(forms.Form):
    """A calendar from elsewhere."""

    resource = forms.ChoiceField(label=_("For which calendar does it count?"))
    url = forms.CharField(
        label=_("Address of the calendar (iCal, https)"),
        max_length=1000,
        help_text=_(
            "Google: “Secret address in iCal format”. Apple, Outlook, Nextcloud: share the calendar and copy its link."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, resources: list[Resource], **kwargs):
        super().__init__(*args, **kwargs)
        self.resources = resources
        offer_choices(self, "resource", [(row.pk, row.name) for row in resources])

    def clean_resource(self) -> Resource:
        return next(row for row in self.resources if str(row.pk) == self.cleaned_data["resource"])
