"""What people choose about a file of offers."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue.forms.fields import CategoryField
from stadtplatz.catalogue.imports.columns import COLUMNS
from stadtplatz.catalogue.models import Import, Offer

WIDE = 30
"""From more columns on those that nobody knows are folded away."""


class FileForm(forms.Form):
    """A table, and pictures to go with it."""

    file: Any = forms.FileField(
        label=_("Table with your offers"),
        help_text=_(
            "CSV, Excel (.xlsx) or a feed for Google (.xml), up to 60 MB. The first line of a table names the columns."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xml"}),
    )
    pictures = forms.FileField(
        label=_("Pictures in a ZIP"),
        help_text=_("Only if the table names pictures by file name."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
        required=False,
    )

    def clean_pictures(self) -> UploadedFile | None:
        sent = self.cleaned_data["pictures"]
        if sent and sent.file.read(2) != b"PK":
            raise forms.ValidationError(_("This is no ZIP file."))
        return sent


class ColumnsForm(forms.Form):
    """Which column is what, and what holds where the file says nothing."""

    category = CategoryField(label=_("Category, where the file names none"), help_text="", required=False)
    withdrawal = forms.ChoiceField(
        label=_("May the customer return it, where the file says nothing?"),
        choices=[("", _("Not decided: such offers stay drafts")), *Offer.WITHDRAWAL],
        required=False,
    )
    remember_as = forms.CharField(
        label=_("Remember these columns as"),
        help_text=_("For example the name of your till. The next file with the same first line is read at once."),
        max_length=60,
        required=False,
    )

    def __init__(self, data=None, *, run: Import):
        super().__init__(
            data, initial={"category": run.defaults.get("category"), "withdrawal": run.defaults.get("withdrawal")}
        )
        self.run = run
        choices = [("", _("do not take in")), *((column.name, column.label) for column in COLUMNS)]
        for place, header in enumerate(run.headers):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header or _("(no name)"), choices=choices, initial=run.columns[place], required=False
            )

    def columns(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each bound field with the first cells of its column; of a wide file only the columns that are known."""
        return [self._column(place) for place in range(len(self.run.headers)) if not self._is_folded(place)]

    def folded(self) -> list[tuple[forms.BoundField, list[str]]]:
        """The other columns of a wide file."""
        return [self._column(place) for place in range(len(self.run.headers)) if self._is_folded(place)]

    def _column(self, place: int) -> tuple[forms.BoundField, list[str]]:
        cells = [row[place] for row in self.run.samples if place < len(row) and row[place]]
        return self[f"column_{place}"], cells

    def _is_folded(self, place: int) -> bool:
        return len(self.run.headers) > WIDE and not self.run.columns[place]

    def choice(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        return {
            "chosen": [typed[f"column_{place}"] for place in range(len(self.run.headers))],
            "defaults": {"category": typed["category"], "withdrawal": typed["withdrawal"]},
            "remember_as": typed["remember_as"],
        }
