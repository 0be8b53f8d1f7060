"""The piece of a text that shows why it was found."""

import re

from stadtplatz.kit.text import fold, stem
from stadtplatz.search.understanding import Question

LENGTH = 180


def snippet(body: str, question: Question) -> str:
    """About 180 signs around the first found word, cut at words; the beginning if none is found."""
    body = " ".join(body.split())
    if len(body) <= LENGTH:
        return body
    start = max(0, _first_match(body, question) - LENGTH // 3)
    if start:
        start = body.find(" ", start) + 1
    piece = body[start : start + LENGTH]
    if start + LENGTH < len(body):
        piece = piece.rsplit(" ", 1)[0] + " …"
    return f"… {piece}" if start else piece


def _first_match(body: str, question: Question) -> int:
    stems = {wanted for group in question.groups for choice in group.alternatives for wanted in choice.stems}
    for found in re.finditer(r"[^\W_]+", body[:3_000]):
        if stem(found[0]) in stems or any(fold(found[0]).startswith(wanted) for wanted in stems if len(wanted) > 3):
            return found.start()
    return 0
