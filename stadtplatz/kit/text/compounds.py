"""Compounds taken apart: `Brötchentüte` is a `Tüte` for `Brötchen`.

A part has at least four letters (shorter ones only if the word list has them) and its stem is on our word list; a linking letter between parts is
dropped. When only the head is known (`Holundersirup` without `Holunder` on the list), the rest is taken as one part.
"""

from functools import cache, lru_cache

import Stemmer

from stadtplatz.kit.text.data_files import entries, lines
from stadtplatz.kit.text.folding import collapse, fold, lighten

SHORTEST = 4
LONGEST_WORD = 60
_LINKS = ("", "s", "n", "en", "es", "er", "e")
_ENDINGS = frozenset(("", "n", "en", "e", "s", "es", "er", "ern", "ens", "chen", "lein", "in", "innen"))
_SUFFIXES = (
    *(
        "ung",
        "heit",
        "keit",
        "schaft",
        "lich",
        "isch",
        "chen",
        "lein",
        "erei",
        "haft",
        "inn",
        "ier",
        "ation",
        "igkeit",
        "eren",
    ),
    *("ende", "ern", "tum", "ling", "ismus", "itat", "eure", "ante"),
)
_DEMAND_S = ("ung", "heit", "keit", "schaft", "tat", "ion", "tum", "ling", "arbeit", "sicht")
_stemmer = Stemmer.Stemmer("german", 0)
"""Without a memory of its own: asking anew is as fast, and remembering took 50 MB and more in each process."""


def stem_folded(word: str) -> str:
    """The Snowball stem of an already folded word, or the one our own list gives it."""
    return _own_stems().get(word) or _stemmer.stemWord(word)


@cache
def _own_stems() -> dict[str, str]:
    return {fold(form): given for given, *forms in map(str.split, lines("stems.txt")) for form in forms}


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    """Stem -> the folded words of our list that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for word in entries("words.txt"):
        if len(folded := fold(word)) >= SHORTEST:
            found[stem_folded(folded)] = (*found.get(stem_folded(folded), ()), folded)
    return found


@cache
def short_words() -> frozenset[str]:
    """Words of two and three letters that may be parts as they stand (`Rad`, `Tee`, `Bio`)."""
    return frozenset(fold(word) for word in entries("words.txt") if len(word) < SHORTEST)


@cache
def _exceptions() -> dict[str, tuple[str, ...]]:
    """Folded word -> its parts; no parts means that the word is one word."""
    found = {}
    for line in lines("exceptions.txt"):
        word, _, parts = line.partition("=")
        found[fold(word.strip())] = tuple(fold(part) for part in parts.split())
    return found


@lru_cache(maxsize=3_000)
def split(word: str) -> tuple[str, ...]:
    """The folded parts of a compound, the head last; empty when the word is one word."""
    light = lighten(word)
    if collapse(light) in _exceptions():
        return _exceptions()[collapse(light)]
    if not 2 * 3 <= len(light) <= LONGEST_WORD or not light.isalpha():
        return ()
    best = _known_parts(light) or _known_head(light) or _known_modifier(light)
    return tuple(collapse(part) for part in best) if best and len(best) > 1 else ()


@lru_cache(maxsize=3_000)
def modifiers_and_heads(parts: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All that stands before the head, and the heads: parts that are compounds themselves are taken apart as well."""
    before: list[str] = []
    for part in parts[:-1]:
        before += [part, *split(part)]
    heads: list[str] = list(parts[-1:])
    if inner := split(parts[-1]) if parts else ():
        deeper_before, deeper_heads = modifiers_and_heads(inner)
        before += deeper_before
        heads += deeper_heads
    return tuple(dict.fromkeys(before)), tuple(dict.fromkeys(heads))


def is_known(part: str) -> bool:
    """Whether a light-folded string may stand before a head, with or without its ending (`Schul`, `Kinder`)."""
    folded = collapse(part)
    if len(part) < SHORTEST:
        return folded in short_words()
    return stem_folded(folded) in _listed()


def is_head(part: str) -> bool:
    """Whether a light-folded string may be the head: a whole word of the list, or a form of it."""
    folded = collapse(part)
    if len(part) < SHORTEST:
        return folded in short_words()
    forms = _listed().get(stem_folded(folded), ())
    return any(folded.startswith(form) and folded[len(form) :] in _ENDINGS for form in forms)


def is_compound(folded: str) -> bool:
    """Whether the folded word is a compound of words of our list alone."""
    return 2 * 3 <= len(folded) <= LONGEST_WORD and folded.isalpha() and len(_known_parts(folded) or ()) > 1


def _known_parts(light: str) -> tuple[str, ...] | None:
    """The way to write the word as known parts with the fewest parts and the fewest linking letters."""
    size = len(light)
    best: list[tuple[tuple[int, int], tuple[str, ...]] | None] = [None] * (size + 1)
    for start in range(size - 2, -1, -1):
        if start and is_head(light[start:]):
            best[start] = ((1, 3 if size - start < SHORTEST else 0), (light[start:],))
            continue
        for end in range(start + 2, size - 1):
            if not is_known(light[start:end]):
                continue
            for link in _LINKS:
                rest = best[end + len(link)] if end + len(link) < size and light.startswith(link, end) else None
                if rest is None:
                    continue
                (count, cost), parts = rest
                weight = (count + 1, cost + _cost(light[start:end], link))
                known = best[start]
                if known is None or weight < known[0]:
                    best[start] = (weight, (light[start:end], *parts))
    return found[1] if (found := best[0]) else None


def _cost(part: str, link: str) -> int:
    """Short parts are doubtful; a linking letter is, too, but for the `s` that certain endings demand (`Ordnungsamt`)."""
    short = 3 if len(part) < SHORTEST else 0
    if part.endswith(_DEMAND_S):
        return short + (0 if link == "s" else 2)
    return short + len(link)


def _known_head(light: str) -> tuple[str, ...] | None:
    """The longest known head with an unknown rest of four letters and more before it.

    The head has five letters and more; four are enough after `-ungs`, `-heits` and their like.
    """
    for start in range(SHORTEST, len(light) - SHORTEST + 1):
        if start > len(light) - SHORTEST - 1 and not light[:start].endswith(tuple(end + "s" for end in _DEMAND_S)):
            continue
        if is_head(light[start:]):
            before = light[:start]
            return (before[:-1] if before.endswith("s") and len(before) > SHORTEST + 1 else before, light[start:])
    return None


def _known_modifier(light: str) -> tuple[str, ...] | None:
    """The longest known beginning of five letters and more, with an unknown head of four and more after it."""
    if stem_folded(collapse(light)) in _listed():
        return None
    for end in range(len(light) - SHORTEST, SHORTEST, -1):
        head = light[end:].removeprefix("s") if len(light) - end > SHORTEST else light[end:]
        known = is_known(light[:end]) and len(stem_folded(collapse(light[:end]))) > SHORTEST
        if known and not head.startswith(_SUFFIXES):
            return (light[:end], head)
    return None
