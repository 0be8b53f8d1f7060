"""Which categories a text may be about, from the city's own keywords. Suggests, never decides."""

from __future__ import annotations

from collections.abc import Iterable

from stadtplatz.kit.text import analyse
from stadtplatz.tickets.models import Category

WHOLE, HEAD, PART = 4, 3, 1
"""How much a keyword counts: as a word of its own, as what a compound is, as what stands before it."""


def suggest(text: str, categories: Iterable[Category], limit: int = 3) -> list[Category]:
    """The best fitting categories, best first; none when no keyword fits. Only the first 2,000 characters are read."""
    weights: dict[str, int] = {}
    for token in analyse(text[:2000]):
        kind = {"=": HEAD, "~": PART}.get(token[0], WHOLE)
        word = token.lstrip("=~")
        weights[word] = max(weights.get(word, 0), kind)
    rated = [
        (score, place, category) for place, category in enumerate(categories) if (score := _score(category, weights))
    ]
    rated.sort(key=lambda row: (-row[0], row[1]))
    return [category for _score_, _place, category in rated[:limit]]


def _score(category: Category, weights: dict[str, int]) -> int:
    found = {word for keyword in category.keywords for word in _words(keyword) if word in weights}
    return sum(weights[word] for word in found)


def _words(keyword: str) -> list[str]:
    return [token for token in analyse(keyword) if token[0] not in "=~"]
