"""The one evaluator: from a version and what was given to what is asked, what counts, and what is wrong. Pure, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from stadtplatz.questionnaires.conditions import holds

Question = dict[str, Any]
_EMPTY: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True)
class Evaluation:
    """`asked` are the questions whose condition is fulfilled, in order; `answers` only answers to those; `errors` by name."""

    asked: list[Question] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def evaluate(schema: dict[str, Any], ui: list[Question], given: dict[str, Any]) -> Evaluation:
    """Go through the questions in order; an answer to a question that is not asked (any more) is dropped and opens no other one."""
    found = Evaluation()
    for question in ui:
        if not holds(question.get("when"), found.answers):
            continue
        found.asked.append(question)
        name, value = question["name"], given.get(question["name"])
        if value in _EMPTY and value is not False:
            if question.get("required"):
                found.errors[name] = _("Please answer this question.")
            continue
        if error := next(Draft202012Validator(schema["properties"][name]).iter_errors(value), None):
            found.errors[name] = _in_words(question, error)
        else:
            found.answers[name] = value
    return found


def _in_words(question: Question, error: ValidationError) -> str:
    if error.validator == "maxLength":
        return _("Please keep to {limit} characters.").format(limit=error.validator_value)
    if question["kind"] == "number":
        low, high = question.get("least", 0), question.get("most", 1_000_000)
        return _("Please give a whole number from {low} to {high}.").format(low=low, high=high)
    return _("Please choose one of the answers.")
