"""What the page of the withdrawal shows."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from stadtplatz.orders.models import Order, OrderLine
from stadtplatz.orders.pages.words import withdrawable, withdrawal_note


@dataclass(frozen=True)
class WithdrawalChoices:
    """The goods of an order for the withdrawal page: those that can be withdrawn with their tick, and the others with the reason."""

    free: list[tuple[OrderLine, bool]]
    barred: list[tuple[OrderLine, str]]


def withdrawal_choices(order: Order, *, at: datetime, chosen: set[int]) -> WithdrawalChoices:
    """What of this order can be withdrawn at this moment."""
    free, barred = [], []
    for part in order.parts.all():
        for line in part.lines.all():
            if withdrawable(line, part, at):
                free.append((line, line.pk in chosen))
            elif hasattr(line, "withdrawn"):
                barred.append((line, _("already withdrawn")))
            elif not line.can_be_withdrawn:
                barred.append((line, withdrawal_note(line.withdrawal)))
            else:
                barred.append((line, _("no longer possible: cancelled, or the 14 days are over")))
    if len(free) == 1 and not chosen:
        free = [(free[0][0], True)]
    return WithdrawalChoices(free, barred)


def order_contact(order: Order) -> dict[str, str]:
    """Name and mail of the buyer, to begin a form with. Only shown to holders of the secret link."""
    return {"name": order.guest.name, "email": order.guest.email} if order.guest else {}


def nothing_chosen() -> str:
    return _("Please choose at least one of the goods.")
