"""organisation.yaml and the references of duties.yaml: units, functions, people, absences."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.db.models import F
from django.utils.translation import gettext as _

from stadtplatz.accounts.actions import create_person
from stadtplatz.accounts.models import Person
from stadtplatz.city.models import Absence, Function, Membership, Unit
from stadtplatz.city.schemas import DUTIES, ORGANISATION
from stadtplatz.kit import clock, packs
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.packs import Document, Part, Problem, Report, fingerprint, keep_row, untouched

_UNIT_FIELDS = ["slug", "name", "parent", "kind", "task", "phone", "email", "address", "order", "closed"]
_FUNCTION_FIELDS = ["unit", "slug", "name", "closed"]
_MEMBER_FIELDS = ["person", "unit", "role", "function", "deputy", "named", "ended"]


def read(folder: Path) -> Document:
    """The checked organisation.yaml; a pack without one has no units."""
    if not (folder / "organisation.yaml").exists():
        return Document("organisation.yaml", {"units": []}, {})
    return packs.read(folder / "organisation.yaml", ORGANISATION)


def read_duties(folder: Path) -> Document:
    """The checked duties.yaml; a pack without one leaves everything to the topmost unit."""
    if not (folder / "duties.yaml").exists():
        return Document("duties.yaml", {"duties": []}, {})
    return packs.read(folder / "duties.yaml", DUTIES)


def check(folder: Path) -> list[Problem]:
    """Every unit, function and person that is referred to exists, and nothing stands twice."""
    document = read(folder)
    functions: dict[str, set[str]] = {}
    problems: list[Problem] = []
    for unit, _parent, at in walk(document.data["units"]):
        if unit["slug"] in functions:
            problems.append(document.problem(_("The unit “%(slug)s” stands here twice.") % unit, *at, "slug"))
        functions[unit["slug"]] = {row["slug"] for row in unit.get("functions", [])}
    problems += _check_people(document, functions)
    emails = {row["email"] for row in document.data.get("people", [])}
    duties = read_duties(folder)
    lines = [(("default",), duties.data["default"])] if "default" in duties.data else []
    lines += [(("duties", index), row) for index, row in enumerate(duties.data["duties"])]
    for at, row in lines:
        problems += _check_reference(duties, at, row, functions, emails)
    return problems + _check_doubled(duties)


def walk(units: list[dict], parent: str = "", at: Part = ("units",)) -> Iterator[tuple[dict, str, Part]]:
    """Each unit with its parent's slug and its place in the file, parents first."""
    for index, unit in enumerate(units):
        here = (*at, index)
        yield unit, parent, here
        yield from walk(unit.get("parts", []), unit["slug"], (*here, "parts"))


def load(folder: Path, by: Actor) -> Report:
    """Units, functions, people and absences are as the pack says; what it no longer names is closed or ended."""
    document, report = read(folder), Report()
    named: set[int] = set()
    roles: set[int] = set()
    for order, (unit, parent, _at) in enumerate(walk(document.data["units"])):
        row = _load_unit(unit, parent, order, report)
        named.add(row.pk)
        for function in unit.get("functions", []):
            values = {"name": function["name"], "closed": False}
            key = {"unit": row, "slug": function["slug"]}
            roles.add(keep_row(Function, key, values, report, name=f"{row}: {function['name']}").pk)
    members = _load_people(document.data.get("people", []), report)
    _load_absences(document.data.get("absences", []), report)
    drop(Membership.objects.exclude(pk__in=members).filter(ended=False), "ended", _MEMBER_FIELDS, report)
    drop(Function.objects.exclude(pk__in=roles).filter(closed=False), "closed", _FUNCTION_FIELDS, report)
    drop(Unit.objects.exclude(pk__in=named).filter(closed=False), "closed", _UNIT_FIELDS, report)
    return report


def _load_unit(unit: dict, parent: str, order: int, report: Report) -> Unit:
    texts = {name: unit.get(name, "") for name in ("name", "task", "phone", "email", "address")}
    above = Unit.objects.get(slug=parent) if parent else None
    values = {**texts, "parent": above, "kind": unit.get("kind", Unit.OFFICE), "order": order, "closed": False}
    return keep_row(Unit, {"slug": unit["slug"]}, values, report)


