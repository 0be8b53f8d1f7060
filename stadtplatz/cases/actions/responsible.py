"""Who is responsible for a case: exactly one unit at any time, and one person as soon as there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Person
from stadtplatz.audit.actions import record
from stadtplatz.cases import facts, rules
from stadtplatz.cases.actions.locking import lock, save_changed
from stadtplatz.cases.models import Case
from stadtplatz.city.models import Function, Unit
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

FIELDS = ("unit", "function", "assignee", "deputy_for", "why_responsible")


@dataclass(frozen=True)
class Hand:
    """Into whose hands a case comes, and why. `city.queries.responsible_for` answers with something of this shape."""

    unit: Unit
    function: Function | None = None
    person: Person | None = None
    deputy_for: Person | None = None
    reason: str = ""


@transaction.atomic
def assign(case: Case, *, to: Hand, by: Actor, at: datetime | None = None) -> Case:
    """This person of the responsible unit has the case from now on. The applicant reads which unit it is, and the name only where the city publishes it.

    Refused for a closed case, for a unit other than the present one (pass it on instead), and to everybody outside the unit.
    """
    case, at = lock(case), at or clock.now()
    if not rules.may_handle(by, case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if case.closed_at or to.unit.pk != case.unit_id:
        raise ActionRefused(_("This can only be given to somebody in the responsible unit."), code="other-unit")
    put_into(case, to)
    record(facts.ASSIGNED, subject=case, by=by, at=at, **hand_keys(to))
    save_changed(case, at, *FIELDS)
    return case


def pass_on(
    case: Case, *, to: Hand, reason: str, by: Actor, expected_version: int | None = None, at: datetime | None = None
) -> Case:
    """Another unit is responsible and has yet to accept; pass-ons are counted. The reason stays inside the house.

    The applicant reads which unit has it now. Refused without a reason, to the unit that already has it, and by anybody but the
    responsible unit. Every flow that allows this has a move called `pass_on`.
    """
    from stadtplatz.cases.actions.moving import advance

    if to.unit.pk == case.unit_id and to.person is None and to.function is None:
        raise ActionRefused(_("This unit is already responsible."), code="same-unit")
    return advance(case, move="pass_on", by=by, words=reason, to=to, expected_version=expected_version, at=at)


def put_into(case: Case, to: Hand) -> None:
    """Write the hand into the case; the caller saves it."""
    case.unit, case.function, case.assignee = to.unit, to.function, to.person
    case.deputy_for, case.why_responsible = to.deputy_for, str(to.reason)[:400]


def hand_keys(to: Hand) -> dict[str, str | None]:
    """The hand as keys of a fact."""
    return {
        "unit": to.unit.slug,
        "person": to.person.key if to.person else None,
        "deputy_for": to.deputy_for.key if to.deputy_for else None,
    }
