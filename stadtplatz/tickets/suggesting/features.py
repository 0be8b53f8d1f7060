"""What a report is made of, for the suggestion: words, pairs of words, parts of words, and what compounds are made of.

Every spelling of an umlaut is one spelling here, every digit is 0. A feature is known by the checksum of its letters, so that
the model needs no word list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from zlib import crc32

from stadtplatz.kit.text import analyse, fold

LONGEST = 1_500
"""Letters that are read of a report; what it is about stands before that."""
BLOCKS = ("letters", "words", "stems")

_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_SHORTEST_GRAM, _LONGEST_GRAM = 2, 5


def features_of(text: str) -> tuple[dict[int, int], ...]:
    """How often each feature occurs, one dictionary for each of `BLOCKS`."""
    plain = text[:LONGEST]
    words = [_DIGIT.sub("0", word) for word in _WORD.findall(fold(plain))]
    return _count(_letters(words)), _count(_pairs(words)), _count(_stems(plain))


def _letters(words: list[str]) -> Iterator[str]:
    """Runs of two to five letters, not across words: a typing mistake spoils only some of them."""
    for word in words:
        padded = f" {word} "
        size = len(padded)
        for length in range(_SHORTEST_GRAM, _LONGEST_GRAM + 1):
            if size <= length:
                yield padded
                break
            for start in range(size - length + 1):
                yield padded[start : start + length]


def _pairs(words: list[str]) -> Iterator[str]:
    for place, word in enumerate(words):
        yield "w" + word
        if place:
            yield f"w{words[place - 1]} {word}"


def _stems(text: str) -> Iterator[str]:
    """What a search would find the text by: `Straßenlaternen` is a `Laterne` of a `Straße`."""
    for token in analyse(text):
        yield "s" + _DIGIT.sub("0", token.lstrip("=~"))


def _count(grams: Iterator[str]) -> dict[int, int]:
    counts: dict[str, int] = {}
    for gram in grams:
        counts[gram] = counts.get(gram, 0) + 1
    return {crc32(gram.encode()): count for gram, count in counts.items()}
