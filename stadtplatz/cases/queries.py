"""Reading cases. What a person may not read is not found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare

from stadtplatz.cases import rules
from stadtplatz.cases.actions.moving import may_move
from stadtplatz.cases.flow import REGISTRY, Move, State, flow_of
from stadtplatz.cases.models import Case, CaseDocument, CaseMessage, CaseTask, Deadline
from stadtplatz.cases.timeline import (
    FileLine,
    applicant_entries,
    file_lines,
    photo_links,
    public_entries,
    staff_entries,
)
from stadtplatz.kit import clock, codes, ratelimit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.rows import Written, fill, sole

_PUBLIC = ("unit", "function", "applicant_person", "applicant_guest")
_JOINED = (*_PUBLIC, "assignee", "deputy_for", "district")


def by_secret(secret: str, *, kind: str, join: str = "") -> Case | None:
    """The case whose secret link this is; `join` names what the kind keeps beside it (several with blanks between), so that one query fetches all.

    Joined is what its applicant reads; who has it at the desk is fetched when asked for.
    """
    return _of_secret(join).sole(kind=kind, secret=secret)


@cache
def _of_secret(join: str) -> Written[Case]:
    def build(kind: str, secret: str) -> QuerySet[Case]:
        return Case.objects.filter(kind=kind, secret=secret).select_related(*_PUBLIC, *join.split()).order_by()

    return Written(build, kind=str, secret=str)


def by_number_and_code(number: str, code: str, *, kind: str) -> Case | None:
    """The case of this number if the typed code is its own; None for an unknown number and for a wrong code alike.

    Each try counts for the number: five an hour, then TooOften, for the right code too.
    """
    spelled = codes.read_number(number)
    if spelled is None:
        return None
    ratelimit.count("cases.code", spelled, limit=5, per=timedelta(hours=1))
    case = sole(_joined(Case.objects.filter(kind=kind)).filter(number=spelled))
    expected = case.typed_code if case else "-" * 10
    fits = constant_time_compare(codes.read_typed_code(code), expected)
    return case if fits else None


def of_applicant(actor: Actor, *, kind: str) -> QuerySet[Case]:
    """The person's or guest's own cases, newest first; of a person also those they made as a guest with a proved address."""
    rows = _joined(Case.objects.filter(kind=kind)).order_by("-received_at")
    if actor.is_person:
        return rows.filter(Q(applicant_person=actor.person_id) | Q(applicant_guest__person=actor.person_id))
    if actor.kind == "guest" and actor.guest_id:
        return rows.filter(applicant_guest=actor.guest_id)
    return rows.none()


def for_staff(actor: Actor, *, kind: str, reach: rules.Reach | None = None) -> QuerySet[Case]:
    """All cases of a kind that this person reads as staff: those of their units, those in their own hands, and
    those of people they stand in for today."""
    if not actor.is_person:
        return Case.objects.none()
    reach = reach or rules.reach_of(actor)
    asked = CaseTask.objects.filter(unit__in=reach.units, finished_at=None).values("case")
    return Case.objects.filter(kind=kind).filter(
        Q(assignee__in={actor.person_id, *reach.stands_in_for}) | Q(unit__in=reach.units) | Q(pk__in=asked)
    )


def one_for_staff(actor: Actor, number: str, *, kind: str, join: str = "") -> Case | None:
    """The case of this number, if this person may read it as staff."""
    case = _of_number(join).sole(kind=kind, number=number)
    return case if case and rules.may_read_as_staff(actor, case) else None


@cache
def _of_number(join: str) -> Written[Case]:
    def build(kind: str, number: str) -> QuerySet[Case]:
        return _joined(Case.objects.filter(kind=kind, number=number), join).order_by()

    return Written(build, kind=str, number=str)


def fetch(case: Case) -> None:
    """Messages, documents and deadlines of the case are at hand."""
    for name, rows in _BESIDE.items():
        fill([case], name, rows(case=case.pk))


_BESIDE: dict[str, Written[Any]] = {
    "messages": Written(lambda case: CaseMessage.objects.filter(case=case), case=int),
    "documents": Written(lambda case: CaseDocument.objects.filter(case=case), case=int),
    "deadlines": Written(lambda case: Deadline.objects.filter(case=case), case=int),
}


def document(case: Case, pk: int, actor: Actor) -> CaseDocument | None:
    """A file of the case that this visitor may open: never one in quarantine, never an internal one for the applicant."""
    found = case.documents.filter(pk=pk, quarantined=False).first()
    if found is None or (found.internal and not rules.may_read_as_staff(actor, case)):
        return None
    return found if rules.may_read(actor, case) else None


def task_by_token(token: str) -> CaseTask | None:
    """The open task behind an outsider's link."""
    return CaseTask.objects.select_related("case", "outsider").filter(token=token, finished_at=None).first()


def state_of(case: Case) -> State:
    """Where the case stands, as its flow describes it."""
    return flow_of(case).state(case.state)


def moves_open_to(actor: Actor, case: Case, at: datetime | None = None) -> list[Move]:
    """The moves this person can make now, in the order of the flow."""
    at = at or clock.now()
    return [move for move in flow_of(case).leaving(case.state) if may_move(case, move, by=actor, at=at)]


ANSWERED_SHOWN_FOR = timedelta(days=30)


def asked_by_token(token: str) -> CaseTask | None:
    """As `task_by_token`, but an answered task is found for 30 days more, so that its link can say thank you."""
    rows = CaseTask.objects.select_related("case__unit", "outsider").filter(token=token)
    return rows.filter(Q(finished_at=None) | Q(finished_at__gt=clock.now() - ANSWERED_SHOWN_FOR)).first()


def shared_documents(task: CaseTask) -> list[CaseDocument]:
    """The pictures of the case that whoever was asked may see: none unless they were shared, and none after the answer."""
    if not task.shared or task.finished_at:
        return []
    rows = task.case.documents.filter(quarantined=False, internal=False, message=None)
    return list(rows.filter(content_type__startswith="image/").order_by("pk"))


@dataclass(frozen=True)
class Promise:
    """By when to expect what: `until` is empty while the clock rests or when nothing is open."""

    until: datetime | None
    resting: bool
    overdue: bool


def promise(case: Case, at: datetime | None = None) -> Promise:
    """The next thing the office owes, as both sides see it."""
    late = case.due is not None and case.due < (at or clock.now())
    return Promise(None if case.closed_at else case.due, case.resting, late and case.closed_at is None)


def is_known_kind(kind: str) -> bool:
    """Whether a flow of this kind is loaded."""
    return kind in REGISTRY


def _joined(rows: QuerySet[Case], join: str = "") -> QuerySet[Case]:
    """With what every page shows; the outline of a district is large and never shown here."""
    return rows.select_related(*_JOINED, *join.split()).defer("district__geometry")


__all__ = [
    "FileLine",
    "Promise",
    "applicant_entries",
    "asked_by_token",
    "by_number_and_code",
    "by_secret",
    "document",
    "fetch",
    "file_lines",
    "for_staff",
    "is_known_kind",
    "moves_open_to",
    "of_applicant",
    "one_for_staff",
    "photo_links",
    "promise",
    "public_entries",
    "shared_documents",
    "staff_entries",
    "state_of",
    "task_by_token",
]
