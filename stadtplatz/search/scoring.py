"""The order of results, made by us so that every database answers alike. Explained to people on /suche/erklaerung/."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import cos, exp, hypot, radians

from stadtplatz.kit.text.words import HEAD, MODIFIER
from stadtplatz.search.matching import Candidate
from stadtplatz.search.understanding import Alternative, Group, Question

TITLE, KEYWORD, BODY = 3.0, 1.6, 0.8
IN_KEYWORD, IN_BODY = 0.9, 0.7
"""What the best match is worth when it stands only in the keywords or only in the text."""
AS_WHOLE, AS_HEAD, AS_MODIFIER = 1.0, 0.8, 0.4
OPEN_NOW = 1.05
FULL = 0.4
"""From this worth on a match answers the word in full; weaker ones answer it in part."""
_FORMS = (("", AS_WHOLE), (HEAD, AS_HEAD), (MODIFIER, AS_MODIFIER))


@dataclass(slots=True)
class Scored:
    """A candidate with its score and the share of the question it answers (1.0 is all of it)."""

    candidate: Candidate
    score: float
    coverage: float


def rank(
    question: Question,
    found: Iterable[Candidate],
    *,
    near: tuple[float, float] | None,
    today: int,
    open_shops: Collection[str] = (),
) -> list[Scored]:
    """All candidates, the best first. Equal scores are decided by a number made from kind and key."""
    scored = [_score(question, candidate, near, today, candidate.shop in open_shops) for candidate in found]
    scored.sort(key=lambda one: (-one.score, one.candidate.tie))
    return scored


def _score(question: Question, one: Candidate, near: tuple[float, float] | None, today: int, is_open: bool) -> Scored:
    fields = (
        frozenset(one.title_tokens.split()),
        frozenset(one.keyword_tokens.split()),
        frozenset(one.body_tokens.split()),
    )
    length = 0.7 + 0.3 * one.title_length / 4
    total = matched = possible = 0.0
    for group in question.groups:
        worth, best = _group_worth(group, fields, length)
        total += group.rarity * worth
        matched += group.rarity * min(1.0, best / FULL)
        possible += group.rarity
    coverage = matched / possible if possible else 0.0
    score = total * coverage * _title_bonus(question.folded, one.folded) * one.weight
    score *= _freshness(one.fresh_day, today) * _nearness(one, near) * (OPEN_NOW if is_open else 1.0)
    return Scored(one, round(score, 6), coverage)


def _group_worth(group: Group, fields: tuple[frozenset, ...], length: float) -> tuple[float, float]:
    """0 to 1: how well the document answers one word, over its three fields together; and its best match alone."""
    title, keyword, body = (_best(group, tokens) if tokens else 0.0 for tokens in fields)
    amount = TITLE * title / length + KEYWORD * keyword + BODY * body
    best = max(title, IN_KEYWORD * keyword, IN_BODY * body)
    return best * amount / (amount + 1.0), best


def _best(group: Group, tokens: frozenset) -> float:
    return max((_worth(choice, tokens) for choice in (*group.alternatives, *group.loose)), default=0.0)


def _worth(choice: Alternative, tokens: frozenset) -> float:
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
    """The title as typed counts double; beginning with or containing it counts more, too."""
    if title == asked:
        return 2.0
    if title.startswith(asked):
        return 1.25
    return 1.15 if f" {asked}" in f" {title} " else 1.0


def _freshness(day: int, today: int) -> float:
    """Up to five per cent for what was touched lately, by whole days."""
    return 1.0 + 0.05 * exp(-max(today - day, 0) / 60)


def _nearness(one: Candidate, near: tuple[float, float] | None) -> float:
    """Up to half as much again for what is near; the bonus falls to a third after 1.5 km."""
    if near is None or one.lon is None or one.lat is None:
        return 1.0
    east = (one.lon - near[0]) * cos(radians(near[1])) * 111.3
    return 1.0 + 0.5 * exp(-hypot(east, (one.lat - near[1]) * 111.3) / 1.5)
