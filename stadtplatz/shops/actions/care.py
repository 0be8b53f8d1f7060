"""Help of the market desk, promised for a day."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock, workdays
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import city
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.shops import facts, rules
from stadtplatz.shops.actions.permission import must_decide
from stadtplatz.shops.models import CareTask, Shop

WORKING_DAYS = {CareTask.HELP: 2, CareTask.VISIT: 10, CareTask.PHOTOS: 10}
"""Until when each kind of help is promised, in working days of the Land."""
MOST_OPEN = 5


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
    must_decide(by)
    if not CareTask.objects.filter(pk=task.pk, done_at=None).update(taken_by=by.key):
        raise ActionRefused(_("This is done already."), code="done")
    return CareTask.objects.get(pk=task.pk)


@transaction.atomic
def finish_task(*, task: CareTask, answer: str, by: Actor, at: datetime | None = None) -> CareTask:
    """It is done, and the shop's owner and staff read what was done. Refused to all but the market desk; without words; twice."""
    must_decide(by)
    if not answer.strip():
        raise ActionRefused(_("Please say what was done."), code="answer")
    done = CareTask.objects.filter(pk=task.pk, done_at=None).update(
        answer=answer.strip()[:2000], done_by=by.key, done_at=at or clock.now()
    )
    if not done:
        raise ActionRefused(_("This is done already."), code="done")
    record(facts.HELPED, subject=task, by=by, at=at, shop=task.shop_id, task=task.pk)
    return CareTask.objects.get(pk=task.pk)
