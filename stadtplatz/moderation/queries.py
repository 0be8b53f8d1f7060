"""Reading notices and decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from stadtplatz.accounts.queries import names_for_staff
from stadtplatz.cases import queries as cases
from stadtplatz.cases.flow import State
from stadtplatz.kit import clock, codes, ratelimit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.timeline import Timeline, TimelineEntry
from stadtplatz.moderation import rules
from stadtplatz.moderation.flow import FLOW, SIX_MONTHS
from stadtplatz.moderation.models import Complaint, ContentNotice, Ground, Matter, Measure, Statement

_JOINED = ("matter__case__unit", "ground")
MISUSE_MONTHS = 12


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


def state_of(matter: Matter) -> State:
    return FLOW.state(matter.case.state)


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


def matter_of(number: str, *, kind: str) -> Matter | None:
    """The matter of this case number, if its content is of this kind."""
    return Matter.objects.select_related("case__unit").filter(case__number=number, kind=kind).first()


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


@dataclass(frozen=True)
class OwnerLine:
    """A decision as whoever answers for the content reads it."""

    matter: Matter
    statements: list[Statement]
    complaint: Complaint | None
    may_complain: bool
    until: datetime | None


def decisions_about(owner: str, at: datetime | None = None) -> list[OwnerLine]:
    """Decisions about content of this owner that restricted something, newest first. Who gave notice is not told."""
    at = at or clock.now()
    rows = Matter.objects.filter(owner=owner, statements__outcome=Statement.RESTRICTED).distinct().order_by("-pk")
    found = []
    for row in rows.select_related("case").prefetch_related("statements", "complaints__answer"):
        own = next((one for one in row.complaints.all() if one.side == Complaint.OWNER), None)
        until = row.case.state_since + SIX_MONTHS if row.case.state == "restricted" else None
        open_ = until is not None and at <= until and own is None
        found.append(OwnerLine(row, list(row.statements.all()), own, open_, until))
    return found


def is_restricted(matter: Matter) -> bool:
    """Whether the last decision took the content down."""
    last = matter.statements.last()
    return last is not None and last.outcome == Statement.RESTRICTED


def restricting(kind: str, key: str) -> Matter | None:
    """The matter whose last decision keeps this content down, if there is one."""
    rows = (
        Matter.objects.select_related("case")
        .filter(kind=kind, key=key, statements__isnull=False)
        .distinct()
        .order_by("-pk")
    )
    return next((row for row in rows if is_restricted(row)), None)


def last_statement(matter: Matter) -> Statement:
    """The decision that holds."""
    return matter.statements.latest("pk")


def running_measure(subject: str) -> Measure | None:
    """The suspension for misuse that runs for this owner or sender."""
    return Measure.objects.filter(subject=subject, kind=Measure.SUSPENSION, ended_at=None).first()


def measures_of(subject: str) -> list[Measure]:
    """What was decided about misuse by this owner, newest first."""
    return list(Measure.objects.filter(subject=subject))


MEASURE_MAIL = "moderation/mail/measure.html"


def measure_context(row: Measure, what: str) -> dict[str, object]:
    """What the mail about a measure says."""
    kept = ("side", "cases", "total", "gravity", "intention", "reasons", "until", "answer", "end_reason")
    return {"what": what, "upheld": bool(row.upheld), **{name: getattr(row, name) for name in kept}}


def was_restricted(said: Statement) -> bool:
    """Whether the decision before this one took the content down."""
    before = said.matter.statements.filter(pk__lt=said.pk).last()
    return before is not None and before.outcome == Statement.RESTRICTED


def statement(pk: int) -> Statement | None:
    """One decision, with its matter and case."""
    return Statement.objects.select_related("matter__case").filter(pk=pk).first()
