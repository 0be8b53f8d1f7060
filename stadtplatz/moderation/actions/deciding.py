"""Deciding about content, and complaining about the decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.cases import actions as cases
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.moderation import rules
from stadtplatz.moderation.models import Complaint, ContentNotice, Matter, Statement

LONGEST = 4000


@dataclass(frozen=True)
class Ruling:
    """What somebody at the desk decided: whether the content goes, on what ground, what was found, and which version of the case
    they looked at. `unfounded` are ids of notices that were manifestly unfounded; `manifest` says that the
    content is manifestly illegal, which counts for whoever answers for it."""

    restrict: bool
    facts: str
    basis_kind: str = ""
    basis: str = ""
    unfounded: tuple[int, ...] = ()
    manifest: bool = False
    version: int | None = None


@transaction.atomic
def decide(*, matter: Matter, ruling: Ruling, by: Actor, at: datetime | None = None) -> Statement:
    """The matter is decided and the reasons are written down; whoever gave notice reads them (Art. 16 (5) DSA), and so does whoever
    answers for the content (Art. 17 DSA), whom the content's own domain tells.

    A part of the content's own action, which restricts or restores it in the same transaction. Refused: to everybody but the desk and to who gave notice;
    without reasons, and without a provision if the content goes; on a complaint to whoever took the decision; Stale when somebody
    else changed the case meanwhile; a restriction of what is restricted.
    """
    at = at or clock.now()
    if not rules.may_moderate(by):
        raise NotAllowed(rules.NOT_YOURS)
    _check(ruling)
    matter = Matter.objects.select_for_update(of=("self",)).select_related("case").get(pk=matter.pk)
    if rules.gave_notice(by, matter):
        raise NotAllowed(_("You gave notice of this yourself, so somebody else decides."))
    complaint = open_complaint(matter)
    if complaint and complaint.against.decided_by == by.key:
        raise NotAllowed(_("Somebody else than who decided has to look at the complaint."))
    statement = _statement(matter, ruling, complaint, by, at)
    move = "restrict" if ruling.restrict else "lift" if matter.case.state == "restricted" else "keep"
    cases.advance(matter.case, move=move, by=by, expected_version=ruling.version, at=at, statement=statement.pk, content=matter.content, owner=matter.owner)  # fmt: skip
    if complaint:
        Complaint.objects.filter(pk=complaint.pk).update(answer=statement)
    Matter.objects.filter(pk=matter.pk).update(waiting=False)
    if not ruling.restrict and ruling.unfounded:
        ContentNotice.objects.filter(matter=matter, pk__in=ruling.unfounded).update(unfounded=True)
    return statement


@transaction.atomic
def complain_as_notifier(*, notice: ContentNotice, text: str, at: datetime | None = None) -> Complaint:
    """Whoever holds the link of the notice says that keeping the content is wrong. Refused as `complain` does."""
    by = rules.notice_holder(notice)
    return complain(matter=notice.matter, side=Complaint.NOTIFIER, text=text, notice=notice, by=by, at=at)


@transaction.atomic
def complain(
    *, matter: Matter, side: str, text: str, by: Actor, notice: ContentNotice | None = None, at: datetime | None = None
) -> Complaint:
    """Somebody else than who decided looks at it, until the same day as for a new notice. Free of charge (Art. 20 DSA).

    That `by` may speak for this side was asked before: the link of a notice, or the content's own domain for its owner. Refused:
    without words; when the decision was in favour of this side; twice by the same; while another complaint is open; after six months.
    """
    at = at or clock.now()
    if not text.strip():
        raise ActionRefused(_("Please say what is wrong with the decision."), code="text")
    matter = Matter.objects.select_for_update(of=("self",)).select_related("case").get(pk=matter.pk)
    wanted = Statement.RESTRICTED if side == Complaint.OWNER else Statement.KEPT
    last = matter.statements.last()
    if last is None or last.outcome != wanted or matter.case.state not in ("restricted", "kept"):
        raise ActionRefused(_("There is no decision that you could complain about."), code="state")
    earlier = matter.complaints.filter(side=side)
    if (earlier.filter(notice=notice) if notice else earlier).exists():
        raise ActionRefused(
            _("You have complained about this before. Courts and dispute settlement are open to you."), code="twice"
        )
    row = Complaint.objects.create(
        matter=matter,
        against=last,
        side=side,
        notice=notice,
        text=text.replace("\x00", "").strip()[:LONGEST],
        created_at=at,
    )
    cases.advance(matter.case, move="contest", by=by, at=at, complaint=row.pk)
    return row


def open_complaint(matter: Matter) -> Complaint | None:
    """The complaint that waits for its answer."""
    return matter.complaints.select_related("against").filter(answer=None).first()


def _check(ruling: Ruling) -> None:
    if len(ruling.facts.strip()) < 10:
        raise ActionRefused(_("Please write down what you found and why you decide so."), code="facts")
    if ruling.restrict and (ruling.basis_kind not in dict(Statement.BASES) or not ruling.basis.strip()):
        raise ActionRefused(_("Please name the law or the clause that the content breaks."), code="basis")


def _statement(matter: Matter, ruling: Ruling, complaint: Complaint | None, by: Actor, at: datetime) -> Statement:
    return Statement.objects.create(
        matter=matter,
        outcome=Statement.RESTRICTED if ruling.restrict else Statement.KEPT,
        basis_kind=ruling.basis_kind if ruling.restrict else "",
        basis=ruling.basis.strip()[:300] if ruling.restrict else "",
        facts=ruling.facts.strip()[:LONGEST],
        manifest=ruling.restrict and ruling.manifest,
        decided_by=by.key,
        decided_at=at,
        against_by=complaint.against.decided_by if complaint else "",
    )
