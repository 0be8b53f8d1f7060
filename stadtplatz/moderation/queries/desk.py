"""What the desk sees: what waits, and all it needs to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from stadtplatz.accounts.queries import names_for_staff
from stadtplatz.cases import queries as cases
from stadtplatz.cases.flow import State
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.timeline import Timeline
from stadtplatz.moderation import rules
from stadtplatz.moderation.models import Complaint, ContentNotice, Matter, Statement
from stadtplatz.moderation.queries.matters import state_of

MISUSE_MONTHS = 12


@dataclass(frozen=True)
class DeskLine:
    """One matter in the desk's list."""

    matter: Matter
    notices: int
    grounds: str
    state: State
    late: bool
    url: str


def desk_open(at: datetime | None = None) -> list[DeskLine]:
    """What waits for a decision, complaints included, the most pressing first."""
    return _lines(Matter.objects.filter(case__closed_at=None).order_by("case__due", "pk"), at)


def desk_decided(limit: int = 50) -> list[DeskLine]:
    """What was decided lately, newest first."""
    return _lines(Matter.objects.exclude(case__closed_at=None).order_by("-case__closed_at")[:limit], None)


def open_count(actor: Actor) -> int:
    """How many wait; for the navigation."""
    return Matter.objects.filter(case__closed_at=None).count()


def _lines(rows: QuerySet[Matter], at: datetime | None) -> list[DeskLine]:
    now, found = at or clock.now(), list(rows.select_related("case"))
    said: dict[int, list[str]] = {}
    for notice in ContentNotice.objects.filter(matter__in=found).select_related("ground"):
        said.setdefault(notice.matter_id, []).append(notice.ground.label)
    return [
        DeskLine(
            matter=row, notices=len(said.get(row.pk, [])), grounds=", ".join(dict.fromkeys(said.get(row.pk, []))), state=state_of(row),
            late=bool(row.case.due and row.case.due < now), url=row.get_desk_url(),
        )
        for row in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One notice as the desk sees it, with what is known of misuse (Art. 23 DSA)."""

    notice: ContentNotice
    who: str
    unfounded_before: int


@dataclass(frozen=True)
class DeskPage:
    """Everything the desk needs to decide."""

    matter: Matter
    state: State
    told: list[Told]
    statements: list[tuple[Statement, str]]
    complaint: Complaint | None
    complaints: list[Complaint]
    blocked: str
    """Why this person cannot decide; empty if they can."""
    restricted_before: int
    """How often content of the same owner was restricted in the last twelve months."""
    timeline: Timeline


def desk_page(matter: Matter, actor: Actor, at: datetime | None = None) -> DeskPage:
    """The matter for somebody at the desk."""
    at, case = at or clock.now(), matter.case
    notices = list(matter.notices.select_related("ground", "contact", "person", "photo"))
    statements, complaints = list(matter.statements.all()), list(matter.complaints.select_related("against", "answer"))
    names = names_for_staff({row.decided_by for row in statements})
    waiting = next((row for row in complaints if row.answer_id is None), None)
    mine = waiting is not None and waiting.against.decided_by == actor.key
    cases.fetch(case)
    promise, state = cases.promise(case, at), state_of(matter)
    return DeskPage(
        matter=matter, state=state, told=_told(notices, at), statements=[(row, names.get(row.decided_by, "")) for row in statements],
        complaint=waiting, complaints=complaints,
        blocked=_("Somebody else than who decided has to look at the complaint.")
        if mine
        else _("You gave notice of this yourself, so somebody else decides.")
        if rules.gave_notice(actor, matter)
        else "",
        restricted_before=_restricted_before(matter, at),
        timeline=Timeline(
            sentence=str(state.label), who=case.unit.name if not case.closed_at else "", until=promise.until,
            entries=cases.staff_entries(case), overdue=promise.overdue, finished=case.closed_at is not None, number=case.number,
        ),
    )  # fmt: skip


def _told(notices: list[ContentNotice], at: datetime) -> list[Told]:
    senders = {row.sender for row in notices if row.sender}
    since = at - timedelta(days=MISUSE_MONTHS * 30)
    rows = ContentNotice.objects.filter(sender__in=senders, unfounded=True, received_at__gte=since)
    before = dict(rows.values_list("sender").annotate(Count("pk")))
    return [Told(row, _who(row), before.get(row.sender, 0) - row.unfounded if row.sender else 0) for row in notices]


def _who(row: ContentNotice) -> str:
    if row.contact:
        return ", ".join(part for part in (row.contact.name, row.contact.email) if part)
    return str(row.person) if row.person else ""


def _restricted_before(matter: Matter, at: datetime) -> int:
    if not matter.owner:
        return 0
    since = at - timedelta(days=MISUSE_MONTHS * 30)
    rows = Statement.objects.filter(matter__owner=matter.owner, outcome=Statement.RESTRICTED, decided_at__gte=since)
    return rows.exclude(matter=matter).values("matter").distinct().count()
