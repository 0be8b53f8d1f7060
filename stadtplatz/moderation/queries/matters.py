"""What is decided about one piece of content, and what holds at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stadtplatz.cases.flow import State
from stadtplatz.kit import clock
from stadtplatz.moderation.flow import FLOW, SIX_MONTHS
from stadtplatz.moderation.models import Complaint, Matter, Statement


def state_of(matter: Matter) -> State:
    return FLOW.state(matter.case.state)


def matter_of(number: str, *, kind: str) -> Matter | None:
    """The matter of this case number, if its content is of this kind."""
    return Matter.objects.select_related("case__unit").filter(case__number=number, kind=kind).first()


def is_restricted(matter: Matter) -> bool:
    """Whether the last decision took the content down."""
    last = matter.statements.last()
    return last is not None and last.outcome == Statement.RESTRICTED


def was_restricted(said: Statement) -> bool:
    """Whether the decision before this one took the content down."""
    before = said.matter.statements.filter(pk__lt=said.pk).last()
    return before is not None and before.outcome == Statement.RESTRICTED


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


def statement(pk: int) -> Statement | None:
    """One decision, with its matter and case."""
    return Statement.objects.select_related("matter__case").filter(pk=pk).first()


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
