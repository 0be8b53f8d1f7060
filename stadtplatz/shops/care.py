"""What passes between a shop, its customers and the market desk: questions and answers, help with a day, and counts of visits."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.audit.actions import record
from stadtplatz.kit import clock, workdays
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import city
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.shops import facts, rules
from stadtplatz.shops.models import CareTask, DayCount, Enquiry, Shop

WORKING_DAYS = {CareTask.HELP: 2, CareTask.VISIT: 10, CareTask.PHOTOS: 10}
"""Until when each kind of help is promised, in working days of the Land."""
MOST_OPEN = 5


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
    if not rules.may_manage(by, enquiry.shop):
        raise NotAllowed(_("Only the owner and staff may change this shop."))
    if not answer.strip():
        raise ActionRefused(_("Please write an answer."), code="answer")
    done = Enquiry.objects.filter(pk=enquiry.pk, answered_at=None).update(
        answer=answer.strip()[:4000], answered_by=by.key, answered_at=at or clock.now()
    )
    if not done:
        raise ActionRefused(_("This question was answered already."), code="answered")
    record(facts.ANSWERED, subject=enquiry, by=by, at=at, shop=enquiry.shop_id, enquiry=enquiry.pk)
    return Enquiry.objects.get(pk=enquiry.pk)


@transaction.atomic
def ask_for_help(*, shop: Shop, kind: str, text: str, by: Actor, at: datetime | None = None) -> CareTask:
    """The market desk has a task, to be done within WORKING_DAYS of its kind.

    Refused: to all but owner and staff, and the desk itself, which may plan a visit; unknown kinds; help without a word what about;
    more than MOST_OPEN open tasks of one shop.
    """
    if not (rules.may_manage(by, shop) or rules.may_decide(by)):
        raise NotAllowed(_("Only the owner and staff may change this shop."))
    if kind not in WORKING_DAYS:
        raise ActionRefused(_("Please choose what you need."), code="kind")
    if kind == CareTask.HELP and not text.strip():
        raise ActionRefused(_("Please say in a few words what you need help with."), code="text")
    Shop.objects.select_for_update().get(pk=shop.pk)
    if CareTask.objects.filter(shop=shop, done_at=None).count() >= MOST_OPEN:
        raise ActionRefused(_("The market desk is already working on several of your requests."), code="many")
    now = at or clock.now()
    row = CareTask.objects.create(
        shop=shop, kind=kind, text=text.strip()[:2000], asked_by=by.key, asked_at=now,
        due_at=workdays.add_working_days(now, WORKING_DAYS[kind], city().land),
    )  # fmt: skip
    record(facts.HELP_ASKED, subject=row, by=by, at=at, shop=shop.pk, task=row.pk)
    return row


@transaction.atomic
def take_task(*, task: CareTask, by: Actor, at: datetime | None = None) -> CareTask:
    """This person of the market desk does it, whoever had taken it before. Refused to everybody else, and once it is done."""
    _desk(by)
    if not CareTask.objects.filter(pk=task.pk, done_at=None).update(taken_by=by.key):
        raise ActionRefused(_("This is done already."), code="done")
    return CareTask.objects.get(pk=task.pk)


@transaction.atomic
def finish_task(*, task: CareTask, answer: str, by: Actor, at: datetime | None = None) -> CareTask:
    """It is done, and the shop's owner and staff read what was done. Refused to all but the market desk; without words; twice."""
    _desk(by)
    if not answer.strip():
        raise ActionRefused(_("Please say what was done."), code="answer")
    done = CareTask.objects.filter(pk=task.pk, done_at=None).update(
        answer=answer.strip()[:2000], done_by=by.key, done_at=at or clock.now()
    )
    if not done:
        raise ActionRefused(_("This is done already."), code="done")
    record(facts.HELPED, subject=task, by=by, at=at, shop=task.shop_id, task=task.pk)
    return CareTask.objects.get(pk=task.pk)


@transaction.atomic
def count_visit(*, shop: Shop, kind: str, at: datetime | None = None) -> None:
    """One more opening of the shop's page on this day. Nothing about who it was is written down."""
    day = clock.local(at or clock.now()).date()
    row, _is_new = DayCount.objects.get_or_create(shop=shop, day=day, kind=kind)
    DayCount.objects.filter(pk=row.pk).update(count=F("count") + 1)


def _desk(by: Actor) -> None:
    if not rules.may_decide(by):
        raise NotAllowed(_("Only the market desk decides this."))
