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
_stemmer = Stemmer.Stemmer("german", 100_000)


def stem_folded(word: str) -> str:
    """The Snowball stem of an already folded word."""
    return _stemmer.stemWord(word)


@cache
def known_stems() -> frozenset[str]:
    """The stems of our word list that may be parts."""
    return frozenset(stem_folded(fold(word)) for word in entries("words.txt") if len(word) >= SHORTEST)


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


@lru_cache(maxsize=100_000)
def split(word: str) -> tuple[str, ...]:
    """The folded parts of a compound, the head last; empty when the word is one word."""
    light = lighten(word)
    if collapse(light) in _exceptions():
        return _exceptions()[collapse(light)]
    if not 2 * 3 <= len(light) <= LONGEST_WORD or not light.isalpha():
        return ()
    best = _known_parts(light) or _known_head(light)
    return tuple(collapse(part) for part in best) if best and len(best) > 1 else ()


def is_known(part: str) -> bool:
    """Whether a light-folded string may be a part of a compound."""
    folded = collapse(part)
    if len(part) < SHORTEST:
        return folded in short_words()
    return stem_folded(folded) in known_stems()


def _known_parts(light: str) -> tuple[str, ...] | None:
    """The way to write the word as known parts with the fewest and then the most even parts."""
    size = len(light)
    best: list[tuple[tuple, tuple[str, ...]] | None] = [None] * (size + 1)
    best[size] = ((0, 0), ())
    for start in range(size - 2, -1, -1):
        for end in range(start + 2, size + 1):
            part = light[start:end]
            if (start == 0 and end == size) or not is_known(part):
                continue
            for link in _LINKS if end < size else ("",):
                rest = best[end + len(link)] if light.startswith(link, end) and end + len(link) <= size else None
                if rest is None or (link and end + len(link) == size):
                    continue
                (count, cost), parts = rest
                weight = (count + 1, cost + len(link) + (3 if len(part) < SHORTEST else 0))
                if best[start] is None or weight < best[start][0]:
                    best[start] = (weight, (part, *parts))
    return best[0][1] if best[0] else None


def _known_head(light: str) -> tuple[str, ...] | None:
    """The longest known head of five letters and more with an unknown rest of four and more before it."""
    for start in range(SHORTEST, len(light) - SHORTEST):
        if is_known(light[start:]):
            return (light[:start].rstrip("s") if len(light[:start]) > SHORTEST + 1 else light[:start], light[start:])
    return None
