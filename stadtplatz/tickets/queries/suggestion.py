"""Which categories a text may be about: from what earlier reports taught, else from the city's keywords. Suggests, never decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stadtplatz.kit.text import analyse
from stadtplatz.tickets.models import Category
from stadtplatz.tickets.suggesting import store

SURE, LIKELY, POSSIBLE = 0.8, 0.3, 0.05
"""From the first on, a category is chosen beforehand; from the second on, the best ones are offered, if they are possible at all;
below, people are asked."""
WHOLE, HEAD, PART = 4, 3, 1
"""How much a keyword counts: as a word of its own, as what a compound is, as what stands before it."""
_READ = 2_000


@dataclass(frozen=True)
class Suggestions:
    """What fits, the best first; `sure` is the first one where nothing else is likely."""

    categories: list[Category]
    sure: Category | None = None


def suggestions(text: str, categories: Iterable[Category], limit: int = 3) -> Suggestions:
    """What the model thinks likely; where it does not know the city's categories or the words, the keywords speak."""
    rows = list(categories)
    rated = _rated(text, rows)
    if rated and rated[0][0] >= LIKELY:
        return Suggestions(
            [row for value, row in rated[:limit] if value >= POSSIBLE], rated[0][1] if rated[0][0] >= SURE else None
        )
    return Suggestions(_by_keywords(text, rows)[:limit])


def suggest(text: str, categories: Iterable[Category], limit: int = 3) -> list[Category]:
    """The best fitting categories, best first; none when nothing fits. Only the beginning of a long text is read."""
    return suggestions(text, categories, limit).categories


def _rated(text: str, rows: list[Category]) -> list[tuple[float, Category]]:
    """Categories the model knows and the city has, with how likely each is; empty unless that is most of the city's."""
    model = store.current()
    by_code = {row.code: row for row in rows}
    known = [code for code in model.categories if code in by_code] if model else []
    if model is None or len(known) < max(2, len(rows) / 2):
        return []
    likely = model.probabilities(text)
    return sorted(
        ((likely[code], by_code[code]) for code in known), key=lambda pair: (-pair[0], pair[1].order, pair[1].code)
    )


def _by_keywords(text: str, rows: list[Category]) -> list[Category]:
    weights: dict[str, int] = {}
    for token in analyse(text[:_READ]):
        kind = {"=": HEAD, "~": PART}.get(token[0], WHOLE)
        word = token.lstrip("=~")
        weights[word] = max(weights.get(word, 0), kind)
    rated = [(score, place, row) for place, row in enumerate(rows) if (score := _score(row, weights))]
    return [row for _points, _place, row in sorted(rated, key=lambda item: (-item[0], item[1]))]


def _score(category: Category, weights: dict[str, int]) -> int:
    found = {word for keyword in category.keywords for word in _words(keyword) if word in weights}
    return sum(weights[word] for word in found)


def _words(keyword: str) -> list[str]:
    return [token for token in analyse(keyword) if token[0] not in "=~"]
