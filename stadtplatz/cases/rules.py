"""Who may do what with a case. Kinds name these predicates in their flows, or write narrower ones of their own."""

from __future__ import annotations

from dataclasses import dataclass

from stadtplatz.cases.models import Case, CaseTask
from stadtplatz.city.queries import staffing_today
from stadtplatz.city.rules import INHERITED
from stadtplatz.kit.actors import Actor, once_a_request


@dataclass(frozen=True)
class Reach:
    """The units somebody works in (`units`, with those below a unit they head), those they head (`led`), and the people whose
    place they take today, as ids."""

    units: frozenset[int] = frozenset()
    led: frozenset[int] = frozenset()
    stands_in_for: frozenset[int] = frozenset()


@once_a_request
def reach_of(actor: Actor) -> Reach:
    """How far this person's memberships and today's absences of others reach. Running the installation is not a membership."""
    if actor.person_id is None:
        return Reach()
    who = staffing_today(actor)
    held = who.roles_of(actor.person_id)
    heads = {unit for unit, role in held.items() if role in INHERITED}
    led = with_parts(heads, {unit.pk: unit.parent_id for unit in who.units.values()})
    away = who.stood_in_for_by(actor.person_id) if held else set()
    return Reach(frozenset(led | set(held)), frozenset(led), frozenset(away))


def with_parts(units: set[int], parents: dict[int, int | None]) -> set[int]:
    """These units and all units below them."""
    found = set(units)
    while more := {unit for unit, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def link_holder(case: Case) -> Actor:
    """Whoever holds the secret link of this case, and of no other."""
    return Actor("link", f"link:{case.pk}")


def task_holder(task: CaseTask) -> Actor:
    """Whoever holds the link of this task, and of no other."""
    return Actor("link", f"task:{task.pk}")


def is_applicant(actor: Actor, case: Case) -> bool:
    """The person or guest who applied, or somebody with the secret link."""
    if actor.kind == "link":
        return actor.key == f"link:{case.pk}"
    if actor.kind == "guest":
        return actor.guest_id is not None and actor.guest_id == case.applicant_guest_id
    if not actor.is_person:
        return False
    guest = case.applicant_guest
    return actor.person_id == case.applicant_person_id or (guest is not None and guest.person_id == actor.person_id)


def is_applicants_key(key: str, case: Case) -> bool:
    """Whether a recorded fact was done by the applicant's side: by their account or contact, by the secret link, or by nobody known."""
    known = {who.key for who in (case.applicant_person, case.applicant_guest) if who}
    return key in known or key == "anonymous" or key.startswith(("g:", "link"))


def may_handle(actor: Actor, case: Case) -> bool:
    """The responsible person, whoever stands in for them today, the members of the responsible unit, and the heads above it."""
    if not actor.is_person:
        return False
    if case.assignee_id == actor.person_id:
        return True
    reach = _reach(actor, case)
    return case.unit_id in reach.units or case.assignee_id in reach.stands_in_for


def may_lead(actor: Actor, case: Case) -> bool:
    """The head of the responsible unit or of one above it."""
    return actor.is_person and case.unit_id in _reach(actor, case).led


def may_read(actor: Actor, case: Case) -> bool:
    """The applicant, those who handle the case, and units that were asked to do a part of it and have not yet answered.

    A unit that passed the case on does not read it any more; running the installation gives no right to read.
    """
    return is_applicant(actor, case) or may_read_as_staff(actor, case)


def may_read_as_staff(actor: Actor, case: Case) -> bool:
    """Those who handle the case, and units with an open task in it; never the applicant as such."""
    if may_handle(actor, case):
        return True
    if not actor.is_person:
        return False
    asked = set(case.tasks.filter(finished_at=None).exclude(unit=None).values_list("unit_id", flat=True))
    return bool(asked & _reach(actor, case).units)


def may_answer_task(actor: Actor, task: CaseTask) -> bool:
    """Members of the asked unit, holders of the task's link, and those who handle the case."""
    if actor.kind == "link":
        return task.token is not None and actor.key == f"task:{task.pk}"
    if may_handle(actor, task.case):
        return True
    return task.unit_id is not None and task.unit_id in reach_of(actor).units


def is_system(actor: Actor, case: Case) -> bool:
    """Time alone: a timer of this house."""
    return actor.kind == "system"


def _reach(actor: Actor, case: Case) -> Reach:
    """The reach, asked once for each loaded case (a page asks many rules about the same case)."""
    known = case.__dict__.setdefault("_reaches", {})
    if actor.key not in known:
        known[actor.key] = reach_of(actor)
    return known[actor.key]
