"""Decisions with two pairs of eyes, and the notice that carries them out of the house."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.cases import facts, rules
from stadtplatz.cases.actions.locking import lock, save_changed
from stadtplatz.cases.models import Case, Decision, Notice
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed


@transaction.atomic
def prepare_decision(case: Case, *, outcome: str, reasons: str, by: Actor, at: datetime | None = None) -> Decision:
    """A decision lies ready for somebody else's approval. Refused without reasons, while another one is waiting, to other units."""
    case, at = lock(case), at or clock.now()
    if not rules.may_handle(by, case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if not reasons.strip():
        raise ActionRefused(_("A decision needs its reasons."), code="no-words")
    if case.decisions.filter(approved_at=None).exists():
        raise ActionRefused(_("Another decision is still waiting for approval."), code="waiting")
    decision = Decision.objects.create(
        case=case, outcome=outcome, reasons=reasons.strip(), prepared_by_id=by.person_id, prepared_at=at
    )
    record(facts.DECISION_PREPARED, subject=case, by=by, at=at, decision=decision.pk, outcome=outcome)
    save_changed(case, at)
    return decision


@transaction.atomic
def approve_decision(decision: Decision, *, by: Actor, at: datetime | None = None) -> Decision:
    """The decision stands. Refused to whoever prepared it (the database refuses that too), twice, and to other units."""
    case, at = lock(decision.case), at or clock.now()
    decision = Decision.objects.get(pk=decision.pk)
    if not rules.may_handle(by, case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if decision.prepared_by_id == by.person_id:
        raise NotAllowed(_("Somebody else has to approve what you prepared."), code="same-eyes")
    if decision.approved_at:
        raise ActionRefused(_("This was approved already."), code="approved")
    decision.approved_by_id, decision.approved_at = by.person_id, at
    decision.save(update_fields=["approved_by", "approved_at"])
    record(facts.DECISION_APPROVED, subject=case, by=by, at=at, decision=decision.pk, outcome=decision.outcome)
    save_changed(case, at)
    return decision


@transaction.atomic
def issue_notice(
    decision: Decision, *, pdf: bytes, template_version: str, by: Actor = SYSTEM, at: datetime | None = None
) -> Notice:
    """The written notice is kept exactly as sent, with its hash. Refused before approval and twice for one decision."""
    case, at = lock(decision.case), at or clock.now()
    decision = Decision.objects.get(pk=decision.pk)
    if decision.approved_at is None or Notice.objects.filter(decision=decision).exists():
        raise ActionRefused(_("A notice needs an approved decision, and there is one for each."), code="not-approved")
    notice = Notice.objects.create(
        decision=decision,
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
        template_version=template_version,
        issued_at=at,
    )
    record(facts.NOTICE_ISSUED, subject=case, by=by, at=at, decision=decision.pk)
    return notice
