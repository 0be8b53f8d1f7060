"""Duties: who answers for what. The operator gives them to units; whoever administers a unit says who in it does the work."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Person
from stadtplatz.audit.actions import record
from stadtplatz.city import facts, rules, ruleset
from stadtplatz.city.actions.locking import locked, take_over
from stadtplatz.city.actions.units import insist
from stadtplatz.city.models import Conditions, District, Duty, Function, Membership, Unit
from stadtplatz.city.models.duty import CONDITIONS, signature_of
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


@transaction.atomic
def assign_duty(
    *,
    by: Actor,
    code: str,
    unit: Unit,
    title: str = "",
    district: District | None = None,
    conditions: Conditions | None = None,
    function: Function | None = None,
    person: Person | None = None,
) -> Duty:
    """The unit answers for this from now on; an ended duty of the same code and conditions is taken up again. Operator only.

    Refused when another rule covers the same cases and is just as special: then nobody could say which one counts.
    """
    insist_operator(by)
    wanted = conditions or Conditions(district=district)
    check_conditions(wanted)
    fits_unit(unit, function, person)
    values = {"unit": unit, "function": function, "person": person, "title": title, "ended": False}
    rows = Duty.objects.select_for_update(of=("self",)).filter(planned=False, signature=signature_of(code, wanted))
    row = rows.order_by("ended", "pk").first()
    if row and not row.ended:
        raise taken(row)
    if row:
        take_over(row, values)
    else:
        row = Duty(code=code, **_columns(wanted), **values)
    check_tie(row)
    row.save()
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
    conditions: Conditions | None = None,
) -> Duty:
    """The duty is done as said. Administrators of its unit may change function and person; unit and conditions only the operator.

    Refused as a tie with another rule (see `assign_duty`), and as Stale.
    """
    insist(by, duty.unit)
    row = locked(duty, version)
    wanted = conditions or row.conditions
    if unit != row.unit or wanted != row.conditions:
        insist_operator(by)
        check_conditions(wanted)
    fits_unit(unit, function, person)
    values = {"unit": unit, "title": title, "function": function, "person": person, **_columns(wanted)}
    if take_over(row, values):
        check_tie(row)
        row.save()
        record(facts.DUTY_ASSIGNED, subject=unit, by=by, unit=unit.slug, duty=row.pk, code=row.code)
    return row


@transaction.atomic
def end_duty(*, duty: Duty, by: Actor, version: int) -> Duty:
    """The duty falls back to the more general one. Operator only; what everything else falls back to cannot be ended."""
    insist_operator(by)
    row = locked(duty, version)
    check_endable(row)
    if take_over(row, {"ended": True}):
        row.save()
        record(facts.DUTY_ENDED, subject=row.unit, by=by, unit=row.unit.slug, duty=row.pk, code=row.code)
    return row


def check_tie(row: Duty) -> None:
    """Refuse a rule that another one in force could contradict without either being more special."""
    others = [other for other in ruleset.rules_for([row.code]) if other.pk != row.pk]
    if other := ruleset.tie_of(row, others):
        raise taken(other)


def taken(other: Duty) -> ActionRefused:
    """The refusal that names the rule in the way."""
    values = {"unit": other.unit, "rule": other}
    message = _(
        "“%(rule)s” is given to %(unit)s already for the same cases. Change it there, or say more exactly where or when."
    )
    return ActionRefused(message % values, code="taken")


def check_endable(row: Duty) -> None:
    """Refuse to end what everything else falls back to."""
    if row.code == Duty.EVERYTHING_ELSE and row.conditions == Conditions():
        raise ActionRefused(_("Somebody must answer for everything else."), code="needed")


def check_conditions(given: Conditions) -> None:
    """Refuse hours without an end, days that do not exist, and areas that are no area."""
    if (given.from_time is None) != (given.until_time is None) or (
        given.from_time and given.from_time == given.until_time
    ):
        raise ActionRefused(_("Please give both the first hour and the last one."), code="hours")
    season = [given.season_from, given.season_until]
    if any(season) and not all(_DAY.fullmatch(day) for day in season):
        raise ActionRefused(_("Please give the season as two days like 11-01 and 03-31."), code="season")
    if given.weekdays.strip("1234567"):
        raise ActionRefused(_("Weekdays are digits from 1 to 7."), code="weekdays")
    if given.area is not None and not _sound(given.area):
        raise ActionRefused(_("The area needs at least three corners, and its edges must not cross."), code="area")


def insist_operator(by: Actor) -> None:
    if not rules.is_operator(by):
        raise NotAllowed(_("Only the operator may give duties to units."))


def fits_unit(unit: Unit, function: Function | None, person: Person | None) -> None:
    """Refuse a function or a person of another unit."""
    if function and function.unit_id != unit.pk:
        raise ActionRefused(_("This function belongs to another unit."), code="foreign-function")
    if person and not Membership.objects.filter(person=person, unit=unit, ended=False).exists():
        raise ActionRefused(_("This person does not belong to the unit."), code="foreign-person")


def _columns(conditions: Conditions) -> dict[str, Any]:
    return {name: getattr(conditions, name) for name in CONDITIONS}


def _sound(area: dict[str, Any]) -> bool:
    from shapely.errors import ShapelyError  # fetched when an area was drawn, not by every web process
    from shapely.geometry import shape

    try:
        polygon = shape(area)
        return area["type"] == "Polygon" and len(area["coordinates"]) == 1 and polygon.is_valid and polygon.area > 0
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError):
        return False
