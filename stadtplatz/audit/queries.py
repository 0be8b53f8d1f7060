"""Reading facts: the timeline of an errand; and how the work that follows from facts goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from stadtplatz.audit.facts import APPLICANT, AUDIENCES, PUBLIC, REGISTRY
from stadtplatz.audit.models import Endpoint, Record
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.models import Heartbeat, Job


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


@dataclass(frozen=True)
class MachineRoom:
    """How the work goes on that follows from changes."""

    workers: list[Heartbeat]
    due: int
    later: int
    dead: list[Job]
    endpoints: list[Endpoint]


def machine_room() -> MachineRoom:
    """What an operator looks at: workers seen in the last two minutes, waiting and dead jobs, web hooks."""
    lately = timezone.now() - timedelta(minutes=2)
    is_due = models.Count("pk", filter=models.Q(run_at__lte=clock.now()))
    waiting = Job.objects.filter(state=Job.WAITING).aggregate(due=is_due, all=models.Count("pk"))
    return MachineRoom(
        workers=list(Heartbeat.objects.filter(seen_at__gt=lately).order_by("worker")),
        due=waiting["due"],
        later=waiting["all"] - waiting["due"],
        dead=jobs.dead(),
        endpoints=list(Endpoint.objects.order_by("pk")),
    )


def _entry(row: Record) -> Entry:
    sentence = str(REGISTRY[row.verb].sentence)
    return Entry(row.verb, sentence.format_map(_Blank(row.keys)), row.at, row.actor, row.keys)


class _Blank(dict):
    def __missing__(self, key: str) -> str:
        return "…"


__all__ = ["APPLICANT", "PUBLIC", "Entry", "MachineRoom", "machine_room", "timeline"]
