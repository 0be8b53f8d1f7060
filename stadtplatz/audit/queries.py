"""Reading facts: the timeline of an errand."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from stadtplatz.audit.facts import APPLICANT, AUDIENCES, PUBLIC, REGISTRY
from stadtplatz.audit.models import Record


@dataclass(frozen=True)
class Entry:
    """One line of a timeline."""

    verb: str
    sentence: str
    at: datetime
    actor: str
    keys: dict


def timeline(subject: models.Model, *, audience: str = PUBLIC) -> list[Entry]:
    """The facts about the subject that this audience may read, oldest first. Applicants also read public facts, staff read all."""
    allowed = AUDIENCES[: AUDIENCES.index(audience) + 1]
    rows = Record.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).order_by("at", "id")
    return [_entry(row) for row in rows if (fact := REGISTRY.get(row.verb)) and fact.audience in allowed]


def _entry(row: Record) -> Entry:
    sentence = str(REGISTRY[row.verb].sentence)
    return Entry(row.verb, sentence.format_map(_Blank(row.keys)), row.at, row.actor, row.keys)


class _Blank(dict):
    def __missing__(self, key: str) -> str:
        return "…"


__all__ = ["APPLICANT", "PUBLIC", "Entry", "timeline"]
