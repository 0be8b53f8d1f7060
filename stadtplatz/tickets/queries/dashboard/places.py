"""Where the reports come from: parts of town, channels, squares of the map."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from stadtplatz.cases.models import Case
from stadtplatz.city.queries import parts_of_town
from stadtplatz.kit import geo
from stadtplatz.tickets.queries.dashboard.figures import FEWEST
from stadtplatz.tickets.queries.dashboard.reports import Report

HOT_SPOTS = 8


@dataclass(frozen=True)
class Part:
    """A district or a channel: how many, and for each 1,000 residents where their number is known."""

    name: str
    received: int
    residents: int | None = None
    invented: bool = False
    """Whether the number of residents was made up, for a demo."""

    @property
    def per_thousand(self) -> float | None:
        return round(self.received * 1000 / self.residents, 1) if self.residents and self.received >= FEWEST else None


@dataclass(frozen=True)
class Spot:
    """A square of the map with many reports."""

    lon: float
    lat: float
    label: str
    count: int
    category: str


def by_district(rows: list[Report], residents: dict[str, Any]) -> list[Part]:
    """How many in each part of town, most first; those that lie in none stand under "without district"."""
    counts = Counter(row.district for row in rows)
    known = {row.pk: row for row in parts_of_town()}
    people, invented = residents.get("districts", {}), residents.get("invented", [])
    parts = [
        Part(row.name, counts[pk], people.get(row.slug), row.slug in invented)
        for pk, row in known.items()
        if counts[pk]
    ]
    if elsewhere := sum(count for pk, count in counts.items() if pk not in known):
        parts.append(Part(_("without district"), elsewhere))
    return sorted(parts, key=lambda part: -part.received)


def by_channel(rows: list[Report]) -> list[Part]:
    """How many came which way, most first."""
    labels: dict[str, Any] = dict(Case.CHANNELS)
    return [Part(str(labels.get(code, code)), count) for code, count in Counter(r.channel for r in rows).most_common()]


def spots_of(rows: list[Report], names: dict[int, str]) -> list[Spot]:
    """The squares of the map with most reports, if they have enough to tell of."""
    cells: dict[int, list[Report]] = defaultdict(list)
    for row in rows:
        if row.lon is not None and row.lat is not None:
            cells[geo.cell(row.lon, row.lat)].append(row)
    many = sorted(cells.values(), key=len, reverse=True)[:HOT_SPOTS]
    return [_spot(group, names) for group in many if len(group) >= FEWEST]


def _spot(group: list[Report], names: dict[int, str]) -> Spot:
    count = len(group)
    place = Counter(row.place for row in group).most_common(1)[0][0]
    category = Counter(row.category for row in group).most_common(1)[0][0]
    lon, lat = sum(row.lon or 0 for row in group) / count, sum(row.lat or 0 for row in group) / count
    return Spot(lon, lat, place, count, names.get(category, ""))
