"""What somebody decides before a report is published: the words, the pictures, and what of them is covered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.cases.models import CaseDocument
from stadtplatz.kit.redaction import Box
from stadtplatz.tickets.actions import Picture

SHOWN = 288
"""Width in pixels at which a picture is shown for clicking without scripts."""
CLICKED = (16.0, 12.0)
"""Size in percent of a part covered by a click."""


class BoxesField(forms.CharField):
    """One covered part a line: left, top, width and height in percent."""

    widget = forms.Textarea(attrs={"rows": 3, "inputmode": "decimal", "spellcheck": "false", "data-boxes": ""})

    def to_python(self, value: Any) -> list[Box]:  # type: ignore[override]  # the cleaned value is a list of boxes
        return [self._box(line) for line in str(value or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(written(box) for box in value or [])

    def _box(self, line: str) -> Box:
        try:
            left, top, width, height = (float(part.replace(",", ".")) for part in line.replace(";", " ").split())
        except ValueError:
            raise forms.ValidationError(
                _("Please write four numbers a line: left, top, width and height in percent.")
            ) from None
        return left, top, width, height


class ReleaseForm(forms.Form):
    """Text and answer; for each picture whether it is published, what it shows, and what is covered."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What everybody reads"),
        help_text=_("Please take out names, telephone numbers and everything that accuses somebody."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    answer = forms.CharField(
        label=_("What the city says to everybody"),
        help_text=_("What was done, in one or two sentences. Your messages to the reporter are never public."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, documents: list[CaseDocument], initial: dict[str, Any] | None = None):
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.documents = documents
        for document in documents:
            self.fields[f"show-{document.pk}"] = forms.BooleanField(label=_("Publish this picture"), required=False)
            self.fields[f"words-{document.pk}"] = forms.CharField(
                label=_("What the picture shows"),
                help_text=_("For people who do not see it, for example: deep hole beside the kerb"),
                max_length=200,
                required=False,
            )
            self.fields[f"boxes-{document.pk}"] = BoxesField(
                label=_("Covered parts"),
                help_text=_(
                    "Click into the picture to cover faces and number plates. Or one line each: left, top, width, height in percent."
                ),
                required=False,
            )

    def pictures(self) -> list[Picture]:
        """What the form says about pictures that are to be published."""
        data = self.cleaned_data
        return [
            Picture(document, data[f"boxes-{document.pk}"], data[f"words-{document.pk}"])
            for document in self.documents
            if data[f"show-{document.pk}"]
        ]

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Each picture with its fields and what is covered now, for the page."""
        return [
            {
                "document": document,
                "show": self[f"show-{document.pk}"],
                "words": self[f"words-{document.pk}"],
                "boxes": self[f"boxes-{document.pk}"],
                "areas": readable(self[f"boxes-{document.pk}"].value()),
                "width": SHOWN,
                "height": shown_height(document),
            }
            for document in self.documents
        ]


def clicked(data: Any, documents: list[CaseDocument]) -> dict[str, Any] | None:
    """The sent form with one covered part more, if somebody clicked into a picture; None if not."""
    for document in documents:
        try:
            x, y = int(data[f"click-{document.pk}.x"]), int(data[f"click-{document.pk}.y"])
        except (KeyError, ValueError):
            continue
        width, height = CLICKED
        left = min(max(0.0, x * 100 / SHOWN - width / 2), 100 - width)
        top = min(max(0.0, y * 100 / shown_height(document) - height / 2), 100 - height)
        name = f"boxes-{document.pk}"
        known = data.get(name, "").strip()
        return {
            **data.dict(),
            name: f"{known}\n{written((left, top, width, height))}".strip(),
            f"show-{document.pk}": "on",
        }
    return None


def shown_height(document: CaseDocument) -> int:
    return max(1, round(SHOWN * (document.height or 3) / (document.width or 4)))


def written(box: Box) -> str:
    return " ".join(f"{value:.1f}".removesuffix(".0") for value in box)


def readable(text: Any) -> list[Box]:
    """The covered parts as far as they can be read."""
    try:
        return BoxesField(required=False).clean(BoxesField().prepare_value(text))
    except forms.ValidationError:
        return []
