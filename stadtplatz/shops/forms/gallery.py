"""Pictures of the shop, and its market days."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.uploads import PictureField
from stadtplatz.shops.models import StallTime


class GalleryForm(forms.Form):
    """One more picture."""

    image = PictureField(label=_("Picture"))
    alt = forms.CharField(
        label=_("What can be seen?"), max_length=160,
        help_text=_("For people who do not see the picture, such as “Our counter with fresh bread”."),
    )  # fmt: skip


class StallTimeForm(forms.Form):
    """A day of the week on a market."""

    where = forms.CharField(label=_("Which market, where?"), max_length=80)
    weekday = forms.TypedChoiceField(label=_("Day"), choices=StallTime.DAYS, coerce=int)
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}))
    note = forms.CharField(
        label=_("Remark"),
        max_length=120,
        required=False,
        help_text=_("Such as: from April to October, beside the fountain."),
    )

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("begins") and cleaned.get("ends") and cleaned["ends"] <= cleaned["begins"]:
            self.add_error("ends", _("The end lies before the beginning."))
        return cleaned
