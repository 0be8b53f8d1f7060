"""Which category somebody means: by its name, by what else people call it, by its number in Google's taxonomy, or nearly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from stadtplatz.catalogue import categories
from stadtplatz.catalogue.categories import Category, Tree
from stadtplatz.catalogue.imports.columns import plain
from stadtplatz.kit.numbers import typed_id
from stadtplatz.kit.text import analyse, fold

_WORD = re.compile(r"[\s,;/&+-]+")
_ASIDE = re.compile(r"\s(?:mit|nach|aus|im?|vom?|am|für|ohne|zum|zur|with|of|from|for)\s|\(", re.IGNORECASE)
_LEAST = 0.9
_known: tuple[Tree, dict[str, str], dict[int, str], dict[str, set[str]]] | None = None


def exactly(text: str) -> Category | None:
    """The category of this name, code, other name or Google number; of a path (`A > B`) what stands last. None if there is none."""
    tree = categories.tree()
    known, by_number, _stems = _lookups()
    word = text.strip()
    if number := typed_id(word):
        return tree.all.get(by_number.get(number, ""))
    for part in (word, *(word.rsplit(sign, 1)[1] for sign in (">", "›") if sign in word)):
        code = known.get(plain(part)) or categories.followed(part.strip())
        if code in tree.all:
            return tree.all[code]
    return None


def nearly(text: str, most: int = 6) -> list[Category]:
    """What may have been meant, the likeliest first: categories that share words or parts of words, then those spelled alike."""
    known, _numbers, stems = _lookups()
    wanted = _stems(text)
    shared: dict[str, int] = {}
    for stem in wanted:
        for code in stems.get(stem, ()):
            shared[code] = shared.get(code, 0) + 1
    found = sorted(shared, key=lambda code: -shared[code])
    found += [known[word] for word in get_close_matches(plain(text), known, n=most, cutoff=0.6)]
    return [categories.all_categories()[code] for code in dict.fromkeys(found)][:most]


def suggested(title: str, used: Iterable[str] = (), most: int = 3) -> list[Category]:
    """Where an offer of this title may belong, the likeliest first; none if no word of the title says anything.

    Counted are stems and parts of words that the title shares with the names of a category: rare ones more than common ones, and most the
    last part of a word before the first preposition, because in German it says what the thing is. What a shop has `used` before, and
    what lies in the same branch, weighs as well.
    """
    tree, before = categories.tree(), set(used)
    head = _ASIDE.split(title, maxsplit=1)[0]
    points = _points(head)
    branches = {categories.path_to(code)[0].code for code in before if code in tree.all}
    for code in points:
        points[code] += 0.5 * (code in before) + 1.5 * (categories.path_to(code)[0].code in branches)
    order = {code: place for place, code in enumerate(tree.all)}
    likely = sorted(points, key=lambda code: (-points[code], order[code]))
    return [tree.all[code] for code in likely if points[code] >= _LEAST][:most]


def _points(text: str) -> dict[str, float]:
    names, _numbers, stems = _lookups()
    points: dict[str, float] = {}

    def give(codes: Iterable[str], much: float) -> None:
        for code in codes:
            points[code] = points.get(code, 0) + much

    if code := names.get(plain(text)):
        give([code], 3)
    for word in filter(None, _WORD.split(text)):
        folded, said = plain(word), fold(word)
        if code := names.get(folded):
            give([code], 2)
        for stem in _stems(word):
            alike = stems.get(stem, ())
            last = said.rfind(stem) + len(stem) >= len(said) - 3
            if alike and len(stem) > 2:
                give(alike, (0.4 + 1 / len(alike)) * (1.6 if last else 0.6))
    return points


def of_google(number: int) -> Category | None:
    """The uppermost category with this number in Google's taxonomy."""
    return categories.all_categories().get(_lookups()[1].get(number, ""))


def _stems(text: str) -> set[str]:
    """The stems of the words and of their parts, wherever in a compound they stand."""
    return {token.lstrip("~=") for token in analyse(text)}


def _lookups() -> tuple[dict[str, str], dict[int, str], dict[str, set[str]]]:
    """Folded spelling -> code; Google's number -> code; stem of a name or part of one -> codes. Made once for each tree."""
    global _known
    tree = categories.tree()
    if _known is None or _known[0] is not tree:
        names: dict[str, str] = {}
        numbers: dict[int, str] = {}
        stems: dict[str, set[str]] = {}
        for words_of in (lambda one: (one.code, one.slug, one.de, one.en), lambda one: one.words):
            for category in tree.all.values():
                for word in words_of(category):
                    names.setdefault(plain(word), category.code)
                    for stem in _stems(word):
                        stems.setdefault(stem, set()).add(category.code)
        for category in tree.all.values():
            if category.google:
                numbers.setdefault(category.google, category.code)
        _known = (tree, names, numbers, stems)
    return _known[1:]
