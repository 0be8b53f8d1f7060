from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.notifications.kinds import KINDS


class KindsForm(forms.Form):
    """Which mails somebody wants; only the kinds that can be switched off."""

    def __init__(self, *args, staff: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.offered = [kind for kind in KINDS.values() if not kind.needed and (staff or not kind.for_staff)]
        choices = [(kind.code, kind.label) for kind in self.offered]
        self.fields["wanted"] = forms.MultipleChoiceField(
            label=_("Send me emails about"), required=False, widget=forms.CheckboxSelectMultiple, choices=choices
        )
