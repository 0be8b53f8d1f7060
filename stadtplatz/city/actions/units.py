"""Units and their functions. Who administers a unit changes it and those below; the operator changes all."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.city import facts, rules
from stadtplatz.city.actions.locking import locked, take_over
from stadtplatz.city.models import Function, Unit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.names import slugify_german
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

UNIT_FIELDS = frozenset({"name", "parent", "kind", "task", "phone", "email", "address", "order"})


@transaction.atomic
def open_unit(*, by: Actor, name: str, parent: Unit | None = None, **fields: Any) -> Unit:
    """The unit is part of the organisation. Only for those who administer the unit above; a topmost one only for the operator."""
    insist(by, parent)
    row = Unit(slug=_free_slug(name), name=name, parent=parent, **_known(fields))
    row.save()
    record(facts.UNIT_OPENED, subject=row, by=by, unit=row.slug)
    return row


@transaction.atomic
def change_unit(*, unit: Unit, by: Actor, version: int, **fields: Any) -> Unit:
    """The unit says what the fields say. Refused when it would belong to itself; moving it needs rights on both units above."""
    insist(by, unit)
    row = locked(unit, version)
    parent = fields.get("parent", row.parent)
    if parent != row.parent:
        insist(by, parent)
        if parent and row in rules.above(parent):
            raise ActionRefused(_("A unit cannot belong to itself or to one of its own parts."), code="circle")
    if changed := take_over(row, _known(fields)):
        row.save()
        record(facts.UNIT_CHANGED, subject=row, by=by, unit=row.slug, fields=changed)
    return row


@transaction.atomic
def close_unit(*, unit: Unit, by: Actor, version: int) -> Unit:
    """The unit takes nothing on any more; its duties go to the unit above. Refused for the topmost and while it has open parts."""
    insist(by, unit.parent)
    row = locked(unit, version)
    if row.parent is None:
        raise ActionRefused(_("The topmost unit cannot be closed."), code="topmost")
    if row.parts.filter(closed=False).exists():
        raise ActionRefused(_("This unit has open parts. Close or move them first."), code="has-parts")
    if take_over(row, {"closed": True}):
        row.save()
        record(facts.UNIT_CLOSED, subject=row, by=by, unit=row.slug)
    return row


@transaction.atomic
def add_function(*, unit: Unit, by: Actor, name: str) -> Function:
    """The unit has one more function."""
    insist(by, unit)
    slug = slugify_german(name) or "funktion"
    if Function.objects.filter(unit=unit, slug=slug).exists():
        raise ActionRefused(_("This unit has a function of this name already."), code="taken")
    row = Function.objects.create(unit=unit, slug=slug, name=name)
    record(facts.FUNCTION_ADDED, subject=unit, by=by, unit=unit.slug, function=slug)
    return row


@transaction.atomic
def change_function(*, function: Function, by: Actor, version: int, name: str, closed: bool) -> Function:
    """The function has this name. A closed one stays with those who hold it, but answers for nothing any more."""
    insist(by, function.unit)
    row = locked(function, version)
    if take_over(row, {"name": name, "closed": closed}):
        row.save()
        record(facts.FUNCTION_CHANGED, subject=row.unit, by=by, unit=row.unit.slug, function=row.slug)
    return row


def insist(by: Actor, unit: Unit | None) -> None:
    """NotAllowed unless the actor may edit the unit; without a unit, unless they run the installation."""
    allowed = rules.may_edit_unit(by, unit) if unit else rules.is_operator(by)
    if not allowed:
        raise NotAllowed(_("Only those who administer this unit may change it."))


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - UNIT_FIELDS:
        raise TypeError(f"A unit has no {sorted(unknown)}.")
    return fields


def _free_slug(name: str) -> str:
    base = slugify_german(name, most=50) or "einheit"
    slug, n = base, 2
    while Unit.objects.filter(slug=slug).exists():
        slug, n = f"{base}-{n}", n + 1
    return slug
