"""How a shop says when and how it hands out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.delivery.models import PickupPoint


class PointForm(forms.ModelForm):
    """A shop's collection times; `version` is the one the form was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    is_open = forms.BooleanField(label=_("Customers can order for collection"), required=False)
    slot_minutes = forms.TypedChoiceField(
        label=_("Length of a collection time"),
        coerce=int,
        choices=[(15, _("15 minutes")), (30, _("30 minutes")), (60, _("1 hour")), (120, _("2 hours"))],
    )
    slot_capacity = forms.IntegerField(label=_("Orders in one collection time"), min_value=1, max_value=200)
    notice_minutes = forms.TypedChoiceField(
        label=_("Time you need to pack"),
        coerce=int,
        choices=[
            (30, _("30 minutes")),
            (60, _("1 hour")),
            (120, _("2 hours")),
            (240, _("4 hours")),
            (1440, _("1 day")),
            (2880, _("2 days")),
        ],
        help_text=_("Orders come in at least this long before the collection time begins."),
    )
    days_ahead = forms.IntegerField(label=_("How many days ahead"), min_value=1, max_value=28)
    note = forms.CharField(
        label=_("How to find the counter"),
        required=False,
        max_length=300,
        help_text=_("For example: please ring at the back door."),
    )

    class Meta:
        model = PickupPoint
        fields = ("is_open", "slot_minutes", "slot_capacity", "notice_minutes", "days_ahead", "note")
