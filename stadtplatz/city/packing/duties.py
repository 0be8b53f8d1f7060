"""duties.yaml: who answers for what."""

from pathlib import Path

from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Person
from stadtplatz.city.models import District, Duty, Function, Unit
from stadtplatz.city.packing.organisation import drop, read_duties
from stadtplatz.kit.packs import Report, keep_row

_FIELDS = ["code", "district", "unit", "function", "person", "title", "ended"]


def load_duties(folder: Path) -> Report:
    """Duties are as the pack says. A line for a district that is not on the map is left out, and the report says so."""
    document, report = read_duties(folder), Report()
    rows = list(document.data["duties"])
    if "default" in document.data:
        rows.append({"code": Duty.EVERYTHING_ELSE, **document.data["default"]})
    named = []
    for row in rows:
        district = None
        if row.get("district"):
            district = District.objects.filter(name=row["district"], gone_at=None).first()
            if district is None:
                report.notes.append(
                    _("%(code)s: “%(district)s” is no district on the map, the line is left out.") % row
                )
                continue
        named.append(keep_row(Duty, {"code": row["code"], "district": district}, _values(row), report).pk)
    drop(Duty.objects.exclude(pk__in=named).filter(ended=False), "ended", _FIELDS, report)
    return report


def _values(row: dict) -> dict:
    unit = Unit.objects.get(slug=row["unit"])
    return {
        "unit": unit,
        "function": Function.objects.filter(unit=unit, slug=row.get("function", "")).first(),
        "person": Person.objects.filter(email=row.get("person", "").lower()).first(),
        "title": row.get("title", ""),
        "ended": False,
    }
