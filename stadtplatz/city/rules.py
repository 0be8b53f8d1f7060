"""Who may do what with the town's organisation."""

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.rules import is_operator, staff_rule
from stadtplatz.city.kept import organisation
from stadtplatz.city.models import Membership, Unit
from stadtplatz.kit.actors import Actor, once_a_request

INHERITED = (Membership.LEAD, Membership.ADMIN)


def above(unit: Unit) -> list[Unit]:
    """The unit and every unit it belongs to, from near to far."""
    parents = organisation().units
    line: list[Unit] = []
    current: Unit | None = unit
    while current is not None and current not in line:
        line.append(current)
        current = parents.get(current.parent_id) if current.parent_id else None
    return line


def roles_in(actor: Actor, unit: Unit, line_above: list[Unit] | None = None) -> set[str]:
    """The roles the actor has in the unit: those given there, and head or administrator of a unit above (which the caller may know)."""
    held = memberships(actor)
    if not any(role in INHERITED for role in held.values()):
        return {held[unit.pk]} if unit.pk in held else set()
    line = [row.pk for row in (above(unit) if line_above is None else line_above)]
    return {role for row, role in held.items() if row == unit.pk or (row in line and role in INHERITED)}


def is_member(actor: Actor, unit: Unit | int, roles: tuple[str, ...] | None = None) -> bool:
    """Whether the actor belongs to the unit (in one of these roles). Heads and administrators of a unit above belong to it, too."""
    if isinstance(unit, int):
        unit = Unit.objects.get(pk=unit)
    held = roles_in(actor, unit)
    return bool(held & set(roles)) if roles else bool(held)


@once_a_request
def memberships(actor: Actor) -> dict[int, str]:
    """The roles of this person by the id of the unit; memberships that ended do not count."""
    if not actor.is_person:
        return {}
    held = organisation().memberships
    return {row.unit_id: row.role for row in held if row.person_id == actor.person_id and row.person.is_active}


def may_edit_unit(actor: Actor, unit: Unit) -> bool:
    """The operator edits every unit; whoever administers a unit edits it and the units below."""
    return is_operator(actor) or is_member(actor, unit, roles=(Membership.ADMIN,))


@staff_rule
def is_staff(actor: Actor) -> bool:
    """Members of any unit are staff."""
    return bool(memberships(actor))


def may_note_absence(actor: Actor, person: Person, unit: Unit) -> bool:
    """The person; heads and administrators of a unit the person belongs to; the operator."""
    if actor.person_id == person.pk or is_operator(actor):
        return True
    belongs = Membership.objects.filter(person=person, unit=unit, ended=False).exists()
    return belongs and is_member(actor, unit, roles=INHERITED)


__all__ = [
    "INHERITED",
    "above",
    "is_member",
    "is_operator",
    "is_staff",
    "may_edit_unit",
    "may_note_absence",
    "memberships",
    "roles_in",
]
