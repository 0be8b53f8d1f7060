"""How an offer is booked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.appointments.models import Resource, Service
from stadtplatz.kit.forms import offer_choices
from stadtplatz.kit.money import Money


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
