"""What orders keep about a person or guest, and what stays after an erasure."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit.actors import Actor
from stadtplatz.orders.models import Order, OrderMessage, OrderPart, Quote, Reservation


def export(subject: Person | Guest) -> dict[str, Any]:
    """Every order with its parts and goods, the withdrawals declared for them, and what was put aside; nothing if there is none."""
    orders = _of(subject).prefetch_related("parts__lines", "withdrawals", "messages").order_by("placed_at")
    found = {
        "orders": [_told(order) for order in orders],
        "put_aside": [_told_aside(row) for row in _aside(subject).select_related("shop").order_by("made_at")],
        "asked_prices": [_told_quote(row) for row in _quotes(subject).select_related("shop").order_by("asked_at")],
    }
    return {name: rows for name, rows in found.items() if rows}


@transaction.atomic
def erase(subject: Person | Guest, *, by: Actor) -> list[str | Promise]:
    """The orders no longer lead to the person, messages are gone; what was bought, from whom and for how much stays as a voucher without a name.

    What was put aside goes on without anybody to tell, until its time is over."""
    _aside(subject).update(contact_key="", person=None)
    _quotes(subject).update(person=None, wish="", answer="")
    orders = _of(subject)
    had_withdrawals = orders.filter(withdrawals__isnull=False).exists()
    OrderMessage.objects.filter(order__in=orders).delete()
    kept = orders.update(contact_key="", person=None)
    if not kept:
        return []
    stays: list[str | Promise] = [
        _(
            "Goods, amounts and sellers of orders, without name and contact: booking vouchers, 8 years (§ 147 AO, § 257 HGB)."
        )
    ]
    if had_withdrawals:
        stays.append(
            _("Declarations of withdrawal as proof of what was declared and when (§ 356a BGB, § 195 BGB), 3 years.")
        )
    return stays


def _of(subject: Person | Guest) -> QuerySet[Order]:
    if isinstance(subject, Guest):
        return Order.objects.filter(guest=subject)
    ids = Order.objects.filter(Q(person=subject) | Q(guest__person=subject)).values("pk")
    return Order.objects.filter(pk__in=list(ids.values_list("pk", flat=True)))


def _aside(subject: Person | Guest) -> QuerySet[Reservation]:
    if isinstance(subject, Guest):
        return Reservation.objects.filter(guest=subject)
    ids = Reservation.objects.filter(Q(person=subject) | Q(guest__person=subject)).values_list("pk", flat=True)
    return Reservation.objects.filter(pk__in=list(ids))


def _quotes(subject: Person | Guest) -> QuerySet[Quote]:
    if isinstance(subject, Guest):
        return Quote.objects.filter(guest=subject)
    ids = Quote.objects.filter(Q(person=subject) | Q(guest__person=subject)).values_list("pk", flat=True)
    return Quote.objects.filter(pk__in=list(ids))


def _told_quote(row: Quote) -> dict[str, Any]:
    return {
        "number": row.number,
        "shop": row.shop.name,
        "title": row.title,
        "wish": row.wish,
        "answer": row.answer,
        "price_cents": row.price.cents if row.price is not None else None,
        "state": row.state,
        "asked_at": row.asked_at.isoformat(),
    }


def _told_aside(row: Reservation) -> dict[str, Any]:
    return {
        "number": row.number,
        "shop": row.shop.name,
        "title": row.title,
        "quantity": row.quantity,
        "state": row.state,
        "made_at": row.made_at.isoformat(),
        "until": row.until.isoformat(),
        "counted_as_not_fetched": row.no_show,
    }


def _told(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "placed_at": order.placed_at.isoformat(),
        "total_cents": order.total.cents,
        "parts": [_told_part(part) for part in order.parts.all()],
        "messages": [
            {"at": row.at.isoformat(), "by": "buyer" if row.from_buyer else "shop", "body": row.body}
            for row in order.messages.all()
        ],
        "withdrawals": [
            {"number": row.number, "name": row.name, "email": row.email, "received_at": row.received_at.isoformat()}
            for row in order.withdrawals.all()
        ],
    }


def _told_part(part: OrderPart) -> dict[str, Any]:
    return {
        "seller": part.seller_name,
        "state": part.state,
        "collection": part.starts_at.isoformat(),
        "total_cents": part.total.cents,
        "goods": [
            {
                "title": line.title,
                "quantity": line.quantity,
                "price_cents": line.price.cents,
                "amount_cents": line.amount.cents,
            }
            for line in part.lines.all()
        ],
    }
