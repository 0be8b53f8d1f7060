"""Trying out rules on past reports, and what passing on says about the rules. Reads only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from stadtplatz.audit.models import Record
from stadtplatz.cases.models import Case
from stadtplatz.city import queries as city
from stadtplatz.city.models import District, Unit
from stadtplatz.kit import clock
from stadtplatz.tickets.models import Category, Ticket
from stadtplatz.tickets.queries.finding import KIND

DAYS, LAST, LEAST, SHARE = 180, 20, 3, 0.4
"""Passed on in the last half year, of the last twenty reports at least three and at least four in ten: then a rule is in question."""


@dataclass(frozen=True)
class Moved:
    """So many reports of a category would come to `after` instead of `before`; some of their numbers as examples."""

    category: Category
    before: Unit
    after: Unit
    count: int
    examples: list[str]


@dataclass(frozen=True)
class Trial:
    """Of `total` reports `moved` would have come to another unit."""

    total: int
    groups: list[Moved]

    @property
    def moved(self) -> int:
        return sum(group.count for group in self.groups)


def dry_run(last: int = 200) -> Trial:
    """Which unit the last reports would have come to by the rules as planned, compared with the rules in force. Nothing is written.

    Who is away is not asked: the rules decide between units.
    """
    rows = Ticket.objects.select_related("case", "category").order_by("-case__received_at", "-pk")[
        : max(1, min(last, 2000))
    ]
    sets = [city.rules_in_force(), city.rules_as_planned()]
    found: dict[tuple[int, int, int], list[tuple[Ticket, Unit, Unit]]] = {}
    total = 0
    for ticket in rows:
        total += 1
        case = ticket.case
        before, after = city.answering_units(sets, duty=ticket.category.duty, place=case.place, at=case.received_at)
        if before.pk != after.pk:
            found.setdefault((ticket.category_id, before.pk, after.pk), []).append((ticket, before, after))
    groups = [_group(rows) for rows in found.values()]
    return Trial(total, sorted(groups, key=lambda group: -group.count))


def _group(rows: list[tuple[Ticket, Unit, Unit]]) -> Moved:
    ticket, before, after = rows[0]
    return Moved(ticket.category, before, after, len(rows), [row[0].case.number for row in rows[:3]])


@dataclass(frozen=True)
class Proposal:
    """`count` of the last `of` reports of this category in this district were passed on from one unit to the other."""

    category: Category
    district: District | None
    giver: Unit
    taker: Unit
    count: int
    of: int


def proposals() -> list[Proposal]:
    """Where passing on has become the rule, most frequent first. A few queries, however many reports there are."""
    since = clock.now() - timedelta(days=DAYS)
    records = Record.objects.filter(verb="cases.passed_on", at__gt=since, subject_kind="cases.case")
    passed: dict[int, tuple[str, str]] = {}
    for subject, keys in records.order_by("at").values_list("subject_id", "keys")[:5000]:
        if keys.get("from_unit") != keys.get("unit"):
            passed.setdefault(subject, (keys.get("from_unit", ""), keys.get("unit", "")))
    rows = Case.objects.filter(kind=KIND, pk__in=list(passed)).values_list("pk", "ticket__category", "district")
    where = {pk: (category, district) for pk, category, district in rows}
    counted = Counter((*where[pk], *units) for pk, units in passed.items() if pk in where)
    often: list[tuple[int, int | None, str, str]] = [key for key, count in counted.most_common(20) if count >= LEAST]
    known = _Names(often)
    found = [_judged(key, passed, known) for key in often]
    return sorted((row for row in found if row is not None), key=lambda row: -row.count / row.of)


Key = tuple[int, int | None, str, str]


class _Names:
    """The rows behind the keys, fetched once."""

    def __init__(self, keys: list[Key]) -> None:
        self.categories = Category.objects.in_bulk([key[0] for key in keys])
        districts = District.objects.defer("geometry").filter(pk__in=[key[1] for key in keys if key[1]])
        self.districts = {row.pk: row for row in districts}
        slugs = {slug for key in keys for slug in key[2:]}
        self.units = {row.slug: row for row in Unit.objects.filter(slug__in=slugs, closed=False)}


def _judged(key: Key, passed: dict[int, tuple[str, str]], known: _Names) -> Proposal | None:
    category, district, giver, taker = key
    if giver not in known.units or taker not in known.units:
        return None
    last = Case.objects.filter(kind=KIND, ticket__category=category, district=district).order_by("-received_at")
    numbers = list(last.values_list("pk", flat=True)[:LAST])
    count = sum(passed.get(pk) == (giver, taker) for pk in numbers)
    if count < LEAST or count < SHARE * len(numbers):
        return None
    place = known.districts.get(district) if district else None
    return Proposal(known.categories[category], place, known.units[giver], known.units[taker], count, len(numbers))
