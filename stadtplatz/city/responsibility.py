"""Who answers for something, and why: from a duty and a place to a unit, a function, and whoever is there today."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Person
from stadtplatz.city.conditions import in_words
from stadtplatz.city.models import Absence, Conditions, District, Duty, Function, Membership, Unit
from stadtplatz.city.ruleset import Situation, choose, rules_for
from stadtplatz.kit import clock
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
    rule = choose(rules_for(asked.codes), asked)
    unit = _open_unit(rule.unit if rule else _default_unit())
    function = rule.function if rule and rule.function and not rule.function.closed else None
    wanted = _holder(rule, unit, function)
    present, steps = _present(wanted, unit, clock.local(at).date())
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
    return _present(person, unit, clock.local(at or clock.now()).date())[0]


def unit_for(duty: str) -> Unit:
    """The open unit that answers for the duty in the whole town, without asking who is there today."""
    asked = Situation(duty, None, clock.now())
    rule = choose([row for row in rules_for(asked.codes) if row.conditions == Conditions()], asked)
    return _open_unit(rule.unit if rule else _default_unit())


def answering_unit(rules: list[Duty], *, duty: str, place: tuple[float, float] | None, at: datetime) -> Unit:
    """Which open unit would answer if these were the rules; for trying out rules that do not hold yet."""
    return answering_units([rules], duty=duty, place=place, at=at)[0]


def answering_units(
    sets: list[list[Duty]], *, duty: str, place: tuple[float, float] | None, at: datetime
) -> list[Unit]:
    """As `answering_unit`, for several sets of rules, looking at the place once."""
    asked = Situation(duty, place, at)
    chosen = [choose(rules, asked) for rules in sets]
    return [_open_unit(rule.unit if rule else _default_unit()) for rule in chosen]


def _default_unit() -> Unit:
    open_units = Unit.objects.filter(closed=False)
    unit = open_units.filter(parent=None).first() or open_units.first()
    if unit is None:
        raise NobodyThere(_("This town has no organisation yet. Load a city pack first."))
    return unit


def _open_unit(unit: Unit) -> Unit:
    seen = set()
    while unit.closed and unit.parent and unit.pk not in seen:
        seen.add(unit.pk)
        unit = unit.parent
    return unit if not unit.closed else _default_unit()


def _holder(rule: Duty | None, unit: Unit, function: Function | None) -> Person | None:
    if rule and rule.person and rule.person.is_active:
        return rule.person
    members = Membership.objects.filter(ended=False, person__is_active=True).select_related("person")
    if function and (holder := members.filter(function=function).order_by("id").first()):
        return holder.person
    head = members.filter(unit=unit, role=Membership.LEAD).order_by("id").first()
    return head.person if head else None


def _present(wanted: Person | None, unit: Unit, day: date) -> tuple[Person | None, list[str]]:
    """Follow the deputies until somebody is there; each person is asked once, so that circles end."""
    steps: list[str] = []
    asked: set[int] = set()
    person = wanted
    while person is not None and person.pk not in asked:
        asked.add(person.pk)
        absence = _absence(person, day)
        if absence is None and person.is_active:
            if steps:
                steps.append(_("%(name)s stands in.") % {"name": person})
            return person, steps
        if absence:
            until = date_format(absence.ends_on, _("j F"))
            steps.append(_("%(name)s is away until %(date)s.") % {"name": person, "date": until})
        person = _deputy(person, absence, unit)
    if wanted is not None:
        steps.append(_("Nobody is there to stand in, so %(unit)s takes it on.") % {"unit": unit})
    return None, steps


def _absence(person: Person, day: date) -> Absence | None:
    running = Absence.objects.filter(person=person, starts_on__lte=day, ends_on__gte=day, cancelled=False)
    return running.select_related("deputy").order_by("-ends_on").first()


def _deputy(person: Person, absence: Absence | None, unit: Unit) -> Person | None:
    if absence and absence.deputy:
        return absence.deputy
    standing = Membership.objects.filter(person=person, ended=False, deputy__isnull=False).select_related("deputy")
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
