"""What people type: the steps of a report, answers, and the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from stadtplatz.city import queries as city
from stadtplatz.kit.forms import offer_choices
from stadtplatz.kit.uploads import ACCEPT
from stadtplatz.tickets.actions.opening import LONGEST
from stadtplatz.tickets.models import Feedback


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files at once; each is checked on its own later, so that a bad one does not lose the rest."""

    widget = ManyFiles(attrs={"accept": ACCEPT, "multiple": True})

    def clean(self, data, initial=None):
        if not data:
            return []
        return list(data) if isinstance(data, (list, tuple)) else [data]


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


class AddressForm(forms.Form):
    """Where news go."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"required": _("Please give an e-mail address.")},
    )


class ProofForm(forms.Form):
    """The code from the mail, or the PIN."""

    code = forms.CharField(
        label=_("Code or PIN"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Please type the six digits.")},
    )


class FeedbackForm(forms.Form):
    """The two questions after the end."""

    solved = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=Feedback.SOLVED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose an answer.")},
    )
    score = forms.TypedChoiceField(
        label=_("How satisfied are you with the way your report was handled?"),
        choices=Feedback.SCORES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What is still missing?"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class WordsForm(forms.Form):
    """A message, with or without pictures."""

    words = forms.CharField(
        label=_("Message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write a message.")},
    )
    photos = photos_field()


class DeskForm(forms.Form):
    """Base of every form at the desk: it knows the version it started from."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Text"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )


class ReasonedForm(DeskForm):
    """A form at the desk that does not go without words."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["words"].required = True
        self.fields["words"].error_messages["required"] = _("Please write a sentence.")


class MessageForm(ReasonedForm):
    photos = photos_field()


class CloseForm(ReasonedForm):
    outcome = forms.ChoiceField(
        label=_("How does it end?"),
        choices=[
            ("done", _("Done")),
            ("declined", _("Declined")),
            ("not_our_duty", _("Not our duty")),
            ("duplicate", _("Reported before")),
        ],
        initial="done",
        widget=forms.RadioSelect,
    )
    original = forms.CharField(
        label=_("Number of the earlier report"),
        help_text=_("Only if it was reported before."),
        required=False,
        max_length=20,
    )
    said_by = forms.CharField(
        label=_("Who said that it is not our duty?"),
        help_text=_("For example: road maintenance, by phone on 3 December. The reporter reads it."),
        required=False,
        max_length=200,
    )
    forwarded_to = forms.CharField(
        label=_("Forwarded to"), help_text=_("Empty if it was not forwarded."), required=False, max_length=200
    )
    remedy = forms.CharField(
        label=_("What can be done against it"),
        help_text=_("Only when it is declined and the law knows a remedy."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    photos = photos_field()
    field_order = ["outcome", "original", "said_by", "forwarded_to", "words", "remedy", "photos"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == "not_our_duty" and not data.get("said_by"):
            self.add_error("said_by", _("Please say who said that this is not a duty of the city."))
        return data


class PassOnForm(ReasonedForm):
    """To which unit or function; `units` and `functions` are offered as one list."""

    target = forms.ChoiceField(label=_("To whom?"))
    field_order = ["target", "words"]

    def __init__(self, *args: Any, units: list[Any], functions: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Reason (only the staff read it)")
        of_unit: dict[int, list[Any]] = {}
        for function in functions:
            of_unit.setdefault(function.unit_id, []).append(function)
        groups: list[tuple[str, Any]] = [("", "–")]
        for unit in units:
            rows = [(f"{unit.pk}:", unit.name)]
            rows += [(f"{unit.pk}:{f.pk}", f"{unit.name}: {f.name}") for f in of_unit.get(unit.pk, [])]
            groups.append((unit.name, rows))
        offer_choices(self, "target", groups)


class CategoryChangeForm(DeskForm):
    category = forms.ChoiceField(label=_("New category"))
    field_order = ["category"]

    def __init__(self, *args: Any, categories: list[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["words"]
        offer_choices(self, "category", [("", "–"), *((c.code, c.name) for c in categories)])


class EntryForm(PlaceForm):
    """What staff write down for somebody else, on one page."""

    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[("phone", _("Telephone")), ("counter", _("Counter")), ("post", _("Letter"))],
        initial="phone",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What they say"),
        max_length=LONGEST,
        error_messages={"required": _("Please describe in a few words what this is about.")},
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True, "dir": "auto"}),
    )
    category = forms.ChoiceField(label=_("Category"))
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    language = forms.ChoiceField(label=_("Language of mails and letter"), choices=settings.LANGUAGES, initial="de")
    photos = photos_field()
    once = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, categories: list[Any], initial: dict[str, Any]):
        super().__init__(data)
        self.initial = initial
        if files is not None:
            self.files = files
        offer_choices(self, "category", [("", "–"), *((row.code, row.name) for row in categories)])

    def ask(self, question: str) -> None:
        """The question about a danger comes only when the words speak of one; it then needs an answer."""
        if question:
            field = forms.ChoiceField(
                label=question, choices=[("yes", _("Yes, now")), ("no", _("No"))], widget=forms.RadioSelect
            )
            self.fields["danger"] = field

    def suggesting(self, fitting: list[Any]) -> EntryForm:
        """The same form with everything typed kept and the best fitting category chosen, not yet sent."""
        shown = {name: self.data.get(name, "") for name in self.fields}
        if fitting:
            shown["category"] = fitting[0].code
        self.is_bound, self.initial = False, {**self.initial, **shown}
        return self
