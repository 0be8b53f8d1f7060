"""How many pieces stand on the shelf."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue import facts, rules
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.pools import actions as pools
from stadtplatz.pools import queries as pool_queries
from stadtplatz.pools.models import Pool


@dataclass(frozen=True)
class Shelf:
    """`count` pieces stand on the shelf: `free` can be sold, `held` lie in baskets right now. What was ordered is set aside."""

    free: int
    held: int

    @property
    def count(self) -> int:
        return self.free + self.held


def shelf(offer: Offer) -> Shelf:
    """How the offer's shelf stands now."""
    level = pool_queries.levels([rules.stock_key(offer)])[rules.stock_key(offer)]
    return Shelf(level.available, level.held)


@transaction.atomic
def set_stock(
    *, offer: Offer, quantity: int, by: Actor, expected: int | None = None, at: datetime | None = None
) -> Shelf:
    """That many pieces stand on the shelf, without what is set aside for orders. Pieces in baskets are among them and stay promised.

    `expected` is the count the person saw. Refused: to all but owner and staff; Stale (`current` is the shelf) if it changed since;
    fewer pieces than lie in baskets right now; less than nothing.
    """
    if not rules.may_edit(by, offer):
        raise NotAllowed(_("Only the owner and staff of the shop may change its offers."))
    if not 0 <= quantity <= 100_000:
        raise ActionRefused(_("Please give a number from 0 to 100,000."), code="quantity")
    key = rules.stock_key(offer)
    pools.supply(key, 0)
    row = Pool.objects.select_for_update().get(key=key)
    now = Shelf(row.available, row.held)
    if expected is not None and expected != now.count:
        raise Stale(
            _("In the meantime the count changed from {before} to {now}. Please count again.").format(
                before=expected, now=now.count
            ),
            current=now,
        )
    if quantity < now.held:
        raise ActionRefused(
            _("{held} pieces are put aside or lie in baskets at the moment, and are promised.").format(held=now.held),
            code="held",
        )
    Offer.objects.filter(pk=offer.pk).update(counted_at=at or clock.now())
    if quantity != now.count:
        pools.supply(key, quantity - now.count)
        record(facts.STOCKED, subject=offer, by=by, at=at, offer=offer.pk, quantity=quantity, before=now.count)
    return Shelf(quantity - now.held, now.held)
