"""What people outside type."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.cases.actions.messages import LONGEST
from stadtplatz.kit.uploads import PhotosField


class TaskAnswerForm(forms.Form):
    """The answer to a task, by whoever holds its link."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please write an answer.")},
    )
    photos = PhotosField(
        label=_("Photos"),
        required=False,
        help_text=_("Up to 5 pictures, for the office alone. Position and camera data are removed from them."),
    )
