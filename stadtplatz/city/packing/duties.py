"""duties.yaml: who answers for what."""

from datetime import time
from pathlib import Path

from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Person
from stadtplatz.city.models import Conditions, District, Duty, Function, Street, Unit
from stadtplatz.city.models.duty import CONDITIONS, signature_of
from stadtplatz.city.packing.organisation import drop, read_duties
from stadtplatz.city.ruleset import rules_in_force, tie_of
from stadtplatz.kit.packs import Document, PackBroken, Report, keep_row

_FIELDS = ["code", "signature", "planned", *CONDITIONS, "unit", "function", "person", "title", "ended"]
_WEEKDAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"]


def load_duties(folder: Path) -> Report:
    """Duties are as the pack says. A line for a district that is not on the map is left out, and the report says so."""
    document, report = read_duties(folder), Report()
    rows = list(document.data["duties"])
    if "default" in document.data:
        rows.append({"code": Duty.EVERYTHING_ELSE, **document.data["default"]})
    named: dict[int, int] = {}
    for index, row in enumerate(rows):
        district = None
        if row.get("district"):
            district = District.objects.filter(name=row["district"], gone_at=None).first()
            if district is None:
                report.notes.append(
                    _("%(code)s: “%(district)s” is no district on the map, the line is left out.") % row
                )
                continue
        street = None
        if row.get("street"):
            street = _street(row["street"], district)
            if street is None:
                report.notes.append(_("%(code)s: “%(street)s” is no street on the map, the line is left out.") % row)
                continue
        conditions = Conditions(district=district, street=street, **_when(row))
        key = {"code": row["code"], "signature": signature_of(row["code"], conditions), "planned": False}
        values = {**{name: getattr(conditions, name) for name in CONDITIONS}, **_values(row)}
        named[keep_row(Duty, key, values, report).pk] = index
    drop(Duty.objects.exclude(pk__in=named).filter(ended=False, planned=False), "ended", _FIELDS, report)
    _refuse_ties(document, named)
    return report


def _refuse_ties(document: Document, named: dict[int, int]) -> None:
    holding = rules_in_force()
    for rule in holding:
        if other := tie_of(rule, holding):
            values = {"rule": rule, "other": other, "unit": other.unit}
            text = (
                _("“%(rule)s” and “%(other)s” (%(unit)s) cover the same cases, and neither is more special.") % values
            )
            raise PackBroken([document.problem(text, "duties", named.get(rule.pk, 0))])


def _street(name: str, district: District | None) -> Street | None:
    rows = Street.objects.filter(name=name, gone_at=None)
    return rows.filter(district=district).first() if district else rows.first()


def _when(row: dict) -> dict:
    """The rest of the conditions, as the columns say it."""
    start, _dash, end = row.get("hours", "").partition("-")
    first, _dots, last = row.get("season", "").partition("..")
    corners = row.get("area")
    return {
        "street_class": row.get("street_class", ""),
        "area": {"type": "Polygon", "coordinates": [[*corners, corners[0]]]} if corners else None,
        "weekdays": "".join(
            str(_WEEKDAYS.index(day) + 1) for day in sorted(row.get("weekdays", []), key=_WEEKDAYS.index)
        ),
        "from_time": time.fromisoformat(start) if start else None,
        "until_time": time.fromisoformat(end) if end else None,
        "season_from": first,
        "season_until": last,
    }


def _values(row: dict) -> dict:
    unit = Unit.objects.get(slug=row["unit"])
    return {
        "unit": unit,
        "function": Function.objects.filter(unit=unit, slug=row.get("function", "")).first(),
        "person": Person.objects.filter(email=row.get("person", "").lower()).first(),
        "title": row.get("title", ""),
        "ended": False,
    }
