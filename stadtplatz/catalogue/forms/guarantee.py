"""What the operator says of the legal guarantee, and the official files."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue import graphics
from stadtplatz.catalogue.models import GuaranteeGraphic, GuaranteeNotice


class NoticeForm(forms.ModelForm):
    """The notice in one language."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    url = forms.URLField(label=_("Page of the EU it leads to"), max_length=300, assume_scheme="https")

    class Meta:
        model = GuaranteeNotice
        fields = ("heading", "body", "url", "source", "valid_from", "verified", "version")
        labels = {
            "heading": _("Heading"),
            "body": _("Words of the notice"),
            "source": _("Law or rule it rests on"),
            "valid_from": _("Shown from this day on"),
            "verified": _("Somebody who knows the law has compared the words with the annex"),
        }
        widgets = {
            "body": forms.Textarea(attrs={"rows": 10}),
            "valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


class GraphicForm(forms.Form):
    """One official file."""

    what = forms.ChoiceField(label=_("Which one"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("SVG, PNG, JPEG or PDF as the Commission publishes it, at most 3 MB. It is kept unaltered."),
        widget=forms.ClearableFileInput(attrs={"accept": ".svg,.png,.jpg,.jpeg,.pdf"}),
    )
    origin = forms.CharField(
        label=_("Where it is from"),
        max_length=300,
        help_text=_("Such as the address of the Commission's page and the day you took it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        notices = [
            (f"{GuaranteeGraphic.NOTICE}:{row.language}", f"{GuaranteeGraphic.KINDS[0][1]} ({row.language})")
            for row in GuaranteeNotice.objects.all()
        ]
        cast(forms.ChoiceField, self.fields["what"]).choices = [
            *notices,
            (f"{GuaranteeGraphic.LABEL}:", GuaranteeGraphic.KINDS[1][1]),
        ]

    def details(self) -> dict:
        """What the action takes."""
        kind, _colon, language = self.cleaned_data["what"].partition(":")
        file = self.cleaned_data["file"]
        return {
            "kind": kind,
            "language": language,
            "content": file.read(graphics.MOST_BYTES + 1),
            "origin": self.cleaned_data["origin"],
        }
