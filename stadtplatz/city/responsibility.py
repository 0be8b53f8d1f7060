"""Who answers for something, and why: from a duty and a place to a unit, a function, and whoever is there today."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Person
from stadtplatz.city.conditions import in_words
from stadtplatz.city.kept import Organisation, organisation
from stadtplatz.city.models import Absence, Conditions, District, Duty, Function, Membership, Unit
from stadtplatz.city.rules import is_member
from stadtplatz.city.ruleset import Situation, choose
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused


class NobodyThere(ActionRefused):
    """This installation has no organisation at all: load a city pack first."""

    code = "no-organisation"


@dataclass(frozen=True)
class Responsibility:
    """`reason` names people and is for staff; `public_reason` names the function only."""

    unit: Unit
    function: Function | None
    person: Person | None
    deputy_for: Person | None
    reason: str
    public_reason: str
    duty: Duty | None = None


def responsible_for(
    *,
    duty: str,
    place: tuple[float, float] | None = None,
    at: datetime | None = None,
    districts: list[District] | None = None,
) -> Responsibility:
    """The answer is always somebody's: the most special rule that fits wins (see `ruleset`), whatever the order of a list.

    Closed units hand over to the unit above. Whoever is away is stood in for by the deputy of the absence, else by the standing
    deputy; if all are away, the unit answers. Who has asked for the `district_line` of the place already gives it.
    """
    at = at or clock.now()
    asked = Situation(duty, place, at)
    if districts is not None:
        asked.districts = {row.pk for row in districts}
    town = organisation()
    rule = choose(town.rules_for(asked.codes), asked)
    unit = _answering(rule, town)
    function = rule.function if rule and rule.function and not rule.function.closed else None
    wanted = _holder(rule, unit, function, town)
    present, steps = _present(wanted, unit, clock.local(at).date(), town)
    because = _rule_sentence(rule, unit, function)
    return Responsibility(
        unit=unit,
        function=function,
        person=present,
        deputy_for=wanted if present and present != wanted else None,
        reason=" ".join([because, *steps]),
        public_reason=because,
        duty=rule,
    )


def stand_in(person: Person, unit: Unit, at: datetime | None = None) -> Person | None:
    """The person if there that day, else whoever stands in for them; None if nobody does."""
    return _present(person, unit, clock.local(at or clock.now()).date(), organisation())[0]


def unit_for(duty: str) -> Unit:
    """The open unit that answers for the duty in the whole town, without asking who is there today."""
    asked, town = Situation(duty, None, clock.now()), organisation()
    rule = choose([row for row in town.rules_for(asked.codes) if row.conditions == Conditions()], asked)
    return _answering(rule, town)


def works_for(actor: Actor, duty: str) -> bool:
    """Whether the actor belongs to the unit that answers for the duty in the whole town; nobody does in a town without organisation."""
    try:
        return is_member(actor, unit_for(duty))
    except NobodyThere:
        return False


def answering_unit(rules: list[Duty], *, duty: str, place: tuple[float, float] | None, at: datetime) -> Unit:
    """Which open unit would answer if these were the rules; for trying out rules that do not hold yet."""
    return answering_units([rules], duty=duty, place=place, at=at)[0]


def answering_units(
    sets: list[list[Duty]], *, duty: str, place: tuple[float, float] | None, at: datetime
) -> list[Unit]:
    """As `answering_unit`, for several sets of rules, looking at the place once."""
    asked, town = Situation(duty, place, at), organisation()
    return [_answering(choose(rules, asked), town) for rules in sets]


def _answering(rule: Duty | None, town: Organisation) -> Unit:
    """The unit of the rule, or the nearest open one above it."""
    unit, seen = rule.unit if rule else None, set()
    while unit is not None and unit.closed and unit.pk not in seen:
        seen.add(unit.pk)
        unit = unit.parent
    return unit if unit is not None and not unit.closed else _default_unit(town)


def _default_unit(town: Organisation) -> Unit:
    """The first open unit that belongs to no other, in the order of lists."""
    open_units = [unit for unit in town.units.values() if not unit.closed]
    unit = min(open_units, key=lambda unit: unit.parent_id is not None, default=None)
    if unit is None:
        raise NobodyThere(_("This town has no organisation yet. Load a city pack first."))
    return unit


def _holder(rule: Duty | None, unit: Unit, function: Function | None, town: Organisation) -> Person | None:
    if rule and rule.person and rule.person.is_active:
        return rule.person
    members = [row for row in town.memberships if row.person.is_active]
    if function and (holder := next((row for row in members if row.function_id == function.pk), None)):
        return holder.person
    heads = (row for row in members if row.unit_id == unit.pk and row.role == Membership.LEAD)
    return next((row.person for row in heads), None)


def _present(wanted: Person | None, unit: Unit, day: date, town: Organisation) -> tuple[Person | None, list[str]]:
    """Follow the deputies until somebody is there; each person is asked once, so that circles end."""
    steps: list[str] = []
    asked: set[int] = set()
    person, away = wanted, town.away_on(day) if wanted else []
    while person is not None and person.pk not in asked:
        asked.add(person.pk)
        absence = next((row for row in away if row.person_id == person.pk), None)
        if absence is None and person.is_active:
            if steps:
                steps.append(_("%(name)s stands in.") % {"name": person})
            return person, steps
        if absence:
            until = date_format(absence.ends_on, _("j F"))
            steps.append(_("%(name)s is away until %(date)s.") % {"name": person, "date": until})
        person = _deputy(person, absence, unit, town)
    if wanted is not None:
        steps.append(_("Nobody is there to stand in, so %(unit)s takes it on.") % {"unit": unit})
    return None, steps


def _deputy(person: Person, absence: Absence | None, unit: Unit, town: Organisation) -> Person | None:
    if absence and absence.deputy:
        return absence.deputy
    standing = (row for row in town.memberships if row.person_id == person.pk and row.deputy)
    here = sorted(standing, key=lambda row: (row.unit_id != unit.pk, row.pk))
    return here[0].deputy if here else None


def _rule_sentence(rule: Duty | None, unit: Unit, function: Function | None) -> str:
    who = f"{unit} ({function})" if function else str(unit)
    if rule is None or rule.code == Duty.EVERYTHING_ELSE:
        return _("No special rule covers this, so %(who)s answers for it.") % {"who": who}
    values = {"who": who, "what": rule, "district": rule.district}
    if rule.district:
        sentence = _("In %(district)s, “%(what)s” is the duty of %(who)s.") % values
    else:
        sentence = _("“%(what)s” is the duty of %(who)s.") % values
    narrowed = in_words(rule.conditions, with_district=False)
    return (
        sentence + " " + _("The rule holds for: %(conditions)s.") % {"conditions": narrowed} if narrowed else sentence
    )
