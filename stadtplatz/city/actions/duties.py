"""Duties: who answers for what. The operator gives them to units; whoever administers a unit says who in it does the work."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Person
from stadtplatz.audit.actions import record
from stadtplatz.city import facts, rules
from stadtplatz.city.actions.locking import locked, take_over
from stadtplatz.city.actions.units import insist
from stadtplatz.city.models import District, Duty, Function, Membership, Unit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed


@transaction.atomic
def assign_duty(
    *,
    by: Actor,
    code: str,
    unit: Unit,
    title: str = "",
    district: District | None = None,
    function: Function | None = None,
    person: Person | None = None,
) -> Duty:
    """The unit answers for this from now on; an ended duty of the same code and district is taken up again. Operator only."""
    _insist_operator(by)
    _fits(unit, function, person)
    values = {"unit": unit, "function": function, "person": person, "title": title, "ended": False}
    row = Duty.objects.select_for_update().filter(code=code, district=district).order_by("pk").first()
    if row and not row.ended:
        raise ActionRefused(
            _("This duty is given to %(unit)s already. Change it there.") % {"unit": row.unit}, code="taken"
        )
    if row:
        take_over(row, values)
        row.save()
    else:
        row = Duty.objects.create(code=code, district=district, **values)
    record(facts.DUTY_ASSIGNED, subject=unit, by=by, unit=unit.slug, duty=row.pk, code=code)
    return row


@transaction.atomic
def change_duty(
    *,
    duty: Duty,
    by: Actor,
    version: int,
    unit: Unit,
    title: str,
    function: Function | None,
    person: Person | None,
) -> Duty:
    """The duty is done as said. Administrators of its unit may change function and person; another unit only the operator."""
    insist(by, duty.unit)
    row = locked(duty, version)
    if unit != row.unit:
        _insist_operator(by)
    _fits(unit, function, person)
    if take_over(row, {"unit": unit, "title": title, "function": function, "person": person}):
        row.save()
        record(facts.DUTY_ASSIGNED, subject=unit, by=by, unit=unit.slug, duty=row.pk, code=row.code)
    return row


@transaction.atomic
def end_duty(*, duty: Duty, by: Actor, version: int) -> Duty:
    """The duty falls back to the more general one. Operator only; what everything else falls back to cannot be ended."""
    _insist_operator(by)
    row = locked(duty, version)
    if row.code == Duty.EVERYTHING_ELSE:
        raise ActionRefused(_("Somebody must answer for everything else."), code="needed")
    if take_over(row, {"ended": True}):
        row.save()
        record(facts.DUTY_ENDED, subject=row.unit, by=by, unit=row.unit.slug, duty=row.pk, code=row.code)
    return row


def _insist_operator(by: Actor) -> None:
    if not rules.is_operator(by):
        raise NotAllowed(_("Only the operator may give duties to units."))


def _fits(unit: Unit, function: Function | None, person: Person | None) -> None:
    if function and function.unit_id != unit.pk:
        raise ActionRefused(_("This function belongs to another unit."), code="foreign-function")
    if person and not Membership.objects.filter(person=person, unit=unit, ended=False).exists():
        raise ActionRefused(_("This person does not belong to the unit."), code="foreign-person")
