"""Looking words up: how often they occur, how they go on, what they were meant to be, what means the same."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.db import connection
from django.db.models import Count

from stadtplatz.kit import text
from stadtplatz.kit.rows import Written
from stadtplatz.kit.text.data_files import lines
from stadtplatz.search.models import State, Synonym, Term, Trigram

Synonyms = dict[str, list[tuple[str, ...]]]
"""Stem, or two stems with a blank between -> the stems of what means the same; several stems of one phrase belong together."""
Trades = dict[str, list[tuple[tuple[str, ...], bool]]]
"""Stem of a thing -> the stems of a trade that has it, and whether one goes there only when the first trade is not in town."""
PREFIX_TERMS = 12
"""With so many words an unfinished one is tried to the end."""
STATE = Written(lambda: State.objects.filter(pk=1))
AHEAD = Written(
    lambda first, beyond: Term.objects.filter(word__gte=first, word__lt=beyond).order_by("-documents", "word")[
        :PREFIX_TERMS
    ],
    first=str,
    beyond=str,
)
_KEEP_SECONDS = 30.0
_MOST_CANDIDATES = 40
_MOST_CORRECTIONS = 3
_cached: tuple[float, Synonyms] | None = None


@dataclass
class Vocabulary:
    """What is known about the stems of one question. `size` is the number of documents."""

    size: int
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return self.size == 0

    def documents(self, stem: str) -> int:
        return self.counts.get(stem, 0)

    def add(self, terms: Iterable[Term]) -> None:
        for term in terms:
            self.counts[term.stem] = max(self.counts.get(term.stem, 0), term.documents)


def count(stems: set[str]) -> Vocabulary:
    """In how many documents the stems occur, whole or as part."""
    state = STATE.sole()
    size = state.documents if state else 0
    return Vocabulary(size, _documents(sorted(stems)) if stems else {})


def _documents(stems: list[str]) -> dict[str, int]:
    """Asked twice and more while somebody types, so that Django's writing of it would cost a tenth of a suggestion."""
    marks = ", ".join(["%s"] * len(stems))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT stem, sum(documents) FROM search_term WHERE stem IN ({marks}) GROUP BY stem", stems)  # nosec B608  # noqa: S608 - only marks for values
        return {stem: int(documents) for stem, documents in cursor.fetchall()}


def beginning_with(folded: str) -> list[Term]:
    """The most frequent terms that begin so, at most PREFIX_TERMS."""
    return AHEAD(first=folded, beyond=folded + "\U0010ffff")


def meant(folded: str) -> list[tuple[Term, int]]:
    """The known terms a mistyped word was probably meant to be, nearest and most frequent first, with their distance."""
    slack = text.allowed_distance(folded)
    if not slack:
        return []
    alike = (
        Trigram.objects.filter(
            gram__in=text.trigrams(folded), length__gte=len(folded) - slack, length__lte=len(folded) + slack
        )
        .values_list("term_id")
        .annotate(shared=Count("id"))
        .order_by("-shared", "term_id")[:_MOST_CANDIDATES]
    )
    terms = {term.word: term for term in Term.objects.filter(pk__in=[pk for pk, _ in alike])}
    near = [(terms[word], far) for word, far in text.closest(folded, terms)]
    near.sort(key=lambda item: (item[1], item[0].word[:1] != folded[:1], -item[0].documents, item[0].word))
    return near[:_MOST_CORRECTIONS]


def synonyms() -> Synonyms:
    """Stem -> stems of what means the same, from the shipped file and the operator's table; at most 30 seconds old."""
    global _cached
    if _cached is None or time.monotonic() - _cached[0] > _KEEP_SECONDS:
        found: Synonyms = {}
        for line in (*lines("synonyms.txt"), *Synonym.objects.order_by("pk").values_list("line", flat=True)):
            _read_synonyms(line, found)
        _cached = (time.monotonic(), found)
    return _cached[1]


@cache
def trades() -> Trades:
    """Stem of a thing or service -> those who have it, from the shipped list (`trade > next best: things`)."""
    found: Trades = {}
    for next_best in (False, True):
        for line in lines("trades.txt"):
            named, _, things = line.partition(":")
            first, *others = (_stems(trade) for trade in named.split(">"))
            for word in text.read_words(things):
                known = found.setdefault(word.stem, [])
                for stems in others if next_best else [first]:
                    if stems not in [there for there, _later in known]:
                        known.append((stems, next_best))
    return found


def forget() -> None:
    """Forget the synonyms this process remembers (after a change, and in tests)."""
    global _cached
    _cached = None


def _read_synonyms(line: str, found: Synonyms) -> None:
    """`a = b = c` means each other; `a < b` means that b is also found by a, not the other way round."""
    one_way = "<" in line
    phrases = [_stems(phrase) for phrase in line.replace("<", "=").split("=")]
    for asked in phrases[:1] if one_way else phrases:
        if 1 <= len(asked) <= 2:
            others = found.setdefault(" ".join(asked), [])
            others += [other for other in phrases if other != asked and other and other not in others]


def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(word.stem for word in text.read_words(phrase) if not word.is_stop)
