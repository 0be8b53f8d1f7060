"""Moving the parts of an order: accept, pack, hand over, decline, cancel, give up."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hmac import compare_digest

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue.rules import day_key
from stadtplatz.kit import clock, codes, ratelimit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.orders import flow, rules
from stadtplatz.orders.models import OrderLine, OrderPart, WeightQuestion
from stadtplatz.orders.queries.checkout import day_of
from stadtplatz.pools import actions as pools
from stadtplatz.pools import queries as levels

CODE_TRIES = 5


@transaction.atomic
def advance(
    parts: OrderPart | Iterable[OrderPart],
    *,
    move: str,
    by: Actor,
    expected_version: int | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> list[OrderPart]:
    """The parts of one order are one move further, all or none; the only way to change their state. Buyer or shop are told (reactions).

    Moves that end an order unsold give goods and slots back to their pools, summed over all parts at once.
    Refused with NotAllowed for anybody but those the move belongs to, with Stale when a part was moved since the page was
    opened, when the move does not start at its state, and packing while something sold by weight was not weighed. A question about a
    weight that is still open is no longer asked: the bound holds.
    """
    step, at = flow.MOVES[move], at or clock.now()
    locked = _locked(parts)
    for part in locked:
        if not rules.may_move(by, part, step):
            raise NotAllowed(_("This order is not yours to change."))
        if expected_version is not None and part.version != expected_version:
            raise Stale(
                _("This order was changed since you opened the page. It is now: {state}.").format(
                    state=part.get_state_display()
                ),
                current=part,
            )
        if part.state not in step.start:
            raise ActionRefused(
                _("That is no longer possible: the order is {state}.").format(state=part.get_state_display()),
                code="wrong-state",
            )
    if step.end == flow.READY:
        _all_weighed(locked)
    if step.returns and locked:
        pools.give_back(locked[0].order.hold, _goods_and_slots(locked))
    WeightQuestion.objects.filter(line__part__in=locked, answer=WeightQuestion.OPEN).update(
        answer=WeightQuestion.DROPPED, answered_at=at
    )
    for part in locked:
        part.state, part.state_since, part.version = step.end, at, part.version + 1
        part.reason = reason or part.reason
        part.collected_at = at if step.end == flow.COLLECTED else part.collected_at
        part.save(update_fields=["state", "state_since", "version", "reason", "collected_at"])
        record(step.fact, subject=part.order, by=by, at=at, part=part.pk, shop=part.shop_id)
    return locked


def decline(
    part: OrderPart, *, reason: str, by: Actor, expected_version: int | None = None, at: datetime | None = None
):
    """The shop does not sell; the buyer reads the reason. Goods and slot are free again. Refused without a reason."""
    if not reason.strip():
        raise ActionRefused(_("Please tell the customer why."), code="reason")
    return advance(part, move="decline", by=by, expected_version=expected_version, reason=reason.strip(), at=at)


def cancel(parts: Iterable[OrderPart], *, by: Actor, at: datetime | None = None) -> list[OrderPart]:
    """The buyer does not want these parts of the order any more; shops are told, goods and slots are free again.

    Refused as soon as one of them is packed, or an accepted one begins in less than three hours.
    """
    at, wanted = at or clock.now(), list(parts)
    for part in wanted:
        if not rules.may_cancel(part, at):
            raise ActionRefused(
                _("The order at {shop} can no longer be cancelled here. Please call the shop.").format(
                    shop=part.shop_name
                ),
                code="too-late",
            )
    return advance(wanted, move="cancel", by=by, at=at)


def hand_over(
    part: OrderPart, *, code: str, by: Actor, expected_version: int | None = None, at: datetime | None = None
) -> OrderPart:
    """The goods are collected and paid, proved by the buyer's collection code. Call it outside a transaction, so that tries count.

    Refused for a wrong code, after five tries in an hour, and for people who do not work in the shop.
    """
    if not rules.may_see_as_shop(by, part):
        raise NotAllowed(_("This order is not yours to change."))
    ratelimit.count("orders.collection-code", str(part.pk), limit=CODE_TRIES, per=timedelta(hours=1))
    if not compare_digest(codes.read_typed_code(code).encode(), part.collection_code.encode()):
        raise ActionRefused(
            _("This is not the code of this order. Please compare it with the customer's."), code="wrong-code"
        )
    return advance(part, move="collect", by=by, expected_version=expected_version, at=at)[0]


def _locked(parts: OrderPart | Iterable[OrderPart]) -> list[OrderPart]:
    """The present rows, locked in one order. Refused (ValueError) for parts of different orders."""
    keys = [parts.pk] if isinstance(parts, OrderPart) else [part.pk for part in parts]
    rows = OrderPart.objects.select_for_update(of=("self",)).select_related(
        "order__guest", "order__hold", "shop", "slot"
    )
    locked = list(rows.filter(pk__in=keys).order_by("pk").prefetch_related("lines"))
    if len({part.order_id for part in locked}) > 1:
        raise ValueError("Only parts of one order move together.")
    return locked


def _all_weighed(parts: list[OrderPart]) -> None:
    """Refused while something sold by weight was neither weighed nor taken as ordered: its price is not final."""
    rows = OrderLine.objects.filter(part__in=parts, grams__isnull=False, weighed=None, as_ordered=False, withdrawn=None)
    if titles := list(rows.values_list("title", flat=True)):
        words = _("Not weighed yet: {titles}. Please weigh it, or press “As ordered”.")
        raise ActionRefused(words.format(titles=", ".join(titles)), code="weigh")


def _goods_and_slots(parts: list[OrderPart]) -> list[tuple[str, int]]:
    lines = [(line, day_of(part.slot)) for part in parts for line in part.lines.all()]
    goods = [(line.stock_key, line.quantity) for line, _day in lines]
    taken = levels.lines_of(parts[0].order.hold)
    of_day = [(day_key(line.offer_id or 0, day), line.quantity) for line, day in lines]
    return [
        *goods,
        *((key, number) for key, number in of_day if key in taken),
        *((part.slot.pool_key, 1) for part in parts),
    ]
