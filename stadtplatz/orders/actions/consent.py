"""More was weighed than may be charged: the buyer is asked, and only a yes makes it cost more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue.rules import full_price
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.orders import facts, flow, rules
from stadtplatz.orders.actions.weighing import sum_anew
from stadtplatz.orders.models import OrderLine, OrderPart, WeightQuestion


@transaction.atomic
def ask_weight(
    line: OrderLine, *, by: Actor, expected_version: int | None = None, at: datetime | None = None
) -> WeightQuestion:
    """The buyer reads how much it is and what it would cost, by mail and on the order's page, and until when to answer: WEIGHT_WAITS,
    at the latest when the collection begins. Until then, and without a yes for good, the bound holds.

    Refused: to all but the shop's people; Stale when the part was moved since; once it is packed or over; for what is not above the
    bound; while the same is being asked; with less than WEIGHT_LEAST left; when there is no buyer any more.
    """
    at = at or clock.now()
    part = _part(line.part_id)
    if not rules.may_see_as_shop(by, part):
        raise NotAllowed(_("This order is not yours to change."))
    if expected_version is not None and part.version != expected_version:
        words = _("This order was changed since you opened the page. It is now: {state}.")
        raise Stale(words.format(state=part.get_state_display()), current=part)
    _still_packing(part)
    line = OrderLine.objects.select_for_update().get(pk=line.pk)
    if not line.partly_free or not line.grams or not line.weighed:
        raise ActionRefused(_("This needs no consent: it is not above the highest price."), code="not-above")
    if line.questions.exclude(answer=WeightQuestion.DROPPED).filter(grams=line.weighed).exists():
        raise ActionRefused(_("The customer was asked about this weight already."), code="asked")
    if not rules.can_be_answered(part.order):
        raise ActionRefused(_("There is no customer any more who could agree."), code="nobody")
    until = min(at + rules.WEIGHT_WAITS, part.starts_at)
    if until - at < rules.WEIGHT_LEAST:
        raise ActionRefused(
            _("There is too little time before the collection. Please call, or pack less."), code="too-late"
        )
    question = WeightQuestion.objects.create(
        line=line, grams=line.weighed, price=full_price(line.estimate, ordered=line.grams, weighed=line.weighed), bound=line.most,
        asked_at=at, asked_by=by.key, until=until,
    )  # fmt: skip
    record(facts.WEIGHT_ASKED, subject=part.order, by=by, at=at, part=part.pk, shop=part.shop_id, question=question.pk)
    return question


@transaction.atomic
def answer_weight(question: WeightQuestion, *, yes: bool, by: Actor, at: datetime | None = None) -> WeightQuestion:
    """With a yes the line costs what was asked, and part and order sum it anew; with a no the bound holds. The shop is told.

    Refused: to all but the buyer; when it was answered, the time is over, or the shop asks something else by now; once it is packed.
    """
    at = at or clock.now()
    part = _part(question.line.part_id)
    if not rules.is_buyer(by, part.order):
        raise NotAllowed(_("This order is not yours to change."))
    open_ = WeightQuestion.objects.select_for_update().select_related("line").filter(pk=question.pk, answer=WeightQuestion.OPEN).first()  # fmt: skip
    if open_ is None or open_.line.weighed != open_.grams:
        raise ActionRefused(_("This question is answered, or is no longer asked."), code="answered")
    if at >= open_.until:
        raise ActionRefused(
            _("The time for an answer is over. The highest price you ordered for stays."), code="too-late"
        )
    _still_packing(part)
    open_.answer, open_.answered_at = WeightQuestion.YES if yes else WeightQuestion.NO, at
    open_.save(update_fields=["answer", "answered_at"])
    if yes:
        OrderLine.objects.filter(pk=open_.line_id).update(charged=open_.price, agreed_at=at)
        sum_anew(part)
    fact = facts.WEIGHT_AGREED if yes else facts.WEIGHT_NOT_AGREED
    record(fact, subject=part.order, by=by, at=at, part=part.pk, shop=part.shop_id, question=open_.pk)
    return open_


@transaction.atomic
def close_weight(question: WeightQuestion, *, at: datetime | None = None) -> bool:
    """Nobody answered in time: the bound holds, and the shop is told. False if it was answered meanwhile or has time left."""
    at = at or clock.now()
    part = _part(question.line.part_id)
    late = WeightQuestion.objects.filter(pk=question.pk, answer=WeightQuestion.OPEN, until__lte=at)
    if not late.update(answer=WeightQuestion.LATE, answered_at=at):
        return False
    record(
        facts.WEIGHT_LATE, subject=part.order, by=SYSTEM, at=at, part=part.pk, shop=part.shop_id, question=question.pk
    )
    return True


def _part(pk: int) -> OrderPart:
    rows = OrderPart.objects.select_for_update(of=("self",))
    return rows.select_related("shop", "order__guest", "order__person").get(pk=pk)


def _still_packing(part: OrderPart) -> None:
    if part.state not in {flow.PLACED, flow.CONFIRMED}:
        words = _("That is no longer possible: the order is {state}.")
        raise ActionRefused(words.format(state=part.get_state_display()), code="wrong-state")
