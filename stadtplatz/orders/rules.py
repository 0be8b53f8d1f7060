"""Who may do what with an order, until when, and how much one contact may take."""

from datetime import datetime, timedelta
from hashlib import blake2s

from django.conf import settings

from stadtplatz.kit.actors import Actor
from stadtplatz.orders import flow
from stadtplatz.orders.models import Order, OrderLine, OrderPart
from stadtplatz.shops import rules as shop_rules

MAX_LINES = 40
MAX_QUANTITY = 20
"""Of one offer in one basket, and of one offer in all open orders of one contact together."""
MAX_OPEN_PARTS = 12
"""How many parts one contact may have open at once, so that nobody empties the shelves unpaid."""
HOLD_TIME = timedelta(minutes=15)
BASKET_KEPT = timedelta(days=30)
CANCEL_NOTICE = timedelta(hours=3)
"""An accepted order can be cancelled until this long before its slot."""
COLLECT_GRACE = timedelta(days=3)
"""How long goods wait after their slot before they go back on the shelf."""
WITHDRAWAL_PERIOD = timedelta(days=14)
TERMS_VERSION = "2026-11"


def contact_key(*, email: str = "", phone: str = "") -> str:
    """A pseudonym for a contact: the same mail address or phone number always gives the same key, and nothing leads back."""
    contact = email.strip().lower() or "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    return "c:" + blake2s(contact.encode(), key=settings.SECRET_KEY.encode()[:32], digest_size=16).hexdigest()


def is_buyer(actor: Actor, order: Order) -> bool:
    """Whoever holds the secret link, the signed-in buyer, or the person whose guest contact ordered."""
    if actor.kind == "link":
        return True
    if actor.is_person:
        guest_owner = order.guest.person_id if order.guest else None
        return actor.person_id in {order.person_id, guest_owner} - {None}
    return actor.guest_id is not None and actor.guest_id == order.guest_id


def can_be_answered(order: Order) -> bool:
    """Whether there is still a buyer: somebody who left a contact or an account that was not erased since."""
    return bool(order.contact_key or order.person_id)


def may_see_as_shop(actor: Actor, part: OrderPart) -> bool:
    """Members of the part's shop, and nobody of any other shop."""
    return shop_rules.may_pack(actor, part.shop)


def may_move(actor: Actor, part: OrderPart, move: flow.Move) -> bool:
    """Whether this actor is one of those to whom the move belongs."""
    return (
        (flow.SYSTEM in move.by and actor.kind == "system")
        or (flow.CUSTOMER in move.by and is_buyer(actor, part.order))
        or (flow.PACKER in move.by and shop_rules.may_pack(actor, part.shop))
        or (flow.MANAGER in move.by and shop_rules.may_manage(actor, part.shop))
    )


def cancellable_until(part: OrderPart) -> datetime | None:
    """Until when the buyer can cancel this part; None if it can no longer be cancelled. Before the shop has accepted it is free."""
    if part.state == flow.PLACED:
        return part.ends_at
    return part.starts_at - CANCEL_NOTICE if part.state == flow.CONFIRMED else None


def may_cancel(part: OrderPart, at: datetime) -> bool:
    """Whether the buyer can still cancel this part at this moment."""
    until = cancellable_until(part)
    return until is not None and at < until


def may_withdraw(line: OrderLine, part: OrderPart, at: datetime) -> bool:
    """Whether a withdrawal of this line is still in time: until 14 days after collection (§ 355, 356 BGB), at any time before."""
    if not line.can_be_withdrawn or part.state in {flow.DECLINED, flow.CANCELLED, flow.EXPIRED}:
        return False
    return part.collected_at is None or at <= part.collected_at + WITHDRAWAL_PERIOD + timedelta(days=1)
