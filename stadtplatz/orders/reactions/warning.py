"""Buyers of something illegal read it."""

from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.notifications import actions as notifications
from stadtplatz.orders.models import BuyersTold, Order
from stadtplatz.orders.reactions.orders import MARKET, contact_of


@reacts_to("orders.buyers_told")
def warn_buyers(record: Record) -> None:
    """Each order's buyer gets one mail with what is illegal, the seller, and what can be done (Art. 32 (1) DSA)."""
    row = BuyersTold.objects.get(pk=record.keys["warning"])
    for order in Order.objects.select_related("guest", "person").filter(pk__in=row.orders).order_by("pk"):
        if contact := contact_of(order):
            notifications.notify(
                to=contact, template="orders/mail/illegal", context={"row": row, "order": order}, errand_number=order.number,
                link=order.link(), kind="contract", sender=MARKET, once=f"{record.pk}:{order.pk}", at=record.at,
            )  # fmt: skip
