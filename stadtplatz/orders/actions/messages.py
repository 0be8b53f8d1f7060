"""Buyer and shop write to each other about an order."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.orders import facts, rules
from stadtplatz.orders.models import Order, OrderMessage, OrderPart
from stadtplatz.shops import rules as shop_rules

LONGEST = 5_000
"""Characters in one message."""


@transaction.atomic
def write_to_shop(
    order: Order,
    *,
    body: str,
    by: Actor,
    part: OrderPart | None = None,
    unsure: bool = False,
    at: datetime | None = None,
) -> OrderMessage:
    """The buyer's words stand on the order; the shop of `part` reads them and is told, without a part every shop of the order.

    Nothing else changes: an order is cancelled or withdrawn from by its own buttons. Refused to anybody but the buyer, when
    empty or longer than 5,000 characters, and once the buyer's data were erased, since nobody could be answered.
    """
    if not rules.is_buyer(by, order) or (part is not None and part.order_id != order.pk):
        raise NotAllowed(_("This order is not yours to change."))
    message = _put(order, part, body, from_buyer=True, unsure=unsure, at=at)
    parts = [part] if part else list(order.parts.all())
    keys = {"parts": [row.pk for row in parts], "shops": [row.shop_id for row in parts]}
    record(facts.MESSAGE_RECEIVED, subject=order, by=by, at=message.at, message=message.pk, **keys)
    return message


@transaction.atomic
def write_to_buyer(part: OrderPart, *, body: str, by: Actor, at: datetime | None = None) -> OrderMessage:
    """The shop's words stand on its part of the order; the buyer is told. Other shops of the order read nothing of it.

    Refused to everybody but owners and staff of the shop, when empty or too long, and once the buyer's data were erased.
    """
    if not shop_rules.may_manage(by, part.shop):
        raise NotAllowed(_("This order is not yours to change."))
    message = _put(part.order, part, body, from_buyer=False, at=at)
    record(
        facts.MESSAGE_SENT,
        subject=part.order,
        by=by,
        at=message.at,
        message=message.pk,
        part=part.pk,
        shop=part.shop_id,
    )
    return message


def _put(
    order: Order, part: OrderPart | None, body: str, *, from_buyer: bool, unsure: bool = False, at: datetime | None
) -> OrderMessage:
    body = body.replace("\x00", "").strip()
    if not body:
        raise ActionRefused(_("Please write a message."), code="no-words")
    if len(body) > LONGEST:
        raise ActionRefused(
            _("That is {count} characters. Please keep to {limit}.").format(count=len(body), limit=LONGEST),
            code="too-long",
        )
    if not rules.can_be_answered(Order.objects.select_for_update().get(pk=order.pk)):
        raise ActionRefused(_("The data of this order were erased, so that nobody can be reached."), code="erased")
    return OrderMessage.objects.create(
        order=order, part=part, from_buyer=from_buyer, unsure=unsure, body=body, at=at or clock.now()
    )
