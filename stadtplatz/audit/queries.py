"""Reading facts: the timeline of an errand; and how the work that follows from facts goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from stadtplatz.audit import webhooks
from stadtplatz.audit.facts import APPLICANT, AUDIENCES, PUBLIC, REGISTRY, STAFF
from stadtplatz.audit.models import Delivery, Endpoint, Record
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.models import Heartbeat, Job
from stadtplatz.kit.rows import Written


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
    rows = _OF(kind=subject._meta.label_lower, pk=subject.pk)
    return [_entry(row) for row in rows if (fact := REGISTRY.get(row.verb)) and fact.audience in allowed]


_OF = Written(
    lambda kind, pk: Record.objects.filter(subject_kind=kind, subject_id=pk).order_by("at", "id"), kind=str, pk=int
)


def last_changes(kind: str, ids: Sequence[int]) -> dict[int, datetime]:
    """When the last fact about each of these subjects was recorded (`kind` as in `catalogue.offer`). One query."""
    if not ids:
        return {}
    rows = Record.objects.filter(subject_kind=kind, subject_id__gte=min(ids), subject_id__lte=max(ids))
    return dict(rows.order_by().values_list("subject_id").annotate(models.Max("at")))


@dataclass(frozen=True)
class MachineRoom:
    """How the work goes on that follows from changes."""

    workers: list[Heartbeat]
    due: int
    later: int
    dead: list[Job]


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
    )


def endpoints() -> list[Endpoint]:
    """All web hooks, in the order in which they were set up."""
    return list(Endpoint.objects.order_by("pk"))


@dataclass(frozen=True)
class Hook:
    """A web hook with its last attempts, newest first, and how many messages still wait for their turn."""

    endpoint: Endpoint
    deliveries: list[Delivery]
    waiting: int


def hook(endpoint_id: int, limit: int = 50) -> Hook | None:
    """One web hook; None if there is none of this id."""
    endpoint = Endpoint.objects.filter(pk=endpoint_id).first()
    if endpoint is None:
        return None
    rows = Job.objects.filter(name=webhooks.deliver.name, state__in=[Job.WAITING, Job.DEAD]).values_list(
        "args", flat=True
    )
    waiting = sum(1 for args in rows[:10_000] if args and args[0] == endpoint_id)
    return Hook(endpoint, list(endpoint.deliveries.order_by("-id")[:limit]), waiting)


def _entry(row: Record) -> Entry:
    sentence = str(REGISTRY[row.verb].sentence)
    return Entry(row.verb, sentence.format_map(_Blank(row.keys)), row.at, row.actor, row.keys)


class _Blank(dict):
    def __missing__(self, key: str) -> str:
        return "…"


__all__ = [
    "APPLICANT",
    "PUBLIC",
    "STAFF",
    "Entry",
    "Hook",
    "MachineRoom",
    "endpoints",
    "hook",
    "machine_room",
    "timeline",
]
