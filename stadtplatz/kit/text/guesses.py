"""What a mistyped word may have been meant as, from our own word lists: single words, and compounds with one wrong part."""

import re
from functools import cache, lru_cache

from stadtplatz.kit.text.compounds import is_head, is_known, stem_folded
from stadtplatz.kit.text.data_files import entries, lines
from stadtplatz.kit.text.folding import fold
from stadtplatz.kit.text.spelling import allowed_distance, closest, trigrams

_SHORTEST_PART = 4
_WORDS = re.compile(r"[^\W\d_]{3,}")


@lru_cache(maxsize=2_000)
def guesses(folded: str) -> tuple[tuple[str, int], ...]:
    """Written words of our lists near the folded word, with their distance, the nearest first; at most three."""
    found = _near(folded)
    for cut in range(_SHORTEST_PART, len(folded) - _SHORTEST_PART + 1):
        before, head = folded[:cut], folded[cut:]
        if is_known(before):
            found += [(before + other, far + 0.1) for other, far in _near(head)]
        elif is_head(head):
            found += [(other + head, far + 0.1) for other, far in _near(before)]
    ordered = sorted(set(found), key=lambda item: (item[1], item[0]))[:3]
    return tuple((_written().get(word, word), int(far)) for word, far in ordered)


@lru_cache(maxsize=2_000)
def is_german(folded: str) -> bool:
    """Whether a folded word is spelled as our lists spell it: then it is no mistake."""
    return stem_folded(folded) in _stems()


@cache
def _stems() -> frozenset[str]:
    """The stems of all our lists."""
    named = (lines(name) for name in ("words.txt", "synonyms.txt", "trades.txt", "modest.txt", "stopwords.txt"))
    return frozenset(stem_folded(fold(word)) for of_file in named for line in of_file for word in _WORDS.findall(line))


def _near(folded: str) -> list[tuple[str, float]]:
    if not allowed_distance(folded):
        return []
    shared: dict[str, int] = {}
    for gram in trigrams(folded):
        for word in _by_trigram().get(gram, ()):
            shared[word] = shared.get(word, 0) + 1
    likely = sorted(shared, key=lambda word: (-shared[word], word))[:30]
    return [(word, float(far)) for word, far in closest(folded, likely) if far]


@cache
def _written() -> dict[str, str]:
    """Folded word -> as our lists write it, in small letters."""
    phrases = (phrase.strip() for line in lines("synonyms.txt") for phrase in line.replace("<", "=").split("="))
    words = [*entries("words.txt"), *(phrase for phrase in phrases if phrase.isalpha())]
    return {fold(word): word.lower() for word in words if len(word) > 3}


@cache
def _by_trigram() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in _written():
        for gram in trigrams(word):
            found.setdefault(gram, []).append(word)
    return found