def _load_people(people: list[dict], report: Report) -> list[int]:
    known = {row["email"]: _person(row) for row in people}
    members = []
    for row in people:
        unit = Unit.objects.get(slug=row["unit"])
        values = {
            "role": row.get("role", Membership.MEMBER),
            "function": Function.objects.filter(unit=unit, slug=row.get("function", "")).first(),
            "deputy": known.get(row.get("deputy", "")),
            "named": row.get("named", False),
            "ended": False,
        }
        member = keep_row(Membership, {"person": known[row["email"]], "unit": unit}, values, report)
        members.append(member.pk)
    return members


def _person(row: dict) -> Person:
    known = Person.objects.filter(email=row["email"].lower()).first()
    return known or create_person(email=row["email"], name=row["name"])


def _load_absences(absences: list[dict], report: Report) -> None:
    """An absence is made once: days from today count from the first load, and what staff make of it later stays."""
    for row in absences:
        digest = fingerprint(row)
        if Absence.objects.filter(from_pack=digest).exists():
            continue
        person = Person.objects.get(email=row["person"].lower())
        deputy = Person.objects.filter(email=row.get("deputy", "").lower()).first()
        starts, ends = day(row["from"]), day(row["until"])
        made = Absence.objects.create(person=person, starts_on=starts, ends_on=ends, deputy=deputy, from_pack=digest)
        report.created.append(str(made))


def day(value: int | str) -> date:
    """A day of the pack: a date, or a number of days from today."""
    return clock.today() + timedelta(days=value) if isinstance(value, int) else date.fromisoformat(value)


def drop(rows, flag: str, fields: list[str], report: Report) -> None:
    for row in rows.exclude(from_pack=""):
        if untouched(row, fields):
            type(row).objects.filter(pk=row.pk).update(**{flag: True, "version": F("version") + 1, "from_pack": ""})
            report.removed.append(str(row))
        else:
            report.kept.append(str(row))


def _check_people(document: Document, functions: dict[str, set[str]]) -> list[Problem]:
    problems: list[Problem] = []
    people = document.data.get("people", [])
    emails = {row["email"] for row in people}
    seen: set[tuple[str, str]] = set()
    for index, row in enumerate(people):
        at = ("people", index)
        problems += _check_reference(document, at, row, functions, emails)
        if (row["email"], row["unit"]) in seen:
            problems.append(document.problem(_("%(email)s is in the unit “%(unit)s” twice.") % row, *at))
        seen.add((row["email"], row["unit"]))
    for index, row in enumerate(document.data.get("absences", [])):
        at = ("absences", index)
        problems += _check_reference(document, at, row, functions, emails)
        try:
            if day(row["until"]) < day(row["from"]):
                problems.append(document.problem(_("The absence ends before it begins."), *at, "until"))
        except ValueError:
            problems.append(document.problem(_("This day does not exist."), *at))
    return problems


def _check_reference(
    document: Document, at: Part, row: dict, functions: dict[str, set[str]], emails: set[str]
) -> list[Problem]:
    problems = []
    unit = row.get("unit")
    if unit and unit not in functions:
        problems.append(document.problem(_("There is no unit “%(unit)s”.") % row, *at, "unit"))
    elif row.get("function") and row["function"] not in functions[row["unit"]]:
        message = _("The unit “%(unit)s” has no function “%(function)s”.") % row
        problems.append(document.problem(message, *at, "function"))
    for name in ("person", "deputy"):
        if row.get(name) and row[name] not in emails:
            message = _("“%(email)s” is not among the people of organisation.yaml.") % {"email": row[name]}
            problems.append(document.problem(message, *at, name))
    return problems


_CONDITIONS = ("district", "street", "street_class", "area", "weekdays", "hours", "season")


def _check_doubled(duties: Document) -> list[Problem]:
    seen: set[tuple[str, ...]] = set()
    problems = []
    for index, row in enumerate(duties.data["duties"]):
        key = (row["code"], *(str(row.get(name, "")) for name in _CONDITIONS))
        if key in seen:
            message = _("The duty “%(code)s” stands here twice for the same cases.") % row
            problems.append(duties.problem(message, "duties", index))
        seen.add(key)
    return problems
