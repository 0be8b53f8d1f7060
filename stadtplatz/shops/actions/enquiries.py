"""What customers ask a shop, and its answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops import facts
from stadtplatz.shops.actions.permission import must_manage
from stadtplatz.shops.models import Enquiry, Shop


@transaction.atomic
def ask_shop(
    *, shop: Shop, name: str, email: str, text: str, by: Actor, language: str = "de", at: datetime | None = None
) -> Enquiry:
    """The question lies in the shop's inbox and its owner and staff get a mail; the answer will go to the address.

    Refused: shops that nobody sees; without words or address.
    """
    if not shop.is_listed:
        raise ActionRefused(_("This shop cannot be asked at the moment."), code="state")
    if not text.strip() or not email.strip():
        raise ActionRefused(_("Please write your question and a mail address for the answer."), code="text")
    contact = accounts.leave_contact(name=name, email=email, language=language)
    row = Enquiry.objects.create(
        shop=shop, contact=contact, text=text.strip()[:4000], created_at=at or clock.now()
    )  # fmt: skip
    record(facts.ASKED, subject=row, by=by, at=at, shop=shop.pk, enquiry=row.pk)
    return row


@transaction.atomic
def answer_enquiry(*, enquiry: Enquiry, answer: str, by: Actor, at: datetime | None = None) -> Enquiry:
    """Whoever asked gets the answer by mail. Refused: to all but owner and staff; without words; twice."""
    must_manage(by, enquiry.shop)
    if not answer.strip():
        raise ActionRefused(_("Please write an answer."), code="answer")
    done = Enquiry.objects.filter(pk=enquiry.pk, answered_at=None).update(
        answer=answer.strip()[:4000], answered_by=by.key, answered_at=at or clock.now()
    )
    if not done:
        raise ActionRefused(_("This question was answered already."), code="answered")
    record(facts.ANSWERED, subject=enquiry, by=by, at=at, shop=enquiry.shop_id, enquiry=enquiry.pk)
    return Enquiry.objects.get(pk=enquiry.pk)
