"""What can be reported, for machines: the categories with their groups and questions. Three queries, whatever their number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stadtplatz.audit.models import Record
from stadtplatz.city.models import Duty
from stadtplatz.kit.models import CityIdentity
from stadtplatz.questionnaires import queries as questionnaires
from stadtplatz.questionnaires.models import Questionnaire, Version
from stadtplatz.tickets.kept import words
from stadtplatz.tickets.models import Category

_CODE = "tickets:"


@dataclass(frozen=True)
class Service:
    category: Category
    group: str
    questions: Version | None


def services() -> list[Service]:
    """All categories in use, in the city's order."""
    rows = words().categories
    sheets = Questionnaire.objects.filter(code__startswith=_CODE, current__isnull=False).select_related("current")
    asked = {sheet.code.removeprefix(_CODE): sheet.current for sheet in sheets}
    groups = _groups({row.duty.split(".")[0] for row in rows})
    return [Service(row, groups.get(row.duty.split(".")[0], ""), asked.get(row.code)) for row in rows]


def service(code: str) -> Service | None:
    """One category in use."""
    found = reportable(code)
    if found is None:
        return None
    row, asked = found
    first = row.duty.split(".")[0]
    return Service(row, _groups({first}).get(first, ""), asked)


def reportable(code: str) -> tuple[Category, Version | None] | None:
    """The category of this code, if it is in use, and what it asks; shared, not to be changed."""
    row = next((row for row in words().categories if row.code == code), None)
    return (row, _questions(row)) if row else None


def changed_at() -> datetime | None:
    """When what can be reported last changed: when the city pack was last loaded; None before."""
    identity = CityIdentity.objects.order_by("pk").first()
    if identity is None:
        return None
    rows = Record.objects.filter(subject_kind=CityIdentity._meta.label_lower, subject_id=identity.pk)
    return rows.filter(verb="city.pack_loaded").order_by("-id").values_list("at", flat=True).first()


def _groups(codes: set[str]) -> dict[str, str]:
    """The titles of the duties above the categories, such as roads above roads.pothole."""
    rows = Duty.objects.filter(code__in=codes, ended=False, district=None).only("code", "title")
    return {row.code: row.title or row.code for row in sorted(rows, key=lambda row: -len(row.title))}


def _questions(category: Category) -> Version | None:
    return questionnaires.current(f"{_CODE}{category.code}")
