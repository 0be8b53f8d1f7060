"""From passing on to a better rule."""

from __future__ import annotations

from stadtplatz.city import actions as city
from stadtplatz.city import queries as towns
from stadtplatz.city.models import Conditions, District, Duty, Unit
from stadtplatz.kit.actors import Actor
from stadtplatz.tickets.models import Category


def plan_as_passed_on(*, category: Category, district: District | None, taker: Unit, by: Actor) -> Duty:
    """The rule that would have sent these reports to the right unit at once is planned; nothing changes until the plan is adopted.

    A rule for exactly this duty and district is changed, otherwise a new one is planned. Operator only.
    """
    wanted = Conditions(district=district)
    same = (row for row in towns.rules_in_force() if row.code == category.duty and row.conditions == wanted)
    old = next(same, None)
    title = old.title if old else category.name[:120]
    return city.plan_duty(by=by, code=category.duty, unit=taker, title=title, conditions=wanted, replaces=old)
