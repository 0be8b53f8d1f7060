"""The form of a version: one accessible field a question; what is asked is decided by the evaluator, on the server."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.wording import in_language
from stadtplatz.questionnaires.evaluating import Evaluation, evaluate
from stadtplatz.questionnaires.models import Version
from stadtplatz.questionnaires.notation import LONGEST

PREFIX = "q"
SHOWN = "q-shown"
"""Names the questions that stood on the page, so that a question that only now comes up is asked and not called missing."""
_MANY = 7


class QuestionsForm(forms.Form):
    """The questions of a version that are to be asked after these answers.

    `answers` are the clean ones so far. A form is valid when nothing is wrong and no question came up that had not been shown.
    """

    def __init__(self, version: Version, data: Any = None, *, answers: dict[str, Any] | None = None):
        super().__init__(data, initial=answers or {}, prefix=PREFIX, use_required_attribute=False)
        self.version = version
        self.every = {question["name"]: question for question in version.ui}
        self.fields = {name: _field(question) for name, question in self.every.items()}
        self.fresh: set[str] = set()
        found = self._evaluate(self._given() if self.is_bound else answers or {})
        self.answers = found.answers

    def full_clean(self) -> None:
        """The evaluator decides; Django's own checks only turn what was sent into values."""
        super().full_clean()
        if not self.is_bound:
            return
        for name in self.fields:
            self._errors.pop(name, None)
        found = evaluate(self.version.schema, self.version.ui, self._given())
        for name, text in found.errors.items():
            if name not in self.fresh:
                self._errors[name] = self.error_class([text], renderer=self.renderer, field_id=self[name].id_for_label)

    def is_valid(self) -> bool:
        """Nothing is wrong, and everything that is asked was on the page."""
        return super().is_valid() and not self.fresh

    def keep_quiet(self) -> None:
        """Show what is asked now without saying what is missing yet (while somebody is still choosing)."""
        self._errors = forms.utils.ErrorDict(renderer=self.renderer)

    @property
    def shown(self) -> str:
        """The names of the questions on the page."""
        return ",".join(self.fields)

    def _given(self) -> dict[str, Any]:
        """What was sent, as values; nonsense stays what it is and is refused by the schema."""
        found = {}
        for name, question in self.every.items():
            field = _field(question)
            raw = field.widget.value_from_datadict(self.data, {}, self.add_prefix(name))
            found[name] = _value(question["kind"], raw)
        return found

    def _evaluate(self, given: dict[str, Any]) -> Evaluation:
        found = evaluate(self.version.schema, self.version.ui, given)
        asked = [question["name"] for question in found.asked]
        self.fields = {name: self.fields[name] for name in asked}
        if self.is_bound:
            before = (self.data.get(SHOWN) or "").split(",")
            self.fresh = {name for name in asked if name not in before and self.every[name].get("required")}
        for name in asked:
            self.fields[name].required = bool(self.every[name].get("required"))
        return found


def _value(kind: str, raw: Any) -> Any:
    if kind == "choices":
        return list(raw or [])
    text = str(raw or "").replace("\x00", "").strip()
    if not text:
        return None
    if kind == "yes_no":
        return {"yes": True, "no": False}.get(text, text)
    if kind == "number":
        try:
            return int(text)
        except ValueError:
            return text
    return text


def _field(question: dict[str, Any]) -> forms.Field:
    words: dict[str, Any] = {
        "label": in_language(question["labels"]),
        "help_text": in_language(question.get("helps", {})),
        "required": False,
    }
    options = [(option["value"], in_language(option["labels"])) for option in question.get("options", [])]
    kind = question["kind"]
    if kind == "choice":
        few = len(options) <= _MANY
        return forms.ChoiceField(
            choices=options if few else [("", "–"), *options],
            widget=forms.RadioSelect if few else forms.Select,
            **words,
        )
    if kind == "choices":
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **words)
    if kind == "yes_no":
        return forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], widget=YesNo, **words)
    if kind == "number":
        return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **words)
    most = question.get("most", LONGEST)
    rows = {"rows": 2, "maxlength": most}
    return forms.CharField(widget=forms.Textarea(attrs=rows), **words)


class YesNo(forms.RadioSelect):
    """Two radio buttons that stand for true and false."""

    def format_value(self, value: Any) -> Any:
        return super().format_value({True: "yes", False: "no"}.get(value, value))
