"""The figures of a year for the report everybody may read (Art. 15 and 24 DSA)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.utils.translation import gettext as _

from stadtplatz.moderation.models import Complaint, ContentNotice, Statement


@dataclass(frozen=True)
class Figure:
    """One line of the yearly report (Art. 15 and 24 DSA)."""

    ground: str
    notices: int
    restricted: int
    kept: int
    waiting: int
    law: int
    terms: int
    median_hours: int | None
    """From the first notice to the first decision."""


@dataclass(frozen=True)
class Figures:
    year: int
    lines: list[Figure]
    total: Figure
    complaints: int
    reversed: int
    complaint_hours: int | None
    unfounded: int
    automated: int


def figures(year: int) -> Figures:
    """The notices received in a year: how many of each kind, what became of them, how long it took; complaints and misuse."""
    notices = list(
        ContentNotice.objects.filter(received_at__year=year)
        .select_related("ground", "matter__case")
        .prefetch_related("matter__statements")
    )
    by_ground: dict[str, list[ContentNotice]] = {}
    for notice in notices:
        by_ground.setdefault(notice.ground.label, []).append(notice)
    answered = list(Complaint.objects.filter(created_at__year=year).select_related("answer", "against"))
    hours = [_hours(row.created_at, row.answer.decided_at) for row in answered if row.answer]
    return Figures(
        year=year,
        lines=[_figure(name, rows) for name, rows in by_ground.items()],
        total=_figure(_("All kinds"), notices),
        complaints=len(answered),
        reversed=sum(1 for row in answered if row.answer and row.answer.outcome != row.against.outcome),
        complaint_hours=round(median(hours)) if hours else None,
        unfounded=sum(notice.unfounded for notice in notices),
        automated=Statement.objects.filter(decided_at__year=year, automated=True).count(),
    )


def _figure(name: str, rows: list[ContentNotice]) -> Figure:
    decided = [(row, list(row.matter.statements.all())) for row in rows]
    last = [said[-1] for _row, said in decided if said]
    hours = [_hours(row.received_at, said[0].decided_at) for row, said in decided if said]
    gone = [one for one in last if one.outcome == Statement.RESTRICTED]
    return Figure(
        ground=name, notices=len(rows), restricted=len(gone), kept=len(last) - len(gone), waiting=len(rows) - len(last),
        law=sum(one.basis_kind == Statement.LAW for one in gone), terms=sum(one.basis_kind == Statement.TERMS for one in gone),
        median_hours=round(median(hours)) if hours else None,
    )  # fmt: skip


def _hours(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start).total_seconds() / 3600)
