"""The organisation as its desk pages show it."""

from dataclasses import dataclass, field

from stadtplatz.accounts.models import Person
from stadtplatz.city import ruleset
from stadtplatz.city.models import Absence, Duty, Function, Membership, Unit
from stadtplatz.city.rules import INHERITED
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor


@dataclass
class Branch:
    """A unit with what belongs to it."""

    unit: Unit
    parts: list["Branch"] = field(default_factory=list)
    head: Person | None = None
    members: int = 0
    duties: int = 0


@dataclass
class UnitPage:
    """All that is shown of one unit."""

    unit: Unit
    line: list[Unit]
    parts: list[Unit]
    functions: list[Function]
    members: list[Membership]
    absences: list[Absence]
    duties: list[Duty]


def tree() -> list[Branch]:
    """All open units as a tree; five queries whatever its size."""
    branches = {unit.pk: Branch(unit) for unit in Unit.objects.filter(closed=False)}
    for member in Membership.objects.filter(ended=False).select_related("person").order_by("id"):
        if branch := branches.get(member.unit_id):
            branch.members += 1
            if member.role in INHERITED and (branch.head is None or member.role == Membership.LEAD):
                branch.head = branch.head or member.person
    for unit_id in Duty.objects.filter(ended=False, planned=False).values_list("unit_id", flat=True):
        if branch := branches.get(unit_id):
            branch.duties += 1
    top: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.unit.parent_id or 0)
        (above.parts if above else top).append(branch)
    return top


def page_of(slug: str) -> UnitPage | None:
    """One unit with functions, members, absences that run or are to come, and duties; five queries. None for an unknown unit."""
    units = {row.pk: row for row in Unit.objects.all()}
    unit = next((row for row in units.values() if row.slug == slug), None)
    if unit is None:
        return None
    line: list[Unit] = []
    current = units.get(unit.parent_id or 0)
    while current is not None and current not in line:
        line.insert(0, current)
        current = units.get(current.parent_id or 0)
    members = list(
        Membership.objects.filter(unit=unit, ended=False).select_related("person", "function", "deputy").order_by("id")
    )
    people = [member.person_id for member in members]
    away = Absence.objects.filter(person__in=people, cancelled=False, ends_on__gte=clock.today())
    return UnitPage(
        unit=unit,
        line=line,
        parts=[row for row in units.values() if row.parent_id == unit.pk and not row.closed],
        functions=list(unit.functions.all()),
        members=members,
        absences=list(away.select_related("person", "deputy")),
        duties=list(
            unit.duties.filter(ended=False, planned=False)
            .select_related("district", "street", "function", "person")
            .defer("district__geometry", "street__lines")
        ),
    )


def away_today() -> list[Absence]:
    """Who is away today."""
    day = clock.today()
    running = Absence.objects.filter(cancelled=False, starts_on__lte=day, ends_on__gte=day)
    return list(running.select_related("person", "deputy"))


def all_duties() -> list[Duty]:
    """All rules in force, by code and from special to general; what answers for everything else comes last."""
    rows = sorted(ruleset.rules_in_force(), key=lambda duty: (duty.code, *(-part for part in ruleset.rank(duty))))
    return sorted(rows, key=lambda duty: duty.code == Duty.EVERYTHING_ELSE)


def planned_changes() -> list[Duty]:
    """What is planned, oldest first, each with the rule it replaces."""
    rows = Duty.objects.filter(planned=True).select_related(
        "unit", "district", "street", "function", "person", "replaces__unit"
    )
    return list(rows.defer("district__geometry", "street__lines").order_by("pk"))


def editable_units(actor: Actor, is_operator: bool) -> set[int]:
    """The units the actor may edit: all for the operator, else those they administer and the ones below. Two queries."""
    units = list(Unit.objects.values_list("pk", "parent_id"))
    if is_operator:
        return {pk for pk, _parent in units}
    own = Membership.objects.filter(person_id=actor.person_id, ended=False, role=Membership.ADMIN)
    reached = set(own.values_list("unit_id", flat=True))
    while more := {pk for pk, parent in units if parent in reached} - reached:
        reached |= more
    return reached
