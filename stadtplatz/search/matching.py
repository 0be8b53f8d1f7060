"""Asking the database which documents match. The only place that knows FTS5 and tsvector; both see the same tokens.

An expression says for each typed word which stems count; order and cut are by numbers stored in the document, so that both
databases hand over the same candidates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from stadtplatz.kit.text.words import HEAD, MODIFIER
from stadtplatz.search.narrowing import EVERYTHING, Narrow, Place
from stadtplatz.search.understanding import Alternative

Wanted = Sequence[Sequence[Alternative]]
"""All of these groups, each by any of its alternatives."""

_COLUMNS = (
    "d.id, d.kind, d.weight, d.title_length, d.tie, d.fresh_day, d.lon, d.lat, d.folded, "
    "d.title_tokens, d.keyword_tokens, d.body_tokens, d.category, d.district, d.shop"
)


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


def candidates(
    wanted: Sequence[Wanted],
    *,
    kinds: Sequence[str] | None,
    limit: int,
    headings_only: bool = False,
    narrow: Narrow = EVERYTHING,
) -> list[Candidate]:
    """Documents that satisfy one of the `wanted`, the weightiest and shortest titles first; in title and keywords only if so asked."""
    where, values = _where(wanted, kinds, narrow, headings_only)
    order = "d.weight DESC, d.title_length, d.tie"
    with connection.cursor() as cursor:
        # only our own words are put into the text of the query; what was typed travels as a value
        cursor.execute(f"SELECT {_COLUMNS} FROM {where} ORDER BY {order} LIMIT %s", [*values, limit])  # nosec B608  # noqa: S608 - see above
        return [Candidate(*row) for row in cursor.fetchall()]


def count_by_kind(wanted: Sequence[Wanted], narrow: Narrow = EVERYTHING) -> dict[str, int]:
    """How many public documents of each kind satisfy one of the `wanted`."""
    where, values = _where(wanted, None, narrow)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT d.kind, count(*) FROM {where} GROUP BY d.kind ORDER BY d.kind", values)  # nosec B608  # noqa: S608 - our own words
        return dict(cursor.fetchall())


def count_by_place(wanted: Sequence[Wanted], *, kinds: Sequence[str] | None, narrow: Narrow) -> list[tuple[Place, int]]:
    """How many public documents of each category, district and shop satisfy one of the `wanted`."""
    where, values = _where(wanted, kinds, narrow)
    names = "d.category, d.district, d.shop"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names}, count(*) FROM {where} GROUP BY {names}", values)  # nosec B608  # noqa: S608 - our own words
        return [((category, district, shop), number) for category, district, shop, number in cursor.fetchall()]


def _where(
    wanted: Sequence[Wanted], kinds: Sequence[str] | None, narrow: Narrow, headings_only: bool = False
) -> tuple[str, list]:
    if connection.vendor == "postgresql":
        tables, match = "search_document d", "d.vector @@ %s::tsquery"
        expression = _written(wanted, " & ", " | ", lambda token: f"'{token}':AB" if headings_only else f"'{token}'")
    else:
        tables, match = "search_match m JOIN search_document d ON d.id = m.rowid", "m.search_match MATCH %s"
        expression = _written(wanted, " AND ", " OR ", lambda token: f'"{token}"')
        if headings_only:
            expression = "{title_tokens keyword_tokens} : (" + expression + ")"
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
