"""Loose goods are weighed when they are packed; then their price is final."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue.rules import price_by_weight
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.money import ZERO
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.orders import facts, flow, rules
from stadtplatz.orders.models import Order, OrderLine, OrderPart, WeightQuestion


@transaction.atomic
def weigh(
    part: OrderPart,
    *,
    grams: Mapping[int, int],
    by: Actor,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> OrderPart:
    """The lines cost what the scales showed (`grams` by line id), never above the bound; part and order sum them anew.

    The buyer reads the final price on the order's page and in the mail that it is ready. Can be done again until then.
    Refused: to all but the shop's people; Stale when the part was moved since; once it is packed or over; a weight below half or
    above twice of what was ordered, which is a typing error or another order; lines that are not weighed (ValueError).
    """
    at = at or clock.now()
    locked = _packing(part, by, expected_version)
    if not grams:
        raise ActionRefused(_("Please give a weight."), code="weight")
    lines = OrderLine.objects.filter(part=locked, grams__isnull=False).in_bulk(list(grams))
    if set(grams) - set(lines):
        raise ValueError("Only loose goods of this part are weighed.")
    for pk, line in lines.items():
        _weigh_line(line, grams[pk], at)
    sum_anew(locked)
    record(facts.WEIGHED, subject=locked.order, by=by, at=at, part=locked.pk, shop=locked.shop_id, lines=sorted(lines))
    return locked


@transaction.atomic
def take_as_ordered(
    part: OrderPart, *, by: Actor, expected_version: int | None = None, at: datetime | None = None
) -> OrderPart:
    """What was not weighed is packed as ordered and costs what was ordered. The buyer reads it. Refused as `weigh` is, and when
    everything was weighed."""
    locked = _packing(part, by, expected_version)
    rows = OrderLine.objects.filter(part=locked, grams__isnull=False, weighed=None, as_ordered=False)
    ids = sorted(rows.values_list("pk", flat=True))
    if not ids:
        raise ActionRefused(_("Everything was weighed already."), code="weight")
    rows.update(as_ordered=True)
    locked.version += 1
    locked.save(update_fields=["version"])
    record(facts.AS_ORDERED, subject=locked.order, by=by, at=at, part=locked.pk, shop=locked.shop_id, lines=ids)
    return locked


def _packing(part: OrderPart, by: Actor, expected_version: int | None) -> OrderPart:
    """The part, locked, if this person may pack it and it is not packed yet."""
    locked = OrderPart.objects.select_for_update(of=("self",)).select_related("shop", "order").get(pk=part.pk)
    if not rules.may_see_as_shop(by, locked):
        raise NotAllowed(_("This order is not yours to change."))
    if expected_version is not None and locked.version != expected_version:
        words = _("This order was changed since you opened the page. It is now: {state}.")
        raise Stale(words.format(state=locked.get_state_display()), current=locked)
    if locked.state not in {flow.PLACED, flow.CONFIRMED}:
        words = _("That is no longer possible: the order is {state}.")
        raise ActionRefused(words.format(state=locked.get_state_display()), code="wrong-state")
    return locked


def _weigh_line(line: OrderLine, weighed: int, at: datetime) -> None:
    ordered = line.grams or 0
    if not ordered <= weighed * 2 <= ordered * 4:
        words = _("{title}: {weighed} g is far from the {ordered} g ordered. Please check the number.")
        raise ActionRefused(words.format(title=line.title, weighed=weighed, ordered=ordered), code="weight")
    if line.weighed == weighed:
        return  # what was asked and agreed about this weight stays
    line.questions.filter(answer=WeightQuestion.OPEN).update(answer=WeightQuestion.DROPPED, answered_at=at)
    line.weighed, line.agreed_at, line.as_ordered = weighed, None, False
    line.charged = price_by_weight(line.estimate, ordered=ordered, weighed=weighed).price
    line.save(update_fields=["weighed", "charged", "agreed_at", "as_ordered"])


def sum_anew(part: OrderPart) -> None:
    """Part and order cost what their lines cost now; the part has a new version."""
    part.goods = sum((line.amount for line in OrderLine.objects.filter(part=part)), ZERO)
    part.version += 1
    part.save(update_fields=["goods", "version"])
    order = Order.objects.select_for_update().get(pk=part.order_id)
    order.goods = order.parts.aggregate(sum=Sum("goods"))["sum"] or ZERO
    order.save(update_fields=["goods"])
