"""Reading a checkout: which slots can be chosen, what is held until when, and what the order would be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from stadtplatz.catalogue.queries import free_on
from stadtplatz.catalogue.rules import day_key, read_availability, stock_key
from stadtplatz.delivery import queries as delivery
from stadtplatz.delivery.models import Slot
from stadtplatz.delivery.queries import SlotDay
from stadtplatz.kit import clock
from stadtplatz.orders.models import Basket, Checkout
from stadtplatz.orders.queries.basket import BasketView, LineView, ShopGroup, view_of
from stadtplatz.pools import queries as pools
from stadtplatz.pools.models import Hold


@dataclass(frozen=True)
class SlotsOfShop:
    """The slots one shop offers for its group, and the one chosen so far."""

    group: ShopGroup
    days: list[SlotDay]
    chosen: Slot | None = None


@dataclass(frozen=True)
class Review:
    """Everything above the order button."""

    basket: BasketView
    checkout: Checkout
    slots: Mapping[int, Slot] = field(default_factory=dict)
    """By shop id."""
    hold: Hold | None = None

    @property
    def is_held(self) -> bool:
        """Whether goods and slots are kept at this moment."""
        return self.hold is not None and self.hold.state == Hold.HELD and self.hold.until > clock.now()


def checkout_of(basket: Basket) -> Checkout | None:
    """The checkout of this basket with its hold."""
    return Checkout.objects.select_related("hold").filter(basket=basket).first()


def held_by(checkout: Checkout | None) -> dict[str, int]:
    """What this checkout holds at this moment, per pool."""
    if checkout is None or checkout.hold is None or checkout.hold.state != Hold.HELD:
        return {}
    return pools.lines_of(checkout.hold)


def chosen_slots(checkout: Checkout | None) -> dict[int, Slot]:
    """The slot chosen for each shop, by shop id."""
    if checkout is None:
        return {}
    rows = checkout.choices.select_related("slot__pickup_point__shop")
    return {choice.shop_id: choice.slot for choice in rows}


def slots_for(view: BasketView, checkout: Checkout | None, *, at: datetime | None = None) -> list[SlotsOfShop]:
    """Per shop of the basket the days and slots to choose from."""
    points = [group.point for group in view.groups if group.point]
    days = delivery.slots_to_choose(points, at=at or clock.now())
    chosen = chosen_slots(checkout)
    return [
        SlotsOfShop(
            group, _fitting(group, days.get(group.point.pk, [])) if group.point else [], chosen.get(group.shop.pk)
        )
        for group in view.groups
    ]


def review_of(basket: Basket, checkout: Checkout, *, at: datetime | None = None) -> Review:
    """What the review page shows and the order action checks again."""
    return Review(view_of(basket, held=held_by(checkout), at=at), checkout, chosen_slots(checkout), checkout.hold)


def demand_of(view: BasketView, slots: Mapping[int, Slot]) -> dict[str, int]:
    """What an order of this basket takes out of each pool: summed per stock, and one place in each chosen slot."""
    demand: dict[str, int] = {}
    for line in view.lines:
        key = stock_key(line.offer)
        demand[key] = demand.get(key, 0) + line.quantity
        slot = slots.get(line.offer.shop_id)
        if slot and read_availability(line.offer.availability).per_day:
            demand[day_key(line.offer.pk, day_of(slot))] = line.quantity
    for group in view.groups:
        if slot := slots.get(group.shop.pk):
            demand[slot.pool_key] = demand.get(slot.pool_key, 0) + 1
    return demand


def day_of(slot: Slot) -> date:
    """The day of the town on which the slot begins."""
    return clock.local(slot.starts_at).date()


def unfit_in(group: ShopGroup, slot: Slot) -> list[LineView]:
    """What of this shop's goods cannot be had at the time of the slot."""
    return [line for line in group.lines if not read_availability(line.offer.availability).at(slot.starts_at)]


def _fitting(group: ShopGroup, days: list[SlotDay]) -> list[SlotDay]:
    """Days and slots at which everything of the group can be had, and enough of what is limited by the day. At most one query."""
    if not any(line.offer.availability for line in group.lines):
        return days
    free = free_on((line.offer, one.day) for line in group.lines for one in days)
    enough = [
        one
        for one in days
        if all(free.get((line.offer.pk, one.day), line.quantity) >= line.quantity for line in group.lines)
    ]
    fitting = [SlotDay(one.day, [choice for choice in one.slots if not unfit_in(group, choice.slot)]) for one in enough]
    return [one for one in fitting if one.slots]


def by_key(key: str) -> Checkout | None:
    """The checkout with this key, as long as it was not ordered."""
    return Checkout.objects.filter(key=key).first() if key else None
