"""Who has a report, and who answers for those who have it. Whoever is away is named by their deputy."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from stadtplatz.accounts.models import Person
from stadtplatz.cases.models import Case
from stadtplatz.city import queries as city
from stadtplatz.city.models import Membership, Unit


def who_has(case: Case, at: datetime) -> list[Person]:
    """Whoever has the report, or stands in that day; else all members of the unit; else the heads above it."""
    if case.assignee and (present := city.stand_in(case.assignee, case.unit, at)):
        return [present]
    return [row.person for row in members(case.unit)] or heads_of(case.unit, at)


def heads_of(unit: Unit, at: datetime) -> list[Person]:
    """The heads of the unit; where there is none, those of the nearest unit above."""
    return _heads(unit, at)[0]


def heads_above(unit: Unit, at: datetime) -> list[Person]:
    """The heads of the nearest unit above the one whose heads `heads_of` names; those heads again if there is none above."""
    heads, where = _heads(unit, at)
    above = _heads(where.parent, at)[0] if where and where.parent else []
    return above or heads


def members(unit: Unit) -> list[Membership]:
    """Who works in the unit, in the order they came."""
    return list(_active(unit))


def _heads(unit: Unit | None, at: datetime) -> tuple[list[Person], Unit | None]:
    while unit is not None:
        rows = _active(unit).filter(role__in=(Membership.LEAD, Membership.ADMIN))
        if heads := [city.stand_in(row.person, unit, at) or row.person for row in rows]:
            return list(dict.fromkeys(heads)), unit
        unit = unit.parent
    return [], None


def _active(unit: Unit) -> QuerySet[Membership]:
    held = Membership.objects.filter(unit=unit, ended=False, person__is_active=True)
    return held.select_related("person").order_by("id")
