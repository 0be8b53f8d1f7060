"""What the staff say on a report, and what they write down for others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.forms import offer_choices
from stadtplatz.tickets.actions.opening import LONGEST
from stadtplatz.tickets.forms.reporting import PlaceForm, photos_field


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
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    """What a phone on the road calls these words, so that they stand once even if it never got the answer."""


class TranslationForm(forms.Form):
    """What the report says in German; empty takes it away."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("In German"),
        required=False,
        max_length=LONGEST,
        help_text=_("Read by the staff alone. The reporter's own words stay as they are."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


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
