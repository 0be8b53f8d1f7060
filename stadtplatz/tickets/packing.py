"""The dangers and the questions of categories in `tickets.yaml`: what they may say, what contradicts itself, and loading them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from stadtplatz.kit.actors import Actor
from stadtplatz.kit.packs import Document, Problem, Report
from stadtplatz.questionnaires import actions as questionnaires
from stadtplatz.questionnaires import queries as asked
from stadtplatz.questionnaires.rules import faults


def questions_code(category: str) -> str:
    """Under which code the questions of a category are published."""
    return f"tickets:{category}"


def danger_values(item: dict[str, Any], order: int) -> dict[str, Any]:
    """A danger of the pack as a row."""
    return {
        "names": item["names"],
        "words": item.get("words", []),
        "categories": item.get("categories", []),
        "questions": item["question"],
        "advices": item.get("advice", {}),
        "phone": item.get("phone", "112"),
        "phone_names": item.get("phone_name", {}),
        "duty": item.get("duty", "danger"),
        "category": item.get("category", ""),
        "active": True,
        "order": order,
    }


def pointer_values(item: dict[str, Any], order: int) -> dict[str, Any]:
    """A pointer of the pack as a row."""
    given = {"names": item["names"], "words": item["words"], "texts": item["text"], "url": item.get("url", "")}
    return given | {"active": True, "order": order}


def load_questions(categories: list[dict[str, Any]], report: Report, by: Actor) -> None:
    """Each category asks what the pack says; changed questions are a new version."""
    for item in categories:
        code = questions_code(item["code"])
        before = asked.current(code)
        wanted = item.get("questions", [])
        if not wanted and before is None:
            continue
        after = questionnaires.publish(code, wanted, by=by)
        if after != before:
            name = _("Questions about “%(name)s”") % {"name": item["names"]["de"]}
            (report.changed if before else report.created).append(name)


def problems_of(document: Document) -> Iterator[Problem]:
    """Questions that contradict themselves, and dangers that name categories which do not exist."""
    codes = {item["code"] for item in document.data["categories"]}
    for index, item in enumerate(document.data["categories"]):
        for place, text in faults(item.get("questions", [])):
            yield document.problem(f"{text}.", "categories", index, "questions", place)
    for index, item in enumerate(document.data.get("dangers", [])):
        for code in [*item.get("categories", []), *([item["category"]] if item.get("category") else [])]:
            if code not in codes:
                text = _("The category “%(code)s” is not in this file.") % {"code": code}
                yield document.problem(text, "dangers", index)
