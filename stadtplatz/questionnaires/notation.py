"""How questions are written in a city pack, and how that becomes a JSON Schema and a list for the page.

- name: spot
  kind: choice                # choice, choices, yes_no, number, text
  labels: {de: "Wo genau?", en: "Where exactly?"}
  helps: {de: "...", en: "..."}
  options: [{value: road, labels: {de: Fahrbahn, en: Road}}, ...]
  required: true
  when: {question: other, is: yes}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from stadtplatz.questionnaires.conditions import asked_about

KINDS = ("choice", "choices", "yes_no", "number", "text")
LONGEST = 500
"""Characters in a typed answer, unless the question says otherwise."""

_TEXTS = {
    "type": "object",
    "required": ["de"],
    "additionalProperties": {"type": "string"},
    "description": "texts by language, at least in German (de)",
}
_NAME = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$", "description": "a name of small letters, digits and _"}
_CONDITION: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 2,
    "description": "a condition such as {question: spot, is: road}",
}
QUESTION = {
    "type": "object",
    "required": ["name", "kind", "labels"],
    "additionalProperties": False,
    "properties": {
        "name": _NAME,
        "kind": {"enum": list(KINDS), "description": "choice, choices, yes_no, number or text"},
        "labels": _TEXTS,
        "helps": _TEXTS,
        "options": {
            "type": "array",
            "minItems": 2,
            "items": {
                "type": "object",
                "required": ["value", "labels"],
                "additionalProperties": False,
                "properties": {"value": _NAME, "labels": _TEXTS},
            },
        },
        "required": {"type": "boolean"},
        "least": {"type": "integer"},
        "most": {"type": "integer"},
        "when": _CONDITION,
    },
}
NOTATION = {"type": "array", "maxItems": 12, "items": QUESTION, "description": "a list of questions"}
"""The JSON Schema of the notation, for a domain's own pack schema."""


def schema_of(questions: list[dict[str, Any]]) -> dict[str, Any]:
    """The JSON Schema of the answers. Questions that are always asked and needed are required in it."""
    needed = [q["name"] for q in questions if q.get("required") and not q.get("when")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": False,
        "properties": {question["name"]: _property(question) for question in questions},
        "required": needed,
    }


def faults(questions: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """(place in the list, what is wrong) for everything a schema cannot say: doubles, missing options, conditions that look ahead."""
    kinds: dict[str, dict[str, Any]] = {}
    for place, question in enumerate(questions):
        name = question["name"]
        if name in kinds:
            yield place, f"the name {name!r} stands here twice"
        if question["kind"] in {"choice", "choices"} and not question.get("options"):
            yield place, f"{name!r} needs options"
        if not _sound(question.get("when")):
            yield place, f"the condition of {name!r} cannot be read"
        else:
            for other in asked_about(question.get("when")):
                if other not in kinds:
                    yield place, f"the condition of {name!r} looks at {other!r}, which is not asked before it"
        kinds[name] = question


def _property(question: dict[str, Any]) -> dict[str, Any]:
    values = [option["value"] for option in question.get("options", [])]
    kind = question["kind"]
    if kind == "choice":
        return {"type": "string", "enum": values}
    if kind == "choices":
        return {"type": "array", "items": {"type": "string", "enum": values}, "uniqueItems": True, "minItems": 1}
    if kind == "yes_no":
        return {"type": "boolean"}
    if kind == "number":
        return {
            "type": "integer",
            "minimum": question.get("least", 0),
            "maximum": question.get("most", 1_000_000),
        }
    return {"type": "string", "maxLength": question.get("most", LONGEST)}


def _sound(condition: Any) -> bool:
    if condition is None:
        return True
    if not isinstance(condition, dict):
        return False
    keys = set(condition)
    if keys in ({"all"}, {"any"}):
        parts = next(iter(condition.values()))
        return isinstance(parts, list) and bool(parts) and all(part and _sound(part) for part in parts)
    if keys == {"not"}:
        return bool(condition["not"]) and _sound(condition["not"])
    if keys == {"question", "in"}:
        return isinstance(condition["in"], list)
    return keys in ({"question", "is"}, {"question", "above"})
