"""What is asked on the way of a report: words and photos, place, category, contact; also when it was written without a connection."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.city import queries as city
from stadtplatz.kit.forms import offer_choices
from stadtplatz.kit.uploads import PhotosField


def photos_field() -> PhotosField:
    return PhotosField(
        label=_("Photos"),
        required=False,
        help_text=_("Up to 5 pictures. Position and camera data are removed from them."),
    )


class TextForm(forms.Form):
    """What is it about?"""

    text = forms.CharField(
        label=_("In your words"),
        help_text=_("One or two sentences are enough. Please name no other people."),
        error_messages={"required": _("Please describe in a few words what this is about.")},
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )
    photos = photos_field()
    category = forms.SlugField(required=False, widget=forms.HiddenInput)


class PlaceForm(forms.Form):
    """Where is it? A point from the map or the phone, or an address in words."""

    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    address = forms.CharField(
        label=_("Street and house number, or a place"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("Where exactly?"),
        help_text=_("For example: at the bus stop, behind the school"),
        required=False,
        max_length=200,
    )
    choice = forms.ChoiceField(label=_("Which place do you mean?"), required=False, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, shown: dict[str, Any] | None = None):
        """`shown` is what the page showed before: where the point is unchanged but the words are new, the words count."""
        self.shown = shown or {}
        super().__init__(data, initial=self.shown, use_required_attribute=False)
        self.fields["address"].required = True
        self.hits: list[Any] = []
        if data is not None and data.get("choice"):
            value = data["choice"]
            offer_choices(self, "choice", [(value, value)])
        else:
            del self.fields["choice"]

    def full_clean(self) -> None:
        """The words are asked for, so no page calls them optional; a point on the map does instead of them."""
        self.fields["address"].required = False
        super().full_clean()
        self.fields["address"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if point := self._chosen(data):
            data["place"], data["label"] = point, ""
            return data
        lon, lat, words = data.get("lon"), data.get("lat"), (data.get("address") or "").strip()
        moved = (lon, lat) != (self.shown.get("lon"), self.shown.get("lat"))
        if lon is not None and lat is not None and (moved or not words or words == self.shown.get("address")):
            data["place"], data["label"] = (lon, lat), "" if moved else words
            return data
        return self._from_words(data, words)

    def _chosen(self, data: dict[str, Any]) -> tuple[float, float] | None:
        try:
            lon, lat = (float(part) for part in (data.get("choice") or "").split(";"))
        except ValueError:
            return None
        return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None

    def _from_words(self, data: dict[str, Any], words: str) -> dict[str, Any]:
        if not words:
            self.add_error("address", _("Please tell us the place."))
            return data
        self.hits = city.find_addresses(words, limit=6)
        if not self.hits:
            self.add_error(
                "address", _("We do not know this place. Please check the spelling, or name a street nearby.")
            )
        elif len(self.hits) == 1 or self.hits[0].label.split(",")[0].casefold() == words.split(",")[0].casefold():
            hit = self.hits[0]
            data["place"], data["label"] = (hit.lon, hit.lat), hit.label
        else:
            self._offer(self.hits)
        return data

    def _offer(self, hits: list[Any]) -> None:
        field = forms.ChoiceField(label=_("Which place do you mean?"), required=True, widget=forms.RadioSelect)
        field.choices = [(f"{hit.lon!r};{hit.lat!r}", hit.label) for hit in hits]
        self.fields = {"choice": field, **self.fields}
        self.add_error("choice", _("Several places fit. Please choose one."))


class CategoryForm(forms.Form):
    """What kind of thing is it?"""

    category = forms.SlugField(error_messages={"required": _("Please choose what this is about.")})


class SendForm(forms.Form):
    """Who may we write to? Then off it goes."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only for news about this report. Without it you follow the report with its link."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    website = forms.CharField(
        label=_("Please leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("A field that people do not see was filled in. Please empty it and send again.")
            )
        return ""


class OfflineForm(forms.Form):
    """Everything on one page, for devices without a connection; what is missing is asked for later."""

    text = forms.CharField(label=_("In your words"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 5}))
    photos = photos_field()
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    address = forms.CharField(
        label=_("Street and house number, or a place"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(label=_("Where exactly?"), required=False, max_length=200)
    category = forms.ChoiceField(label=_("Kind"), required=False)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, categories: list[Any], **kwargs: Any):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        offer_choices(self, "category", [("", _("I do not know")), *((row.code, row.name) for row in categories)])
