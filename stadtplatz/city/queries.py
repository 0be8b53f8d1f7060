"""What other domains may ask about the town."""

from datetime import timedelta

from django.db.models import QuerySet

from stadtplatz.city.addresses import AddressHit, find_addresses
from stadtplatz.city.kept import ground, organisation
from stadtplatz.city.models import Absence, District, MapState, Membership, Place, Unit
from stadtplatz.city.responsibility import (
    NobodyThere,
    Responsibility,
    answering_unit,
    answering_units,
    responsible_for,
    stand_in,
    unit_for,
    works_for,
)
from stadtplatz.city.rules import INHERITED, is_member
from stadtplatz.city.ruleset import rules_as_planned, rules_in_force
from stadtplatz.city.spots import Spot, box, district_line, inside_town, metres_between, spot
from stadtplatz.city.staffing import Staffing, staffing, staffing_today
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor


def public_name(*, person: int, unit: int) -> str:
    """The person's name if the city publishes who holds this post in the unit; otherwise empty."""
    rows = organisation().memberships
    return next((row.person.name for row in rows if row.named and row.person_id == person and row.unit_id == unit), "")


def units_of(actor: Actor) -> list[Unit]:
    """The open units the actor belongs to; heads and administrators also belong to the units below theirs."""
    if actor.person_id is None:
        return []
    who = staffing_today(actor)
    held = who.roles_of(actor.person_id)
    reached, inherited = set(held), {unit for unit, role in held.items() if role in INHERITED}
    while more := {u.pk for u in who.units.values() if u.parent_id in inherited} - inherited:
        inherited |= more
        reached |= more
    return [unit for unit in who.units.values() if unit.pk in reached and not unit.closed]


def absences_near(actor: Actor, days: int = 14) -> list[Absence]:
    """Who of the actor's units is away today or soon, by first day; nobody's reasons. Three queries."""
    day, units = clock.today(), units_of(actor)
    people = Membership.objects.filter(unit__in=units, ended=False).values("person")
    rows = Absence.objects.filter(person__in=people, cancelled=False, ends_on__gte=day)
    return list(rows.filter(starts_on__lte=day + timedelta(days=days)).select_related("person", "deputy"))


def places(*kinds: str) -> QuerySet[Place]:
    """The places of these kinds that are on the map and not hidden; all kinds when none is named."""
    shown = Place.objects.filter(gone_at=None, hidden_at=None).select_related("district").defer("district__geometry")
    return shown.filter(kind__in=kinds) if kinds else shown


def districts() -> QuerySet[District]:
    """The parts of the town, by name."""
    return District.objects.filter(gone_at=None).defer("geometry")


def parts_of_town() -> list[District]:
    """As `districts`, from what is kept; shared by everybody, not to be changed."""
    return ground().parts


def map_state() -> MapState | None:
    """How old the map is and where it comes from; None before the first import."""
    return MapState.objects.defer("area").order_by("pk").first()


__all__ = [
    "AddressHit",
    "NobodyThere",
    "Responsibility",
    "Spot",
    "Staffing",
    "absences_near",
    "answering_unit",
    "answering_units",
    "box",
    "district_line",
    "districts",
    "find_addresses",
    "inside_town",
    "is_member",
    "map_state",
    "metres_between",
    "parts_of_town",
    "places",
    "public_name",
    "responsible_for",
    "rules_as_planned",
    "rules_in_force",
    "spot",
    "staffing",
    "staffing_today",
    "stand_in",
    "unit_for",
    "units_of",
    "works_for",
]
