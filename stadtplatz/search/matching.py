"""Asking the database which documents match. The only place that knows FTS5 and tsvector; both see the same tokens.

An expression says for each typed word which stems count; order and cut are by numbers stored in the document, so that both
databases hand over the same candidates.

On SQLite each document has a place, a number that grows as weight falls and titles get longer (migration 0006). FTS5 knows it by this
number and hands matches over in its order, so the best are found without looking at the others. `search_place` says beside it what
conditions and counts need, its texts as numbers of `search_value`.
"""

import json
from collections import Counter
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
    first = order if connection.vendor == "postgresql" else "m.rowid"
    # Which ones is decided on a few narrow columns; the wide rows are read of those alone.
    best = f"SELECT {_id()} FROM {where} ORDER BY {first} LIMIT %s"  # nosec B608  # noqa: S608 - only our own words, what was typed is a value
    rows = f"SELECT {_COLUMNS} FROM search_document d WHERE d.id IN ({best}) ORDER BY {order}"  # nosec B608  # noqa: S608 - as above
    with connection.cursor() as cursor:
        cursor.execute(rows, [*values, limit])
        return [Candidate(*row) for row in cursor.fetchall()]


def tally(
    wanted: Sequence[Wanted], *, kinds: Sequence[str] | None, narrow: Narrow, with_facets: bool
) -> tuple[dict[str, int], Facets]:
    """How many public documents of each kind satisfy one of the `wanted`, and how many each choice would leave.

    Kinds are counted over all kinds with every choice made; a choice over `kinds` with the other choices made.
    """
    where, values = _where(wanted, None, narrow.without_choices)
    conditions: dict[str, tuple[list[str], list]] = {}
    for name in ("kind", *(CHOICES if with_facets else ())):
        chosen, more = narrow.chosen(_one_of, besides=name)
        if kinds and name != "kind":
            chosen, more = [*chosen, _one_of("kind", len(kinds))], [*more, *kinds]
        conditions[name] = chosen, more
    count = _counted_by_postgres if connection.vendor == "postgresql" else _counted_by_us
    counts = count(where, values, conditions)
    by_kind = dict(sorted(counts.pop("kind", {}).items()))
    return by_kind, Facets(**{name: most_first(counted) for name, counted in counts.items()})


Counts = dict[str, dict[str, int]]


def _counted_by_postgres(where: str, values: list, conditions: dict[str, tuple[list[str], list]]) -> Counts:
    found = f"WITH found AS MATERIALIZED (SELECT {', '.join(f'd.{name}' for name in ('kind', *CHOICES))} FROM {where})"  # nosec B608  # noqa: S608 - as above
    parts = []
    for name, (chosen, more) in conditions.items():
        only = " AND ".join([f"{name} <> ''", *chosen])
        parts.append(f"SELECT '{name}', {name}, count(*) FROM found d WHERE {only} GROUP BY {name}")  # nosec B608  # noqa: S608 - as above
        values = [*values, *more]
    counts: Counts = {}
    with connection.cursor() as cursor:
        cursor.execute(f"{found} {' UNION ALL '.join(parts)}", values)
        for name, value, number in cursor.fetchall():
            counts.setdefault(name, {})[value] = number
    return counts


def _counted_by_us(where: str, values: list, conditions: dict[str, tuple[list[str], list]]) -> Counts:
    """SQLite would sort all matches for each choice. It only lists their numbers; Python counts them in half the time."""
    lists, given = [], []
    for name, (chosen, more) in conditions.items():
        lists.append(f"group_concat(CASE WHEN {' AND '.join(chosen)} THEN d.{name} END)" if chosen else f"group_concat(d.{name})")  # fmt: skip
        given += more
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(lists)} FROM {where}", [*given, *values])  # nosec B608  # noqa: S608 - as above
        numbered = [Counter(listed.split(",")) if listed else Counter[str]() for listed in cursor.fetchone()]
        wanted = json.dumps([int(number) for number in set().union(*numbered)])
        cursor.execute(
            "SELECT id, value FROM search_value WHERE value <> '' AND id IN (SELECT value FROM json_each(%s))", [wanted]
        )
        named = {str(number): value for number, value in cursor.fetchall()}
    return {
        name: {named[number]: count for number, count in counted.items() if number in named}
        for name, counted in zip(conditions, numbered, strict=True)
    }


def _id() -> str:
    return "d.id" if connection.vendor == "postgresql" else "d.document"


def _one_of(name: str, many: int) -> str:
    """The condition that a text column of `d` is one of so many values."""
    values = ", ".join(["%s"] * many)
    if connection.vendor == "postgresql":
        return f"d.{name} IN ({values})"
    if many == 1:
        return f"d.{name} = (SELECT id FROM search_value WHERE value = %s)"  # nosec B608  # noqa: S608 - as above
    return f"d.{name} IN (SELECT id FROM search_value WHERE value IN ({values}))"  # nosec B608  # noqa: S608 - as above


def _where(wanted: Sequence[Wanted], kinds: Sequence[str] | None, narrow: Narrow, among: str = "") -> tuple[str, list]:
    if connection.vendor == "postgresql":
        tables, match = "search_document d", "d.public AND d.vector @@ %s::tsquery"
        mark = f":{among}" if among else ""
        expression = _written(wanted, " & ", " | ", lambda token: f"'{token}'{mark}")
    else:
        tables, match = "search_match m CROSS JOIN search_place d ON d.place = m.rowid", "m.search_match MATCH %s"
        expression = _written(wanted, " AND ", " OR ", lambda token: f'"{token}"')
        if among:
            expression = f"{{{' '.join(_TOKENS[column] for column in among)}}} : ({expression})"
    values: list = [expression]
    if kinds:
        match += f" AND {_one_of('kind', len(kinds))}"
        values += kinds
    conditions, more = narrow.conditions(_one_of)
    return " AND ".join([f"{tables} WHERE {match}", *conditions]), [*values, *more]


def _written(wanted: Sequence[Wanted], both: str, either: str, quote) -> str:
    def of_stem(stem: str) -> str:
        return "(" + either.join(quote(prefix + stem) for prefix in ("", HEAD, MODIFIER)) + ")"

    def of_alternative(choice: Alternative) -> str:
        return "(" + both.join(of_stem(stem) for stem in choice.stems) + ")"

    def of_group(group: Sequence[Alternative]) -> str:
        return "(" + either.join(of_alternative(choice) for choice in group) + ")"

    return either.join("(" + both.join(of_group(group) for group in groups) + ")" for groups in wanted)
