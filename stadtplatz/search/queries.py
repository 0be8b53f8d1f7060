"""Finding things: `find` for the results of a search, `suggest` while somebody types."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from stadtplatz.kit import clock
from stadtplatz.kit.rows import InBulk
from stadtplatz.search import lexicon, matching, scoring
from stadtplatz.search.empty_searches import Missed
from stadtplatz.search.empty_searches import by_week as empty_by_week
from stadtplatz.search.models import Document, Synonym
from stadtplatz.search.narrowing import CHOICES, EVERYTHING, Facets, Narrow, Place
from stadtplatz.search.narrowing import facets as counted_facets
from stadtplatz.search.snippets import snippet
from stadtplatz.search.understanding import Question, understand

__all__ = [
    "CHOICES",
    "Facets",
    "Hit",
    "Missed",
    "Narrow",
    "Results",
    "Suggestion",
    "empty_by_week",
    "find",
    "suggest",
    "synonyms",
]

MOST_CANDIDATES = 300
"""So many documents are scored; of words that occur in more, the weightiest and shortest titles are."""
ENOUGH = 8
"""With fewer full answers, documents that answer most of the question are added."""
MOST_OF_IT = 0.32
"""One word of three equally rare ones is enough; who only bears the name of a trade that may have a part of the thing is not."""
_NAMED = InBulk(lambda: Document.objects.only("title", "kind", "key", "url"), 6)
_SHOWN = InBulk(
    lambda: Document.objects.only("kind", "key", "title", "body", "url", "payload", "lon", "lat", "shop"), 20
)


@dataclass(frozen=True)
class Hit:
    """One result. `score` has a meaning only beside the others of the same search."""

    kind: str
    key: str
    title: str
    snippet: str
    url: str
    score: float
    payload: dict[str, Any]
    lon: float | None = None
    lat: float | None = None
    shop: str = ""


@dataclass(frozen=True)
class Results:
    """One page of results. `total` and `counts_by_kind` count all matches, `reachable` those that can be paged to.

    `suggestion` was looked for instead of what was typed if `is_replaced`; else people are asked whether they meant that.
    `facets` are counted only when asked for.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    suggestion: str | None = None
    is_replaced: bool = False
    counts_by_kind: dict[str, int] = field(default_factory=dict)
    reachable: int = 0
    facets: Facets = field(default_factory=Facets)


@dataclass(frozen=True)
class Suggestion:
    """How a typed text may go on: a thing with its address, or words to search (`kind` and `url` are empty)."""

    text: str
    kind: str = ""
    key: str = ""
    url: str = ""


def find(
    text: str,
    kinds: Sequence[str] | None = None,
    limit: int = 20,
    offset: int = 0,
    near: tuple[float, float] | None = None,
    narrow: Narrow = EVERYTHING,
    open_shops: Collection[str] = (),
    with_facets: bool = False,
) -> Results:
    """What the public may find under the text, the best first; the same on every database.

    `kinds` narrows down (counts_by_kind still counts all kinds), `narrow` by shop, category, district and price;
    `near` (longitude, latitude) prefers what is near, `open_shops` (slugs) a little what is open.
    `suggestion` is set when a word is unknown and was read as another one, or when nothing was found and it may be one.
    """
    question = understand(text)
    if not question.groups:
        return Results()
    found, strict = _gather(question, kinds, narrow)
    today = clock.today().toordinal()
    ranked = scoring.rank(question, found, near=near, today=today, open_shops=open_shops)
    if not strict:
        ranked = _relevant(ranked)
    counts, facets = _counted(question, ranked, kinds, narrow, strict=strict, with_facets=with_facets)
    page = ranked[offset : offset + limit]
    return Results(
        hits=_hits(page, question),
        total=sum(count for kind, count in counts.items() if not kinds or kind in kinds),
        suggestion=question.suggestion if question.is_replaced or not ranked else None,
        is_replaced=question.is_replaced,
        counts_by_kind=counts,
        reachable=len(ranked),
        facets=facets,
    )


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """How the text may go on: first things whose title fits, then words to search."""
    question = understand(text, unfinished=True)
    if not question.groups:
        return []
    wanted = [[group.alternatives for group in question.groups]]
    found = matching.candidates(wanted, kinds=None, limit=60, among=matching.TITLE)
    if len(found) < limit:
        found = _merged(found, matching.candidates(wanted, kinds=None, limit=60, among=matching.HEADINGS), 60)
    ranked = scoring.rank(question, found, near=None, today=clock.today().toordinal())[: limit - 2]
    rows = _NAMED(one.candidate.id for one in ranked)
    things = [rows[one.candidate.id] for one in ranked if one.candidate.id in rows]
    words = _completions(text, question)
    return [*words[:2], *(Suggestion(row.title, row.kind, row.key, row.url) for row in things)][:limit]


