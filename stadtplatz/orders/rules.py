"""Who may do what with an order, until when, and how much one contact may take."""

from datetime import datetime, timedelta
from hashlib import blake2s

from django.conf import settings

from stadtplatz.kit.actors import Actor
from stadtplatz.kit.flow import CUSTOMER, MANAGER, PACKER, SYSTEM, Move
from stadtplatz.orders import flow
from stadtplatz.orders.models import Order, OrderLine, OrderPart, Quote, Reservation
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
WEIGHT_WAITS = timedelta(hours=24)
"""How long a buyer has to say whether more than the bound may be charged; at the latest until the collection begins."""
WEIGHT_LEAST = timedelta(minutes=30)
"""With less time than this nobody is asked."""
TERMS_VERSION = "2026-11"
MAX_ASIDE = 5
"""How many things one contact may have put aside at once; after two no-shows it is one."""
MAX_PIECES_ASIDE = 5
"""Pieces of one offer that one contact may have put aside."""
NO_SHOWS = 2
"""From that many times that something lay ready and nobody came within NO_SHOW_KEPT, only one thing is put aside at a time."""
NO_SHOW_KEPT = timedelta(days=60)
"""How long a no-show counts; then its contact key, a keyed hash, is emptied."""
QUOTE_KEPT = timedelta(days=60)
"""How long words and contact of a question for a price stay after it is over."""
QUOTE_WAITS = timedelta(days=30)
"""How long a question for a price waits for the shop before it ends by itself."""
CONTACT_KEPT = timedelta(days=14)
"""How long name, mail address and account stay with something put aside after it is over. There is no contract to keep them for."""


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


def may_move(actor: Actor, part: OrderPart, move: Move) -> bool:
    """Whether this actor is one of those to whom the move belongs."""
    return (
        (SYSTEM in move.by and actor.kind == "system")
        or (CUSTOMER in move.by and is_buyer(actor, part.order))
        or (PACKER in move.by and shop_rules.may_pack(actor, part.shop))
        or (MANAGER in move.by and shop_rules.may_manage(actor, part.shop))
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


def reserver_key(*, email: str, network: str) -> str:
    """The pseudonym under which put-aside things are counted: of the mail address if there is one, else of the network address."""
    return contact_key(email=email) if email.strip() else contact_key(email=f"network:{network}")


def is_reserver(actor: Actor, reservation: Reservation) -> bool:
    """Whoever holds the secret link, or the person who had it put aside."""
    if actor.kind == "link":
        return True
    return actor.is_person and actor.person_id == reservation.person_id


def may_move_reservation(actor: Actor, reservation: Reservation, move: Move) -> bool:
    """Whether this actor is one of those to whom the move belongs."""
    return (
        (SYSTEM in move.by and actor.kind == "system")
        or (CUSTOMER in move.by and is_reserver(actor, reservation))
        or (PACKER in move.by and shop_rules.may_pack(actor, reservation.shop))
    )


def may_ask_longer(reservation: Reservation, at: datetime) -> bool:
    """Once, as long as it lies aside and its time is not over."""
    return reservation.is_open and reservation.longer == Reservation.NOT_ASKED and at < reservation.until


def is_asker(actor: Actor, quote: Quote) -> bool:
    """Whoever holds the secret link, or the person who asked."""
    return actor.kind == "link" or (actor.is_person and actor.person_id == quote.person_id)


def may_move_quote(actor: Actor, quote: Quote, move: Move) -> bool:
    """Whether this actor is one of those to whom the move belongs."""
    return (
        (SYSTEM in move.by and actor.kind == "system")
        or (CUSTOMER in move.by and is_asker(actor, quote))
        or (MANAGER in move.by and shop_rules.may_manage(actor, quote.shop))
    )
