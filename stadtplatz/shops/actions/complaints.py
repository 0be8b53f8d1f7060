"""A seller complains about a decision of the market desk, and somebody else answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock, workdays
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import city
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.shops import facts
from stadtplatz.shops.actions.judging import restore
from stadtplatz.shops.actions.permission import must_judge, must_own
from stadtplatz.shops.models import Complaint, Seller, Shop

COMPLAINT_WORKING_DAYS = 10


@transaction.atomic
def complain(*, shop: Shop, text: str, by: Actor, at: datetime | None = None) -> Complaint:
    """Somebody else than who decided looks at it within COMPLAINT_WORKING_DAYS. Refused: to everybody but owners; without words; when
    nothing was sent back or suspended; when it was suspended for a notice, which has its own way; while another complaint is open."""
    must_own(by, shop)
    seller, now = Seller.objects.select_for_update().get(shop=shop), at or clock.now()
    if seller.state not in {Seller.SUSPENDED, Seller.RETURNED}:
        raise ActionRefused(_("There is no decision to complain about."), code="state")
    if seller.notice:
        raise ActionRefused(
            _("This decision goes back to a notice. Please complain on the page of the decisions."), code="notice"
        )
    if not text.strip():
        raise ActionRefused(_("Please say what is wrong with the decision."), code="text")
    if Complaint.objects.filter(shop=shop, upheld=None).exists():
        raise ActionRefused(_("Your complaint is being looked at."), code="open")
    row = Complaint.objects.create(
        shop=shop, text=text.strip()[:4000], created_at=now, against_by=seller.decided_by,
        due_at=workdays.add_working_days(now, COMPLAINT_WORKING_DAYS, city().land),
    )  # fmt: skip
    record(facts.COMPLAINED, subject=shop, by=by, at=at, shop=shop.pk, complaint=row.pk)
    return row


@transaction.atomic
def decide_complaint(
    *, complaint: Complaint, upheld: bool, answer: str, by: Actor, at: datetime | None = None
) -> Complaint:
    """Upheld: what was suspended stands as before, what was sent back waits again. Else the decision stands. The owners read the answer.

    Refused: to everybody but the market desk, to members of the shop and to who took the decision; without an answer; twice.
    """
    must_judge(by, complaint.shop)
    if by.key == complaint.against_by:
        raise NotAllowed(_("Somebody else than who decided has to look at the complaint."))
    if not answer.strip():
        raise ActionRefused(_("Please say why, so that the person understands."), code="reason")
    decided = Complaint.objects.filter(pk=complaint.pk, upheld=None).update(
        upheld=upheld, answer=answer.strip()[:4000], answered_by=by.key, answered_at=at or clock.now()
    )
    if not decided:
        raise ActionRefused(_("This request was decided already."), code="decided")
    if upheld:
        restore(complaint.shop, by, at)
    record(
        facts.COMPLAINT_DECIDED, subject=complaint.shop, by=by, at=at, shop=complaint.shop_id, complaint=complaint.pk,
        upheld=upheld,
    )  # fmt: skip
    return Complaint.objects.get(pk=complaint.pk)
