"""A family of words in the list of environmental claims."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.moderation.models import GreenWord


class GreenWordForm(forms.ModelForm):
    class Meta:
        model = GreenWord
        fields = ("kind", "patterns", "unless", "instead", "source", "verified", "active")
        labels = {
            "kind": _("What the law says of it"),
            "patterns": _("Words and phrases, one in each line"),
            "unless": _("But not where they stand like this"),
            "instead": _("What to say instead"),
            "source": _("Law or rule it rests on"),
            "verified": _("Somebody who knows the law has checked this"),
            "active": _("It counts"),
        }
        help_texts = {
            "patterns": _("A star at the end of a word stands for its endings: nachhaltig* also finds nachhaltige.")
        }
        widgets = {"patterns": forms.Textarea(attrs={"rows": 6}), "unless": forms.Textarea(attrs={"rows": 4})}
