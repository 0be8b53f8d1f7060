"""What each process keeps of the town: its organisation with the rules in force, and its border and districts. See `kit.kept`.

All of it is shared and must not be changed; who writes reads its own rows, locked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from stadtplatz.accounts.models import Person
from stadtplatz.city.models import Absence, District, Duty, Function, MapState, Membership, Street, Unit
from stadtplatz.city.shapes import Outline
from stadtplatz.kit import clock
from stadtplatz.kit.kept import Topic, kept

ORGANISATION = Topic(
    "city.organisation",
    {
        "city.Unit": (),
        "city.Function": (),
        "city.Membership": (),
        "city.Absence": (),
        "city.Duty": (),
        "city.District": ("name", "west", "south", "east", "north"),
        "city.Street": ("name", "road_class"),
        "accounts.Person": ("name", "email", "language", "is_active"),
    },
)
MAP = Topic("city.map", {"city.MapState": (), "city.District": (), "city.Street": ()})
BACK = timedelta(days=31)
"""Absences that ended longer ago are not kept."""
MOST_STREETS = 400
"""So many streets with their lines are at hand at most, about 1 MB."""


@dataclass(frozen=True)
class Organisation:
    """Units by id, open or closed; rules that hold; memberships that have not ended (of people whose account may be closed), the
    oldest first."""

    units: dict[int, Unit]
    rules: list[Duty]
    memberships: list[Membership]
    absences: list[Absence]
    """Those that ended after `since` and were not cancelled, the ones that end last first."""
    since: date

    def rules_for(self, codes: Iterable[str]) -> list[Duty]:
        """The rules that one of these codes could fall under."""
        wanted = set(codes)
        return [row for row in self.rules if row.code in wanted]

    def away_on(self, day: date) -> list[Absence]:
        """Who is away that day; of several absences of one person the one that ends last comes first."""
        rows = self.absences
        if day <= self.since:
            rows = list(_absences().filter(starts_on__lte=day, ends_on__gte=day))
        return [row for row in rows if row.starts_on <= day <= row.ends_on]


@kept(ORGANISATION)
def organisation() -> Organisation:
    """The organisation as it is now."""
    units = {row.pk: row for row in Unit.objects.all()}
    for unit in units.values():
        unit.parent = units.get(unit.parent_id) if unit.parent_id else None
    held = Membership.objects.filter(ended=False).select_related("person", "deputy").order_by("id")
    since = clock.today() - BACK
    return Organisation(
        units,
        _rules(units),
        list(held.defer("person__password", "deputy__password")),
        list(_absences().filter(ends_on__gt=since)),
        since,
    )


def _absences() -> QuerySet[Absence]:
    rows = Absence.objects.filter(cancelled=False).select_related("deputy").defer("deputy__password")
    return rows.order_by("-ends_on", "pk")


def _rules(units: dict[int, Unit]) -> list[Duty]:
    """The rules in force with the names they bear."""
    rows = list(Duty.objects.filter(ended=False, planned=False))
    functions = Function.objects.in_bulk({row.function_id for row in rows if row.function_id})
    people = Person.objects.defer("password").in_bulk({row.person_id for row in rows if row.person_id})
    districts = District.objects.defer("geometry").in_bulk({row.district_id for row in rows if row.district_id})
    streets = Street.objects.defer("lines").in_bulk({row.street_id for row in rows if row.street_id})
    for row in rows:
        row.unit = units[row.unit_id]
        row.function = functions[row.function_id] if row.function_id else None
        row.person = people[row.person_id] if row.person_id else None
        row.district = districts[row.district_id] if row.district_id else None
        row.street = streets[row.street_id] if row.street_id else None
    return rows


@dataclass(frozen=True)
class Ground:
    """`parts` are the districts of the town by name, `districts` those with an outline, the smallest first, both without their
    geometry; `border` is None while nothing is known about it.

    `boxes` are id, west, south, east, north of every street.
    """

    border: Outline | None
    parts: list[District]
    districts: list[District]
    boxes: list[tuple[int, float, float, float, float]]
    _outlines: dict[int, Outline | None] = field(default_factory=dict)
    _streets: dict[int, Street] = field(default_factory=dict)

    def outline(self, row: District) -> Outline | None:
        """What the district encloses, read when first asked for."""
        if row.pk not in self._outlines:
            geometry = District.objects.values_list("geometry", flat=True).get(pk=row.pk)
            self._outlines[row.pk] = Outline(geometry) if geometry else None
        return self._outlines[row.pk]

    def streets_in(self, west: float, south: float, east: float, north: float) -> list[Street]:
        """The streets whose box touches this one, by name, with their lines; those of the last places are at hand."""
        touched = [
            pk
            for pk, left, low, right, high in self.boxes
            if left <= east and right >= west and low <= north and high >= south
        ]
        found = {pk: row for pk in touched if (row := self._streets.get(pk))}
        if missing := [pk for pk in touched if pk not in found]:
            if len(self._streets) > MOST_STREETS:
                self._streets.clear()
            fresh = Street.objects.in_bulk(missing)
            self._streets.update(fresh)
            found |= fresh
        return [found[pk] for pk in touched if pk in found]


@kept(MAP)
def ground() -> Ground:
    """Border and districts as they are now."""
    area = MapState.objects.order_by("pk").values_list("area", flat=True).first()
    parts = list(District.objects.filter(gone_at=None).defer("geometry"))
    drawn = set(District.objects.filter(gone_at=None, geometry__isnull=False).values_list("pk", flat=True))
    smallest = sorted(
        (row for row in parts if row.pk in drawn), key=lambda row: (row.east - row.west) * (row.north - row.south)
    )
    boxes = Street.objects.filter(gone_at=None).values_list("pk", "west", "south", "east", "north")
    return Ground(Outline(area) if area else None, parts, smallest, list(boxes))
