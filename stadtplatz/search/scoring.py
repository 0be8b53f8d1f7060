"""The order of results, made by us so that every database answers alike. Explained to people on /suche/erklaerung/."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, exp, hypot, radians

from stadtplatz.kit.text.words import HEAD, MODIFIER
from stadtplatz.search.matching import Candidate
from stadtplatz.search.understanding import Alternative, Group, Question

TITLE, KEYWORD, BODY = 3.0, 1.6, 0.8
IN_KEYWORD, IN_BODY = 0.9, 0.7
"""What the best match is worth when it stands only in the keywords or only in the text."""
AS_WHOLE, AS_HEAD, AS_MODIFIER = 1.0, 0.8, 0.4
OPEN_NOW = 1.05
CONFIRMED = 1.2
"""Name and keywords (with the category) say the same: it is that thing (`Bauernbrot` among bread), not something about it."""
FULL = 0.4
"""From this worth on a match answers the word in full; weaker ones answer it in part."""
_FORMS = (("", AS_WHOLE), (HEAD, AS_HEAD), (MODIFIER, AS_MODIFIER))


@dataclass(slots=True)
class Scored:
    """A candidate with its score and the share of the question it answers (1.0 is all of it)."""

    candidate: Candidate
    score: float
    coverage: float


class _Meaning:
    """One group of a question, made ready to be compared with many documents: which of their tokens matter, and what they are worth together."""

    def __init__(self, group: Group):
        self.rarity = group.rarity
        self._choices = (*group.alternatives, *group.loose)
        self.tokens = frozenset(
            prefix + stem for choice in self._choices for stem in choice.stems for prefix, _worth in _FORMS
        )
        self._known: dict[frozenset[str], float] = {frozenset(): 0.0}

    def worth(self, tokens: frozenset[str]) -> float:
        """0 to 1: the best of the alternatives among the tokens of a field. Documents repeat each other: each set is judged once."""
        met = self.tokens & tokens
        if (known := self._known.get(met)) is None:
            known = self._known[met] = max(_worth(choice, met) for choice in self._choices)
        return known


def rank(
    question: Question,
    found: Iterable[Candidate],
    *,
    near: tuple[float, float] | None,
    today: int,
    open_shops: Collection[str] = (),
) -> list[Scored]:
    """All candidates, the best first. Equal scores are decided by a number made from kind and key."""
    meanings = [_Meaning(group) for group in question.groups]
    wanted = frozenset[str]().union(*(meaning.tokens for meaning in meanings))
    possible = sum(meaning.rarity for meaning in meanings)
    scored = []
    for one in found:
        fields = (
            wanted.intersection(one.title_tokens.split()),
            wanted.intersection(one.keyword_tokens.split()),
            wanted.intersection(one.body_tokens.split()),
        )
        total, matched = _answered(meanings, fields, 0.7 + 0.3 * one.title_length / 4)
        coverage = matched / possible if possible else 0.0
        score = total * coverage * _title_bonus(question.folded, one.folded) * one.weight
        score *= _freshness(one.fresh_day, today) * _nearness(one, near) * (OPEN_NOW if one.shop in open_shops else 1.0)
        scored.append(Scored(one, round(score, 6), coverage))
    scored.sort(key=lambda one: (-one.score, one.candidate.tie))
    return scored


def _answered(meanings: list[_Meaning], fields: tuple[frozenset[str], ...], length: float) -> tuple[float, float]:
    """How well the document answers the question, over its three fields together; and how much of the question it answers."""
    total = matched = 0.0
    for meaning in meanings:
        title, keyword, body = (meaning.worth(tokens) if tokens else 0.0 for tokens in fields)
        amount = TITLE * title / length + KEYWORD * keyword + BODY * body
        best = max(title, IN_KEYWORD * keyword, IN_BODY * body)
        if min(title, keyword) >= FULL:
            best *= CONFIRMED
        total += meaning.rarity * (best * amount / (amount + 1.0))
        matched += meaning.rarity * min(1.0, best / FULL)
    return total, matched


def _worth(choice: Alternative, tokens: frozenset[str]) -> float:
    worst = 1.0
    for stem in choice.stems:
        for prefix, worth in _FORMS:
            if prefix + stem in tokens:
                worst = min(worst, worth)
                break
        else:
            return 0.0
    return choice.worth * worst


def _title_bonus(asked: str, title: str) -> float:
    """The title as typed counts double; beginning with or containing it counts more, too: several words more than one."""
    if title == asked:
        return 2.0
    if " " not in asked:
        return 1.1 if title.startswith(asked) else 1.0
    if title.startswith(asked):
        return 1.25
    return 1.15 if f" {asked}" in f" {title} " else 1.0


@lru_cache(maxsize=4_000)
def _freshness(day: int, today: int) -> float:
    """Up to five per cent for what was touched lately, by whole days."""
    return 1.0 + 0.05 * exp(-max(today - day, 0) / 60)


def _nearness(one: Candidate, near: tuple[float, float] | None) -> float:
    """Up to half as much again for what is near; the bonus falls to a third after 1.5 km."""
    if near is None or one.lon is None or one.lat is None:
        return 1.0
    east = (one.lon - near[0]) * cos(radians(near[1])) * 111.3
    return 1.0 + 0.5 * exp(-hypot(east, (one.lat - near[1]) * 111.3) / 1.5)
