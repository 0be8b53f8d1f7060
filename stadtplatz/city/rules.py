"""Who may do what with the town's organisation."""

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.rules import is_operator, staff_rule
from stadtplatz.city.models import Membership, Unit
from stadtplatz.kit.actors import Actor

INHERITED = (Membership.LEAD, Membership.ADMIN)


def above(unit: Unit) -> list[Unit]:
    """The unit and every unit it belongs to, from near to far."""
    parents = {row.pk: row for row in Unit.objects.all()}
    line: list[Unit] = []
    current: Unit | None = unit
    while current is not None and current not in line:
        line.append(current)
        current = parents.get(current.parent_id) if current.parent_id else None
    return line


def roles_in(actor: Actor, unit: Unit) -> set[str]:
    """The roles the actor has in the unit: those given there, and head or administrator of a unit above."""
    if not actor.is_person:
        return set()
    line = [row.pk for row in above(unit)]
    held = Membership.objects.filter(
        person_id=actor.person_id, person__is_active=True, ended=False, unit_id__in=line
    ).values_list("unit_id", "role")
    return {role for unit_id, role in held if unit_id == unit.pk or role in INHERITED}


def is_member(actor: Actor, unit: Unit | int, roles: tuple[str, ...] | None = None) -> bool:
    """Whether the actor belongs to the unit (in one of these roles). Heads and administrators of a unit above belong to it, too."""
    if isinstance(unit, int):
        unit = Unit.objects.get(pk=unit)
    held = roles_in(actor, unit)
    return bool(held & set(roles)) if roles else bool(held)


def may_edit_unit(actor: Actor, unit: Unit) -> bool:
    """The operator edits every unit; whoever administers a unit edits it and the units below."""
    return is_operator(actor) or is_member(actor, unit, roles=(Membership.ADMIN,))


@staff_rule
def is_staff(actor: Actor) -> bool:
    """Members of any unit are staff."""
    return actor.is_person and Membership.objects.filter(person_id=actor.person_id, ended=False).exists()


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
    "roles_in",
]
