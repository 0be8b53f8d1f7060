"""When a question is asked: small conditions over earlier answers, as data.

    {question: spot, is: road}           {question: spot, in: [road, path]}       {question: depth, above: 5}
    {all: [...]}    {any: [...]}    {not: {...}}

For a question with several answers `is` and `in` ask whether it is among them. An unanswered question fulfils nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Condition = dict[str, Any]


def holds(condition: Condition | None, answers: dict[str, Any]) -> bool:
    """Whether the condition is fulfilled by these answers; no condition always is."""
    if not condition:
        return True
    if "all" in condition:
        return all(holds(part, answers) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers)
    return _compare(condition, answers.get(condition["question"]))


def asked_about(condition: Condition | None) -> Iterator[str]:
    """The names of the questions a condition looks at."""
    if not condition:
        return
    for part in [*condition.get("all", []), *condition.get("any", []), condition.get("not")]:
        yield from asked_about(part)
    if "question" in condition:
        yield condition["question"]


def _compare(condition: Condition, answer: Any) -> bool:
    if answer is None:
        return False
    given = answer if isinstance(answer, list) else [answer]
    if "above" in condition:
        return any(_is_number(value) and value > condition["above"] for value in given)
    wanted = condition["in"] if "in" in condition else [condition["is"]]
    return any(
        value == other and isinstance(value, bool) == isinstance(other, bool) for value in given for other in wanted
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
