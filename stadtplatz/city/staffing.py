"""Who looks after what nobody holds in person: one look at all units, their people, and who is away today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from stadtplatz.city.kept import organisation
from stadtplatz.city.models import Unit
from stadtplatz.city.rules import INHERITED
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor, once_a_request


@dataclass(frozen=True)
class Staffing:
    """`people` are in some unit; `stand_ins` say who takes the place of each person who is away today (None: nobody does)."""

    units: dict[int, Unit]
    members: dict[int, dict[int, str]]
    people: frozenset[int]
    stand_ins: dict[int, int | None]

    def roles_of(self, person: int) -> dict[int, str]:
        """The person's role in each of their units."""
        return {unit: roles[person] for unit, roles in self.members.items() if person in roles}

    def stood_in_for_by(self, person: int) -> set[int]:
        """Those who are away and whose place this person takes."""
        return {away for away, here in self.stand_ins.items() if here == person}

    def without_stand_in(self) -> set[int]:
        """Those who are away with nobody in their place: their unit takes it on."""
        return {away for away, here in self.stand_ins.items() if here is None}

    def cared_for_by(self, person: int) -> set[int]:
        """The units whose loose ends are this person's: where they work, and units without people below one that they head."""
        return {unit for unit in self.units if person in self.carers(unit)}

    def carers(self, unit: int) -> set[int]:
        """Everybody in the unit; where nobody is, the heads of the nearest unit above that has one."""
        if self.members.get(unit):
            return set(self.members[unit])
        for above in self._above(unit):
            heads = {person for person, role in self.members.get(above, {}).items() if role in INHERITED}
            if heads:
                return heads
        return set()

    def _above(self, unit: int) -> Iterator[int]:
        seen = {unit}
        while unit in self.units and (parent := self.units[unit].parent_id) is not None and parent not in seen:
            seen.add(parent)
            yield parent
            unit = parent


@once_a_request
def staffing_today(actor: Actor) -> Staffing:
    """The staffing of today, looked up once for all parts of a page."""
    return staffing()


def staffing(at: datetime | None = None) -> Staffing:
    """The staffing of that day, from what is kept of the organisation. Its units are shared and must not be changed."""
    town, day = organisation(), clock.local(at or clock.now()).date()
    members: dict[int, dict[int, str]] = {}
    deputies: dict[int, int] = {}
    for row in town.memberships:
        if row.person.is_active:
            members.setdefault(row.unit_id, {})[row.person_id] = row.role
            if row.deputy_id is not None:
                deputies.setdefault(row.person_id, row.deputy_id)
    people = frozenset(person for roles in members.values() for person in roles)
    away: dict[int, int | None] = {}
    for absence in town.away_on(day):  # of several, the one that ends last comes first
        away.setdefault(absence.person_id, absence.deputy_id)
    stand_ins = {person: _present(person, away, deputies, people) for person in away}
    return Staffing(town.units, members, people, stand_ins)


def _present(person: int, away: dict[int, int | None], deputies: dict[int, int], people: frozenset[int]) -> int | None:
    asked: set[int] = set()
    current: int | None = person
    while current is not None and current in away and current not in asked:
        asked.add(current)
        current = away[current] or deputies.get(current)
    return current if current in people and current not in asked else None
