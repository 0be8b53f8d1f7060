"""Declaring a withdrawal (§ 355, 356a BGB)."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock, codes
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import facts, flow, rules
from stadtplatz.orders.actions.parts import advance
from stadtplatz.orders.models import Order, OrderLine, OrderPart, Withdrawal, WithdrawnLine


@transaction.atomic
def withdraw(
    *,
    contract: str,
    name: str,
    email: str,
    what: str = "",
    line_ids: Iterable[int] | None = None,
    order: Order | None = None,
    by: Actor,
    language: str = "de",
    at: datetime | None = None,
) -> Withdrawal:
    """The declaration is written down with its moment and cannot be changed; a receipt goes out and the shops are told (reactions).

    `order` is given when the person came through the order's own link; otherwise number and address must match one. A declaration
    that matches none is kept and answered all the same, and nobody learns whether the order exists. Lines that cannot be
    withdrawn are left out. When the buyer withdraws a whole part before collection, it ends and its goods go back on sale; a stranger
    who knows number and address ends nothing, the shop decides.
    Refused without name and mail address.
    """
    at = at or clock.now()
    if not name.strip() or not contract.strip():
        raise ActionRefused(_("Please give your name and the number of your order."), code="missing")
    order = order or _matching(contract, email)
    withdrawal = Withdrawal(
        order=order,
        contract=contract.strip()[:80],
        name=name.strip()[:120],
        email=_address(email),
        what=what.strip(),
        received_at=at,
        language=language,
    )
    withdrawal.save()
    lines = _lines(order, line_ids, at) if order else []
    WithdrawnLine.objects.bulk_create(WithdrawnLine(withdrawal=withdrawal, line=line) for line in lines)
    parts = {line.part_id: line.part for line in lines}
    shops = sorted({part.shop_id for part in parts.values()})
    record(
        facts.WITHDRAWN,
        subject=order or withdrawal,
        by=by,
        at=at,
        withdrawal=withdrawal.pk,
        lines=[line.pk for line in lines],
        parts=sorted(parts),
        shops=shops,
    )
    whole = [part for part in parts.values() if order and _is_whole(part) and rules.is_buyer(by, order)]
    if whole:
        advance(whole, move="withdraw", by=by, at=at)
    return withdrawal


def _matching(contract: str, email: str) -> Order | None:
    """The order of this number whose contact has this mail address."""
    number = codes.read_number(contract)
    order = Order.objects.select_related("guest").filter(number=number).first() if number else None
    known = order.guest.email if order and order.guest else ""
    return order if known and known == email.strip().lower() else None


def _lines(order: Order, line_ids: Iterable[int] | None, at: datetime) -> list[OrderLine]:
    """The order's lines that can be withdrawn and were not yet; of those the wanted ones, if any were named."""
    parts = list(OrderPart.objects.select_for_update().filter(order=order).order_by("pk"))
    rows = OrderLine.objects.filter(part__in=parts, withdrawn=None).select_related("part").order_by("pk")
    free = [line for line in rows if rules.may_withdraw(line, line.part, at)]
    wanted = None if line_ids is None else set(line_ids)
    return [line for line in free if wanted is None or line.pk in wanted]


def _is_whole(part: OrderPart) -> bool:
    return part.state in flow.OPEN and not part.lines.filter(withdrawn=None).exists()


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ActionRefused(_("This does not look like a mail address."), code="email") from None
    return address
