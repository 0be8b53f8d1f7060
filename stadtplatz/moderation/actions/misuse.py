"""Measures against misuse (Art. 23 DSA): a person warns first, then suspends for a time, and lifts it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.moderation import facts, owners, rules
from stadtplatz.moderation.flow import SIX_MONTHS
from stadtplatz.moderation.models import ContentNotice, Measure, MisuseRule
from stadtplatz.moderation.queries import misuse

LONGEST = 4000
KEPT_AFTER = timedelta(days=365)
"""How long a measure and the hashes of senders count; then they are gone."""


@dataclass(frozen=True)
class Finding:
    """What somebody at the desk decided and why: all that Art. 23 (3) DSA wants looked at besides the numbers."""

    kind: str
    gravity: str
    intention: str
    reasons: str
    days: int | None = None


@transaction.atomic
def take_measure(*, side: str, subject: str, finding: Finding, by: Actor, at: datetime | None = None) -> Measure:
    """Somebody is warned, or shut out until a day: a shop with its offers, or a sender whose notices are not taken up. They read the
    numbers, the reasons and how to complain. Always decided by a person, case by case; never by a count alone.

    Refused: to all but the desk and to members of the shop; without gravity, intention and reasons; with fewer manifest cases than
    the rule calls frequent; a suspension without a warning before and a case since, without days or longer than the rule, and a second one.
    """
    at, rule = at or clock.now(), MisuseRule.objects.get(side=side)
    _may(by, subject)
    _check(finding, rule)
    counted = misuse.count(side, subject, at)
    if counted.cases < rule.cases:
        words = _("That is not frequent: {count} of the {needed} manifest cases that the rule asks for.")
        raise ActionRefused(words.format(count=counted.cases, needed=rule.cases), code="few")
    if finding.kind == Measure.SUSPENSION:
        _warned_before(subject, counted, rule, at)
    row = Measure(
        side=side, subject=subject, name=misuse.name_of(side, subject)[:160], kind=finding.kind, cases=counted.cases, total=counted.total,
        gravity=finding.gravity.strip()[:LONGEST], intention=finding.intention.strip()[:LONGEST], reasons=finding.reasons.strip()[:LONGEST],
        decided_by=by.key, decided_at=at, until=at + timedelta(days=finding.days or 0) if finding.kind == Measure.SUSPENSION else None,
    )  # fmt: skip
    row.contact, row.person = _reached(side, subject)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:
        raise ActionRefused(_("This suspension runs already."), code="running") from twice
    fact = facts.SHUT_OUT if row.running else facts.WARNED
    _note(fact, row, by, at)
    return row


@transaction.atomic
def end_measure(*, measure: Measure, reason: str, by: Actor, at: datetime | None = None) -> Measure:
    """The suspension is over before its day. Refused: to all but the desk and to members of the shop; without a reason; when it is over."""
    _may(by, measure.subject)
    if not reason.strip():
        raise ActionRefused(_("Please say why, so that the person understands."), code="words")
    if not _end(measure, reason.strip()[:LONGEST], by, at or clock.now()):
        raise ActionRefused(_("This suspension is over already."), code="over")
    return Measure.objects.get(pk=measure.pk)


def end_measures(*, at: datetime | None = None) -> int:
    """Suspensions whose day has come are over; returns how many."""
    at = at or clock.now()
    due = Measure.objects.filter(kind=Measure.SUSPENSION, ended_at=None, until__lte=at)
    return sum(_end(row, "", SYSTEM, at) for row in due.order_by("pk"))


@transaction.atomic
def complain_measure(*, measure: Measure, text: str, by: Actor, at: datetime | None = None) -> Measure:
    """Whoever holds the link says that it is wrong; somebody else than who decided looks at it (Art. 20 DSA). Refused: without words,
    twice, and after six months."""
    at = at or clock.now()
    if not text.strip():
        raise ActionRefused(_("Please say what is wrong with the decision."), code="words")
    if at > measure.decided_at + SIX_MONTHS:
        raise ActionRefused(_("The time for complaints is over."), code="late")
    free = Measure.objects.filter(pk=measure.pk, complained_at=None)
    if not free.update(complaint=text.replace("\x00", "").strip()[:LONGEST], complained_at=at):
        raise ActionRefused(_("You have complained about this before. Courts and dispute settlement are open to you."), code="twice")  # fmt: skip
    row = Measure.objects.get(pk=measure.pk)
    _note(facts.MEASURE_CONTESTED, row, by, at)
    return row


@transaction.atomic
def answer_measure(*, measure: Measure, upheld: bool, answer: str, by: Actor, at: datetime | None = None) -> Measure:
    """Upheld: the suspension is over and the warning counts no longer. Else it stands. The other side reads the answer.

    Refused: to all but the desk, to members of the shop and to who took the measure; without an answer; without an open complaint.
    """
    at = at or clock.now()
    _may(by, measure.subject)
    if by.key == measure.decided_by:
        raise NotAllowed(_("Somebody else than who decided has to look at the complaint."))
    if not answer.strip():
        raise ActionRefused(_("Please say why, so that the person understands."), code="words")
    open_ = Measure.objects.filter(pk=measure.pk, upheld=None).exclude(complained_at=None)
    if not open_.update(upheld=upheld, answer=answer.strip()[:LONGEST], answered_by=by.key, answered_at=at):
        raise ActionRefused(_("There is no complaint that waits."), code="answered")
    row = Measure.objects.get(pk=measure.pk)
    _note(facts.MEASURE_ANSWERED, row, by, at, upheld=upheld)
    if upheld and row.running:
        _end(row, row.answer, by, at)
    return Measure.objects.get(pk=measure.pk)


@transaction.atomic
def edit_rule(*, rule: MisuseRule, changes: dict[str, Any], by: Actor, at: datetime | None = None) -> MisuseRule:
    """The rule says what `changes` say, for measures from now on. Refused: to all but the operator; numbers below one; without text or source."""
    if not rules.may_edit_grounds(by):
        raise NotAllowed(_("Only the operator changes this list."))
    if unknown := set(changes) - {"cases", "months", "longest_days", "source", "text"}:
        raise ValueError(f"Not to be edited: {sorted(unknown)}")
    row = MisuseRule.objects.select_for_update().get(pk=rule.pk)
    changed = sorted(name for name, value in changes.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, changes[name])
    if min(row.cases, row.months, row.longest_days) < 1 or not row.text.strip() or not row.source.strip():
        raise ActionRefused(_("A rule needs numbers above nought, its words and the law it rests on."), code="text")
    row.save()
    if changed:
        record(facts.RULE_EDITED, subject=row, by=by, at=at, side=row.side, fields=changed)
    return row


@transaction.atomic
def forget_misuse(*, at: datetime | None = None) -> int:
    """A year after a measure ended (a warning: was given) it is gone, and a year after a notice the hash of its sender; returns how many."""
    before = (at or clock.now()) - KEPT_AFTER
    gone = Measure.objects.filter(kind=Measure.WARNING, decided_at__lt=before).delete()[0]
    gone += Measure.objects.filter(kind=Measure.SUSPENSION, ended_at__lt=before).delete()[0]
    return gone + ContentNotice.objects.filter(received_at__lt=before).exclude(sender="").update(sender="")


def forget_owner(subject: str) -> int:
    """Nothing is left of measures about this owner, who left six months ago; returns how many there were."""
    return Measure.objects.filter(subject=subject).delete()[0]


def _may(by: Actor, subject: str) -> None:
    if not rules.may_moderate(by):
        raise NotAllowed(rules.NOT_YOURS)
    if owners.includes(subject, by):
        raise NotAllowed(_("Nobody decides about a shop of their own."))


def _check(finding: Finding, rule: MisuseRule) -> None:
    for name in ("gravity", "intention", "reasons"):
        if len(getattr(finding, name).strip()) < 10:
            raise ActionRefused(_("Please write a sentence here: the law wants it looked at."), code=name)
    if finding.kind not in dict(Measure.KINDS):
        raise ActionRefused(_("Please choose a measure."), code="kind")
    if finding.kind == Measure.SUSPENSION and not 1 <= (finding.days or 0) <= rule.longest_days:
        words = _("Please say for how many days, at most {days}.")
        raise ActionRefused(words.format(days=rule.longest_days), code="days")


def _warned_before(subject: str, counted: misuse.Count, rule: MisuseRule, at: datetime) -> None:
    since = at - timedelta(days=30 * rule.months)
    warnings = Measure.objects.filter(subject=subject, kind=Measure.WARNING, decided_at__gte=since).exclude(upheld=True)
    warning = warnings.order_by("pk").last()
    if warning is None:
        raise ActionRefused(_("The law wants a warning first."), code="warning")
    if counted.last is None or counted.last <= warning.decided_at:
        raise ActionRefused(_("There was no manifest case since the warning."), code="since")


def _reached(side: str, subject: str) -> tuple[Guest | None, Person | None]:
    """Where a sender reads it; a shop is told by its own domain."""
    if side == MisuseRule.OWNER:
        return None, None
    last = ContentNotice.objects.select_related("contact", "person").filter(sender=subject).exclude(contact=None).last()
    return (last.contact, last.person) if last else (None, None)


def _end(measure: Measure, reason: str, by: Actor, at: datetime) -> bool:
    running = Measure.objects.filter(pk=measure.pk, kind=Measure.SUSPENSION, ended_at=None)
    if not running.update(ended_at=at, ended_by=by.key, end_reason=reason):
        return False
    _note(facts.LET_IN, measure, by, at)
    return True


def _note(fact: Any, row: Measure, by: Actor, at: datetime, **more: object) -> None:
    keys = {"measure": row.pk, "side": row.side, "owner": row.subject, **more}
    record(fact, subject=row, by=by, at=at, **keys)
