"""How alike two words are: shared trigrams to find candidates, edit distance to judge them."""

import re
from collections.abc import Iterable
from functools import lru_cache

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"pf", "f"),
        (r"qu", "kw"),
        (r"x|ck?s|chs", "ks"),
        (r"sch", "$"),
        (r"tz|z|ts|c(?=[eiy])", "z"),
        (r"c(?!h)|g|q", "k"),
        (r"(?<=[aeiouy])h(?![aeiouy])|(?<=[tr])h", ""),
        (r"v|w", "f"),
        (r"d", "t"),
        (r"b", "p"),
        (r"j|y", "i"),
        (r"ai|ei|ey", "ei"),
        (r"au(?=[a-z])|eu|oi", "au"),
        (r"ie", "i"),
    )
)
SHORT, SURE = 4, 7
_DOUBLED = re.compile(r"(.)\1+")


def trigrams(word: str) -> set[str]:
    """The groups of three signs of a folded word with its edges, `^` before and `$` after."""
    edged = f"^{word}$"
    return {edged[place : place + 3] for place in range(len(edged) - 2)}


def similar(one: str, other: str) -> float:
    """Shared trigrams of two folded words as Dice's coefficient: 1.0 is the same, 0.0 has nothing in common."""
    a, b = trigrams(one), trigrams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(one == other)


def distance(one: str, other: str, limit: int = 2) -> int | None:
    """How many letters must be changed, added, dropped or swapped with their neighbour; None when more than `limit`."""
    if abs(len(one) - len(other)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        older, before, row = before, row, [i] + [0] * len(other)
        for j, wanted in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != wanted))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], older[j - 2] + 1)
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None


def allowed_distance(word: str) -> int:
    """How many wrong letters we forgive: none up to three letters, one up to six, two beyond."""
    return 0 if len(word) <= 3 else 1 if len(word) <= 6 else 2


def closest(word: str, candidates: Iterable[str]) -> list[tuple[str, int]]:
    """The candidates within the forgiven distance of a folded word, nearest first, then most alike, then by alphabet."""
    limit = allowed_distance(word)
    near = [(other, far) for other in candidates if (far := distance(word, other, limit)) is not None]
    return sorted(near, key=lambda item: (item[1], item[0][:1] != word[:1], -similar(word, item[0]), item[0]))


@lru_cache(maxsize=2_000)
def sound(folded: str) -> str:
    """How a folded German word sounds, roughly: who writes by ear mixes up b and p, v and f, doubles letters and forgets an h."""
    for pattern, heard in _SOUNDS:
        folded = pattern.sub(heard, folded)
    return _DOUBLED.sub(r"\1", folded)


def is_slip(typed: str, meant: str, *, same_letters: bool = False) -> bool:
    """Whether the folded word is so likely a slip for the other that looking for that instead is right; if not, people are asked.

    Sounding alike is one, and so are two letters in the wrong order, a letter too few, or one too many. A letter in place of another
    makes another word as easily (`Tasse`, `Gasse`; `Geld`, `Gold`): it needs seven letters, and two of them eight and the same beginning.
    With `same_letters` it is never enough.
    """
    if sound(typed) == sound(meant):
        return True
    far, size = distance(typed, meant), len(typed)
    if far is None or (typed[0] != meant[0] and size < SURE):
        return False
    if sorted(typed) == sorted(meant) or abs(len(typed) - len(meant)) == far:
        return size >= (SHORT if far == 1 else SURE)
    if same_letters:
        return False
    return size >= SURE if far == 1 else size > SURE and typed[0] == meant[0]
