"""Calendars of other programs: our feed for them, and theirs for us."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.appointments.models import Feed, Resource
from stadtplatz.kit.forms import offer_choices


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
