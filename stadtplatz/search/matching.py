"""Asking the database which documents match. The only place that knows FTS5 and tsvector; both see the same tokens.

An expression says for each typed word which stems count; order and cut are by numbers stored in the document, so that both
databases hand over the same candidates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from stadtplatz.kit.text.words import HEAD, MODIFIER
from stadtplatz.search.narrowing import CHOICES, EVERYTHING, Facets, Narrow, most_first
from stadtplatz.search.understanding import Alternative

Wanted = Sequence[Sequence[Alternative]]
"""All of these groups, each by any of its alternatives."""

_COLUMNS = (
    "d.id, d.kind, d.weight, d.title_length, d.tie, d.fresh_day, d.lon, d.lat, d.folded, "
    "d.title_tokens, d.keyword_tokens, d.body_tokens, d.category, d.district, d.shop, d.label"
)
_CHOICES = ", ".join(f"d.{name}" for name in CHOICES)
_TOKENS = {"A": "title_tokens", "B": "keyword_tokens", "C": "body_tokens"}
TITLE, HEADINGS = "A", "AB"


@dataclass(slots=True)
class Candidate:
    """A matching document, as far as scoring needs it."""

    id: int
    kind: str
    weight: float
    title_length: int
    tie: int
    fresh_day: int
    lon: float | None
    lat: float | None
    folded: str
    title_tokens: str
    keyword_tokens: str
    body_tokens: str
    category: str
    district: str
    shop: str
    label: str


def candidates(
    wanted: Sequence[Wanted],
    *,
    kinds: Sequence[str] | None,
    limit: int,
    among: str = "",
    narrow: Narrow = EVERYTHING,
) -> list[Candidate]:
    """Documents that satisfy one of the `wanted`, the weightiest and shortest titles first; `among` the columns A (title) and B (keywords) only."""
    where, values = _where(wanted, kinds, narrow, among)
    order = "d.weight DESC, d.title_length, d.tie"
    # Which ones is decided on a few narrow columns; the wide rows are read of those alone.
    best = f"SELECT d.id FROM {where} ORDER BY {order} LIMIT %s"  # nosec B608  # noqa: S608 - only our own words, what was typed is a value
    rows = f"SELECT {_COLUMNS} FROM search_document d WHERE d.id IN ({best}) ORDER BY {order}"  # nosec B608  # noqa: S608 - as above
    with connection.cursor() as cursor:
        cursor.execute(rows, [*values, limit])
        return [Candidate(*row) for row in cursor.fetchall()]


def tally(
    wanted: Sequence[Wanted], *, kinds: Sequence[str] | None, narrow: Narrow, with_facets: bool
) -> tuple[dict[str, int], Facets]:
    """How many public documents of each kind satisfy one of the `wanted`, and how many each choice would leave. One query.

    Kinds are counted over all kinds with every choice made; a choice over `kinds` with the other choices made.
    """
    where, values = _where(wanted, None, narrow.without_choices)
    found = f"WITH found AS MATERIALIZED (SELECT d.kind, {_CHOICES} FROM {where})"  # nosec B608  # noqa: S608 - as above
    parts = []
    for name in ("kind", *(CHOICES if with_facets else ())):
        conditions, more = narrow.chosen(besides=name)
        if kinds and name != "kind":
            conditions, more = [*conditions, f"kind IN ({', '.join(['%s'] * len(kinds))})"], [*more, *kinds]
        only = " AND ".join([f"{name} <> ''", *conditions])
        parts.append(f"SELECT '{name}', {name}, count(*) FROM found WHERE {only} GROUP BY {name}")  # nosec B608  # noqa: S608 - as above
        values += more
    counts: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"{found} {' UNION ALL '.join(parts)}", values)
        for name, value, number in cursor.fetchall():
            counts.setdefault(name, {})[value] = number
    by_kind = dict(sorted(counts.pop("kind", {}).items()))
    return by_kind, Facets(**{name: most_first(counted) for name, counted in counts.items()})


def _where(wanted: Sequence[Wanted], kinds: Sequence[str] | None, narrow: Narrow, among: str = "") -> tuple[str, list]:
    if connection.vendor == "postgresql":
        tables, match = "search_document d", "d.vector @@ %s::tsquery"
        mark = f":{among}" if among else ""
        expression = _written(wanted, " & ", " | ", lambda token: f"'{token}'{mark}")
    else:
        # The narrow index holds all that order, conditions and counts need; the documents themselves are wide.
        tables = "search_match m CROSS JOIN search_document d INDEXED BY search_narrow ON d.id = m.rowid"
        match = "m.search_match MATCH %s"
        expression = _written(wanted, " AND ", " OR ", lambda token: f'"{token}"')
        if among:
            expression = f"{{{' '.join(_TOKENS[column] for column in among)}}} : ({expression})"
    values: list = [expression]
    if kinds:
        match += f" AND d.kind IN ({', '.join(['%s'] * len(kinds))})"
        values += kinds
    conditions, more = narrow.conditions()
    return " AND ".join([f"{tables} WHERE {match} AND d.public", *conditions]), [*values, *more]


def _written(wanted: Sequence[Wanted], both: str, either: str, quote) -> str:
    def of_stem(stem: str) -> str:
        return "(" + either.join(quote(prefix + stem) for prefix in ("", HEAD, MODIFIER)) + ")"

    def of_alternative(choice: Alternative) -> str:
        return "(" + both.join(of_stem(stem) for stem in choice.stems) + ")"

    def of_group(group: Sequence[Alternative]) -> str:
        return "(" + either.join(of_alternative(choice) for choice in group) + ")"

    return either.join("(" + both.join(of_group(group) for group in groups) + ")" for groups in wanted)
