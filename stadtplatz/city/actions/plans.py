"""Planned changes of the rules: written down and tried out before they hold."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Person
from stadtplatz.city.actions.duties import (
    assign_duty,
    change_duty,
    check_conditions,
    check_endable,
    end_duty,
    fits_unit,
    insist_operator,
)
from stadtplatz.city.models import Conditions, Duty, Function, Unit
from stadtplatz.city.models.duty import CONDITIONS
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused


@transaction.atomic
def plan_duty(
    *,
    by: Actor,
    code: str,
    unit: Unit,
    title: str = "",
    function: Function | None = None,
    person: Person | None = None,
    conditions: Conditions | None = None,
    replaces: Duty | None = None,
) -> Duty:
    """The change is written down and holds nowhere yet; an earlier plan for the same rule makes way. Operator only.

    Without `replaces` the plan is a new rule. Ties are refused when the plan is adopted.
    """
    insist_operator(by)
    wanted = conditions or (replaces.conditions if replaces else Conditions())
    check_conditions(wanted)
    fits_unit(unit, function, person)
    _make_way(replaces)
    return Duty.objects.create(
        code=replaces.code if replaces else code,
        unit=unit,
        title=title,
        function=function,
        person=person,
        replaces=replaces,
        planned=True,
        **{name: getattr(wanted, name) for name in CONDITIONS},
    )


@transaction.atomic
def plan_end(*, by: Actor, duty: Duty) -> Duty:
    """The rule is to end when the plan is adopted. Operator only; what everything else falls back to stays."""
    insist_operator(by)
    check_endable(duty)
    _make_way(duty)
    columns = {name: getattr(duty, name) for name in CONDITIONS}
    return Duty.objects.create(
        code=duty.code, unit=duty.unit, title=duty.title, replaces=duty, planned=True, ended=True, **columns
    )


@transaction.atomic
def drop_plan(*, by: Actor, plan: Duty) -> None:
    """The planned change is forgotten. Operator only."""
    insist_operator(by)
    Duty.objects.filter(pk=plan.pk, planned=True).delete()


@transaction.atomic
def adopt_plan(*, by: Actor) -> int:
    """All planned changes hold from now on and each is recorded as such; returns how many. Operator only; all of them or none.

    Ends come first, so that a new rule may take the place of an ended one. Refused when a change would tie with another rule, and
    when a rule was ended since the plan was made.
    """
    insist_operator(by)
    plans = list(
        Duty.objects.filter(planned=True)
        .select_related("unit", "function", "person", "replaces")
        .order_by("-ended", "pk")
    )
    Duty.objects.filter(pk__in=[plan.pk for plan in plans]).delete()
    for plan in plans:
        _adopt(plan, by)
    return len(plans)


def _adopt(plan: Duty, by: Actor) -> None:
    who: dict[str, Any] = {"unit": plan.unit, "title": plan.title, "function": plan.function, "person": plan.person}
    old = plan.replaces
    if old is None:
        assign_duty(by=by, code=plan.code, conditions=plan.conditions, **who)
    elif old.ended:
        raise ActionRefused(
            _("“%(rule)s” was ended in the meantime. Please drop this plan.") % {"rule": old}, code="ended"
        )
    elif plan.ended:
        end_duty(duty=old, by=by, version=old.version)
    else:
        change_duty(duty=old, by=by, version=old.version, conditions=plan.conditions, **who)


def _make_way(rule: Duty | None) -> None:
    if rule is not None:
        Duty.objects.filter(replaces=rule, planned=True).delete()
