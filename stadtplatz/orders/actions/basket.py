"""What can be done with a basket."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue import queries as catalogue
from stadtplatz.kit import clock
from stadtplatz.kit.money import ZERO
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import rules
from stadtplatz.orders.models import Basket, BasketLine, Checkout
from stadtplatz.orders.queries.checkout import checkout_of, held_by
from stadtplatz.pools import actions as pools
from stadtplatz.pools.models import Hold


@transaction.atomic
def put_in(basket: Basket | None, *, offer_id: int, quantity: int = 1, at: datetime | None = None) -> Basket:
    """The offer lies in the basket, in a new one if there was none, at the price shown now. Nothing is promised yet.

    Refused when the offer is not on sale, when there are not that many, or above the bounds of a basket.
    """
    found = catalogue.for_sale([offer_id]).get(offer_id)
    if found is None or found.obstacle:
        raise ActionRefused(found.obstacle if found else _("This offer does not exist any more."), code="not-on-sale")
    at = at or clock.now()
    basket = basket or Basket.objects.create(created_at=at, changed_at=at)
    lines = {line.offer_id: line for line in _lock(basket).lines.all()}
    line = lines.get(offer_id) or BasketLine(basket=basket, offer_id=offer_id, quantity=0)
    if line.pk is None and len(lines) >= rules.MAX_LINES:
        raise ActionRefused(_("Your basket is full. Please order first."), code="full")
    line.quantity = _quantity(line.quantity + quantity, found.available)
    price = found.price_for(line.quantity)
    line.price, line.deposit = price.total, price.deposit or ZERO
    line.save()
    _touch(basket, at)
    return basket


@transaction.atomic
def change_quantity(basket: Basket, *, offer_id: int, quantity: int, at: datetime | None = None) -> None:
    """The basket holds that many of the offer; none at all at 0. Refused above what is left and above the bounds."""
    line = _lock(basket).lines.filter(offer_id=offer_id).first()
    if line is None:
        return
    if quantity <= 0:
        line.delete()
    else:
        found = catalogue.for_sale([offer_id])[offer_id]
        accepted = line.price == found.price_for(line.quantity).total
        line.quantity = _quantity(quantity, found.available + held_by(checkout_of(basket)).get(f"stock:{offer_id}", 0))
        if accepted:  # the step of the price table that the new number reaches was on the page
            line.price = found.price_for(line.quantity).total
        line.save(update_fields=["quantity", "price"])
    _touch(basket, at or clock.now())


@transaction.atomic
def accept_prices(basket: Basket, *, shown: dict[int, tuple[int, int]], at: datetime | None = None) -> None:
    """The buyer has read and accepted the present prices. `shown` maps offer ids to (price, deposit) in cents as the page said.

    A price that changed again since then is not accepted and stays a notice.
    """
    lines = list(_lock(basket).lines.all())
    known = catalogue.for_sale(line.offer_id for line in lines)
    for line in lines:
        price = known[line.offer_id].price_for(line.quantity)
        now = (price.total, price.deposit or ZERO)
        if shown.get(line.offer_id) == (now[0].cents, now[1].cents):
            line.price, line.deposit = now
            line.save(update_fields=["price", "deposit"])
    _touch(basket, at or clock.now())


def forget_old(*, before: datetime, limit: int = 500) -> int:
    """Delete baskets nobody has touched since then, each with its checkout and contact; returns how many."""
    old = list(Basket.objects.filter(changed_at__lt=before)[:limit])
    for basket in old:
        with transaction.atomic():
            drop_hold(basket)
            basket.delete()
    return len(old)


def drop_hold(basket: Basket) -> None:
    """Give back what the basket's checkout holds, if anything: its content is no longer what was held."""
    checkout = Checkout.objects.select_for_update().filter(basket=basket).select_related(None).first()
    if checkout and checkout.hold:
        hold, checkout.hold = checkout.hold, None
        checkout.save(update_fields=["hold"])
        if hold.state == Hold.HELD:
            pools.release(hold)


def _lock(basket: Basket) -> Basket:
    return Basket.objects.select_for_update().get(pk=basket.pk)


def _touch(basket: Basket, at: datetime) -> None:
    Basket.objects.filter(pk=basket.pk).update(changed_at=at)
    drop_hold(basket)


def _quantity(wanted: int, available: int) -> int:
    if not 1 <= wanted <= rules.MAX_QUANTITY:
        raise ActionRefused(
            _("You can order at most {number} of one thing at once.").format(number=rules.MAX_QUANTITY), code="too-many"
        )
    if wanted > available:
        raise ActionRefused(
            _("There are only {number} left. Please choose a smaller number.").format(number=available), code="short"
        )
    return wanted
