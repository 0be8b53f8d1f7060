"""Reading questions and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from stadtplatz.kit.wording import in_language
from stadtplatz.questionnaires.evaluating import evaluate
from stadtplatz.questionnaires.kept import asked
from stadtplatz.questionnaires.models import AnswerSet, Version


@dataclass(frozen=True)
class Line:
    """A question and its answer in words."""

    name: str
    question: str
    answer: str


def current(code: str) -> Version | None:
    """What is asked under this code at present; None when nothing is."""
    return asked().get(code)


def version(pk: int) -> Version | None:
    """A published version, also one that is no longer asked."""
    return Version.objects.filter(pk=pk).first()


def complete(sheet: Version, given: dict[str, Any]) -> bool:
    """Whether nothing that is needed is missing or wrong."""
    return not evaluate(sheet.schema, sheet.ui, given).errors


def lines(answers: AnswerSet | None, *, language: str | None = None) -> list[Line]:
    """The answers in words, in the order in which they were asked; in the page's language unless told otherwise."""
    return read(answers.version, answers.answers, language=language) if answers else []


def read(sheet: Version, given: dict[str, Any], *, language: str | None = None) -> list[Line]:
    """As `lines`, of answers that are not kept yet."""
    found = evaluate(sheet.schema, sheet.ui, given)
    return [
        Line(q["name"], in_language(q["labels"], language), in_words(q, found.answers[q["name"]], language=language))
        for q in found.asked
        if q["name"] in found.answers
    ]


def in_words(question: dict[str, Any], answer: Any, *, language: str | None = None) -> str:
    """One answer as people read it."""
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    named = {option["value"]: in_language(option["labels"], language) for option in question.get("options", [])}
    values = answer if isinstance(answer, list) else [answer]
    return ", ".join(str(named.get(value, value)) for value in values)