def _gather(question: Question, kinds: Sequence[str] | None, narrow: Narrow) -> tuple[list[matching.Candidate], bool]:
    """The documents worth scoring, and whether they are only those that answer every word."""
    groups = [group.alternatives for group in question.groups]
    candidates = partial(matching.candidates, kinds=kinds, narrow=narrow)
    best = (
        candidates([groups], limit=MOST_CANDIDATES, among=matching.HEADINGS) if question.most > MOST_CANDIDATES else []
    )
    if len(best) == MOST_CANDIDATES:
        return best, True
    found = candidates([groups], limit=MOST_CANDIDATES + 1)
    if len(found) > MOST_CANDIDATES:
        best = best or candidates([groups], limit=MOST_CANDIDATES, among=matching.HEADINGS)
        return _merged(best, found, MOST_CANDIDATES), True
    loose = [[*group.alternatives, *group.loose] for group in question.groups]
    if len(found) >= ENOUGH or (len(groups) == 1 and loose == groups):
        return found, True
    all_but_one = [loose[:place] + loose[place + 1 :] for place in range(len(loose))] if len(loose) > 2 else []
    more = candidates([loose, *all_but_one], limit=MOST_CANDIDATES)
    if len(loose) > 1:
        # a thing itself, if only in part what was asked for, beside those who may have all of it
        alone = loose if len(more) < ENOUGH else groups
        more = _merged(more, candidates([[group] for group in alone], limit=MOST_CANDIDATES), 400)
    return _merged(found, more, 600), False


def _merged(first: list[matching.Candidate], then: list[matching.Candidate], most: int) -> list[matching.Candidate]:
    return list({one.id: one for one in (*first, *then)}.values())[:most]


def _relevant(ranked: list[scoring.Scored]) -> list[scoring.Scored]:
    """Without the documents that answer less than a third of the question, unless nothing answers more."""
    good = [one for one in ranked if one.coverage >= MOST_OF_IT]
    return good or ranked


def _counted(
    question: Question,
    ranked: list[scoring.Scored],
    kinds: Sequence[str] | None,
    narrow: Narrow,
    *,
    strict: bool,
    with_facets: bool,
) -> tuple[dict[str, int], Facets]:
    """Counts by kind and under each choice: of what was scored if that is everything, else by the database over all matches."""
    wider = narrow.without_choices if with_facets else narrow
    if strict and (kinds or wider != narrow or len(ranked) >= MOST_CANDIDATES):
        wanted = [[group.alternatives for group in question.groups]]
        return matching.tally(wanted, kinds=kinds, narrow=narrow, with_facets=with_facets)
    by_kind = _kinds_of(ranked)
    if kinds:
        # what is shown of these kinds is counted as it is shown: among all kinds something else may be so much better that it is not
        others, _facets = _loosely_counted(question, None, narrow, with_facets=False)
        by_kind = dict(sorted({**{kind: n for kind, n in others.items() if kind not in kinds}, **by_kind}.items()))
    if not with_facets:
        return by_kind, Facets()
    if wider == narrow:
        return by_kind, counted_facets(_places_of(ranked), narrow)
    return by_kind, _loosely_counted(question, kinds, narrow, with_facets=True)[1]


def _loosely_counted(
    question: Question, kinds: Sequence[str] | None, narrow: Narrow, *, with_facets: bool
) -> tuple[dict[str, int], Facets]:
    """As `_counted`, for what is found without the kinds, or without the choices, where more may answer every word."""
    wider = narrow.without_choices if with_facets else narrow
    found, strict = _gather(question, kinds, wider)
    if strict and len(found) >= MOST_CANDIDATES:
        wanted = [[group.alternatives for group in question.groups]]
        return matching.tally(wanted, kinds=kinds, narrow=narrow, with_facets=with_facets)
    ranked = scoring.rank(question, found, near=None, today=clock.today().toordinal())
    ranked = ranked if strict else _relevant(ranked)
    return _kinds_of(ranked), counted_facets(_places_of(ranked), narrow)


def _kinds_of(ranked: list[scoring.Scored]) -> dict[str, int]:
    return dict(sorted(Counter(one.candidate.kind for one in ranked).items()))


def _places_of(ranked: list[scoring.Scored]) -> Iterable[tuple[Place, int]]:
    found = (one.candidate for one in ranked)
    return Counter((row.category, row.district, row.shop, row.label) for row in found).items()


def _hits(page: list[scoring.Scored], question: Question) -> list[Hit]:
    rows = _SHOWN(one.candidate.id for one in page)
    return [
        Hit(
            row.kind,
            row.key,
            row.title,
            snippet(row.body, question),
            row.url,
            one.score,
            row.payload,
            row.lon,
            row.lat,
            row.shop,
        )
        for one in page
        if (row := rows.get(one.candidate.id))
    ]


MOST_COMPLETIONS = 4


def _completions(typed: str, question: Question) -> list[Suggestion]:
    """The typed text with its last word completed to the most frequent words."""
    group = question.groups[-1]
    last = group.word
    ahead = group.ahead if group.ahead is not None else lexicon.beginning_with(last.folded)
    ahead = ahead[:MOST_COMPLETIONS] if last.folded.isalpha() else []
    before = typed.strip()[: typed.strip().rfind(" ") + 1]
    if question.is_replaced and question.suggestion and not ahead:
        return [Suggestion(question.suggestion)]
    return [Suggestion(before + term.written) for term in ahead if term.word != last.folded]


def synonyms() -> list[Synonym]:
    """What the operator has said to mean the same, in order; the shipped list is not among them."""
    return list(Synonym.objects.order_by("line"))
