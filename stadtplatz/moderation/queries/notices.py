"""A notice as whoever gave it sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from stadtplatz.cases import queries as cases
from stadtplatz.kit import clock, codes, ratelimit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.timeline import Timeline, TimelineEntry
from stadtplatz.moderation.flow import SIX_MONTHS
from stadtplatz.moderation.models import Complaint, ContentNotice, Ground, Statement

_JOINED = ("matter__case__unit", "ground")


def grounds(*, everything: bool = False) -> QuerySet[Ground]:
    """The kinds people choose from, in order; with `everything` those switched off, too."""
    return Ground.objects.all() if everything else Ground.objects.filter(active=True)


def by_secret(secret: str) -> ContentNotice | None:
    """The notice behind a secret link."""
    return ContentNotice.objects.select_related(*_JOINED).filter(secret=secret).first()


def by_number_and_code(number: str, code: str) -> ContentNotice | None:
    """The notice of this number if the typed code is its own; None otherwise. Five tries an hour for each number."""
    spelled = codes.read_number(number)
    if spelled is None:
        return None
    ratelimit.count("moderation.code", spelled, limit=5, per=timedelta(hours=1))
    found = ContentNotice.objects.filter(number=spelled).first()
    expected = found.typed_code if found else "-" * 10
    return found if constant_time_compare(codes.read_typed_code(code), expected) and found else None


def mine(actor: Actor) -> list[ContentNotice]:
    """What this person gave notice of, newest first."""
    if not actor.is_person:
        return []
    own = Q(person=actor.person_id) | Q(contact__person=actor.person_id)
    return list(ContentNotice.objects.select_related(*_JOINED).filter(own).order_by("-received_at"))


@dataclass(frozen=True)
class NoticePage:
    """What whoever gave notice sees."""

    notice: ContentNotice
    timeline: Timeline
    statements: list[Statement]
    complaint: Complaint | None
    """Their own."""
    may_complain: bool
    until: datetime | None


def notice_page(notice: ContentNotice, at: datetime | None = None) -> NoticePage:
    """Where the notice stands, what was decided and why, and whether they can still complain. Other notices stay out of sight."""
    at, matter = at or clock.now(), notice.matter
    case, statements = matter.case, list(matter.statements.all())
    own = Complaint.objects.filter(notice=notice).first()
    until = case.state_since + SIX_MONTHS if case.state in ("restricted", "kept") else None
    lost = bool(statements) and statements[-1].outcome == Statement.KEPT
    return NoticePage(
        notice, _timeline(notice, at), statements, own, case.state == "kept" and lost and own is None and at <= (until or at), until
    )  # fmt: skip


def _timeline(notice: ContentNotice, at: datetime) -> Timeline:
    case = notice.matter.case
    cases.fetch(case)
    promise = cases.promise(case, at)
    later = [replace(entry, who="") for entry in cases.applicant_entries(case) if entry.at > notice.received_at]
    own = TimelineEntry(at=notice.received_at, sentence=_("Your notice has arrived."), who=_("You"))
    return Timeline(
        sentence=str(cases.state_of(case).sentence),
        who="" if case.closed_at else case.unit.name,
        until=promise.until,
        entries=[own, *later],
        steps=_steps(case.state),
        overdue=promise.overdue,
        finished=case.closed_at is not None,
        number=notice.number,
    )  # fmt: skip


def _steps(state: str) -> list[tuple[str, str]]:
    decided = state != "new"
    return [
        (_("Arrived"), "done"),
        (_("Being looked at"), "now" if state in ("new", "contested") else "done"),
        (_("Decided"), "now" if decided and state != "contested" else "next"),
    ]
