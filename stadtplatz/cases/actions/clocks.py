"""The clock of a case: it runs against the office or rests, and every due date is computed from that."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.cases import facts, rules
from stadtplatz.cases.actions.locking import lock, save_changed
from stadtplatz.cases.clock import Rest, Term, due
from stadtplatz.cases.models import Case, ClockInterval, Deadline
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import city
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

UNNOTICED: dict[str, None] = {"near_at": None, "overdue_at": None, "escalated_at": None, "escalated_higher_at": None}
"""A deadline of which nobody was reminded yet."""


@transaction.atomic
def suspend_clock(case: Case, *, reason: str, legal_basis: str = "", by: Actor, at: datetime | None = None) -> Case:
    """The clock rests from now on and the due dates wait; the applicant reads why. Refused if it does not run, or without a reason."""
    case, at = lock(case), at or clock.now()
    if not rules.may_handle(by, case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if not reason.strip():
        raise ActionRefused(_("Please say why the deadline rests."), code="no-words")
    if case.resting or case.closed_at:
        raise ActionRefused(_("The clock does not run at present."), code="clock-not-running")
    interval = rest(case, at, reason=reason, legal_basis=legal_basis)
    record(facts.CLOCK_SUSPENDED, subject=case, by=by, at=at, interval=interval.pk)
    save_changed(case, at, "resting", "due")
    return case


@transaction.atomic
def resume_clock(case: Case, *, by: Actor, at: datetime | None = None) -> Case:
    """The clock runs again; due dates move by the days it rested. Refused if it does not rest."""
    case, at = lock(case), at or clock.now()
    if not rules.may_handle(by, case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if not case.resting:
        raise ActionRefused(_("The clock does not rest at present."), code="clock-not-resting")
    interval = run(case, at)
    record(facts.CLOCK_RESUMED, subject=case, by=by, at=at, interval=interval.pk)
    save_changed(case, at, "resting", "due")
    return case


def promised(terms: dict[str, Term], at: datetime) -> list[Deadline]:
    """The deadlines of a case that opens at `at`, computed and not yet written."""
    return [
        Deadline(
            code=code,
            length=term.length,
            measure=term.measure,
            starts_at=at,
            due=due(term, start=at, rests=[], land=city().land),
        )
        for code, term in terms.items()
    ]


def begin(case: Case, deadlines: list[Deadline], at: datetime) -> None:
    """The clock of a case just opened runs from `at`, and it has these deadlines."""
    ClockInterval.objects.create(case=case, kind=ClockInterval.RUNNING, started_at=at)
    for deadline in deadlines:
        deadline.case = case
    Deadline.objects.bulk_create(deadlines)


def run(case: Case, at: datetime) -> ClockInterval:
    """The clock runs from `at`; the caller saves the case."""
    return _turn(case, at, ClockInterval.RUNNING)


def rest(case: Case, at: datetime, *, reason: str = "", legal_basis: str = "") -> ClockInterval:
    """The clock rests from `at`; the caller saves the case."""
    return _turn(case, at, ClockInterval.SUSPENDED, reason=reason[:200], legal_basis=legal_basis[:200])


def stop(case: Case, at: datetime) -> None:
    """The clock stands still for good: every open deadline counts as kept at `at`; the caller saves the case."""
    case.intervals.filter(ended_at=None).update(ended_at=at)
    case.deadlines.filter(met_at=None).update(met_at=at)
    case.resting, case.due = False, None


def meet(case: Case, codes: tuple[str, ...], at: datetime) -> None:
    """These deadlines are kept (those already kept stay as they are); the caller saves the case."""
    if codes and case.deadlines.filter(code__in=codes, met_at=None).update(met_at=at):
        recompute(case)


def restart(case: Case, codes: tuple[str, ...], at: datetime) -> None:
    """These deadlines begin anew at `at`; the caller saves the case."""
    case.deadlines.filter(code__in=codes).update(starts_at=at, met_at=None, **UNNOTICED)
    recompute(case)


def recompute(case: Case) -> None:
    """Compute every open due date anew and put the next one on the case; the caller saves the case."""
    rests = [Rest(i.started_at, i.ended_at) for i in case.intervals.filter(kind=ClockInterval.SUSPENDED)]
    dues = []
    for deadline in case.deadlines.filter(met_at=None):
        term = Term(deadline.length, deadline.measure)
        own = [r for r in rests if r.end is None or r.end > deadline.starts_at]
        deadline.due = due(term, start=deadline.starts_at, rests=own, land=city().land)
        if deadline.overdue_at and deadline.due and deadline.due > deadline.overdue_at:
            for name in UNNOTICED:  # it was given more time after it had passed: what comes then is noticed anew
                setattr(deadline, name, None)
        deadline.save(update_fields=["due", *UNNOTICED])
        dues.append(deadline.due)
    case.due = min((moment for moment in dues if moment), default=None)


def set_deadlines(case: Case, terms: dict[str, Term], start: datetime) -> None:
    """The case has exactly these deadlines; those already kept stay kept. The caller saves the case."""
    known = {deadline.code: deadline for deadline in case.deadlines.all()}
    Deadline.objects.filter(pk__in=[d.pk for code, d in known.items() if code not in terms]).delete()
    for code, term in terms.items():
        deadline = known.get(code) or Deadline(case=case, code=code, starts_at=start)
        deadline.length, deadline.measure = term.length, term.measure
        deadline.save()
    recompute(case)


def _turn(case: Case, at: datetime, kind: str, **why: str) -> ClockInterval:
    case.intervals.filter(ended_at=None).update(ended_at=at)
    interval = ClockInterval.objects.create(case=case, kind=kind, started_at=at, **why)
    case.resting = kind == ClockInterval.SUSPENDED
    recompute(case)
    return interval
