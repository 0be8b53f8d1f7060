"""What can be done with pick-up points and slots."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.delivery import facts, rules
from stadtplatz.delivery.models import PickupPoint, Slot
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import city
from stadtplatz.kit.refusals import NotAllowed, Stale
from stadtplatz.pools import actions as pools
from stadtplatz.pools.rules import SoldOut
from stadtplatz.shops import queries as shops


@transaction.atomic
def open_point_of(shop, *, by: Actor, at: datetime | None = None) -> PickupPoint:
    """Give the shop its own counter as a pick-up point, with slots for the coming days. A shop that has one keeps it."""
    point, is_new = PickupPoint.objects.get_or_create(
        slug=shop.slug,
        defaults={
            "shop": shop,
            "name": shop.name,
            "street": shop.street,
            "postcode": shop.postcode,
            "town": shop.town,
            "lon": shop.lon,
            "lat": shop.lat,
        },
    )
    if is_new:
        record(facts.POINT_OPENED, subject=point, by=by, at=at, shop=shop.pk)
    supply_slots(point, at=at or clock.now())
    return point


@transaction.atomic
def follow_shop(shop, *, at: datetime | None = None) -> None:
    """The shop's own point has its present name and address, and slots by its present hours."""
    for point in PickupPoint.objects.select_for_update().filter(shop=shop, slug=shop.slug):
        point.shop, point.name, point.street = shop, shop.name, shop.street
        point.postcode, point.town, point.lon, point.lat = shop.postcode, shop.town, shop.lon, shop.lat
        point.save(update_fields=["name", "street", "postcode", "town", "lon", "lat"])
        supply_slots(point, at=at or clock.now())


@transaction.atomic
def change_point(point: PickupPoint, *, version: int, by: Actor, **changes) -> PickupPoint:
    """Change note, slot length, capacity, notice or whether the point is open. Coming slots follow; orders already placed stay.

    Refused for people who may not manage the shop, and when somebody else changed the point meanwhile.
    """
    if not rules.may_change_point(by, point):
        raise NotAllowed(_("You may not change this pick-up point."))
    point = PickupPoint.objects.select_for_update(of=("self",)).select_related("shop").get(pk=point.pk)
    if point.version != version:
        raise Stale(_("Somebody else changed this pick-up point since you opened it."), current=point)
    for name, value in changes.items():
        setattr(point, name, value)
    point.version += 1
    point.save()
    record(facts.POINT_CHANGED, subject=point, by=by, shop=point.shop_id, capacity=point.slot_capacity)
    supply_slots(point, at=clock.now())
    return point


@transaction.atomic
def supply_slots(point: PickupPoint, *, at: datetime, days: int | None = None) -> int:
    """Make the point's slots for today and the coming days, and bring those that exist to its capacity. Returns how many were made.

    No slot on a Sunday or a public holiday of the Land, and none that is not wholly inside the opening hours. A coming slot
    that no longer fits takes no further orders; what was ordered for it stays.
    """
    today = clock.local(at).date()
    ahead = (point.days_ahead if days is None else days) + 1
    wanted = {
        span for offset in range(ahead) for span in slots_of_day(point, today + timedelta(days=offset)) if span[0] > at
    }
    existing = list(point.slots.filter(starts_at__gt=at))
    for slot in sorted(existing, key=lambda slot: slot.pool_key):
        _bring_to(slot, point.slot_capacity if (slot.starts_at, slot.ends_at) in wanted else 0)
    known = {(slot.starts_at, slot.ends_at) for slot in existing}
    busy = [(slot.starts_at, slot.ends_at) for slot in existing if slot.capacity]
    missing = [
        Slot(pickup_point=point, starts_at=start, ends_at=end, capacity=point.slot_capacity)
        for start, end in sorted(wanted - known)
        if not any(start < other_end and other_start < end for other_start, other_end in busy)
    ]
    pools.supply_new({slot.pool_key: slot.capacity for slot in Slot.objects.bulk_create(missing)})
    return len(missing)


def slots_of_day(point: PickupPoint, day: date) -> list[rules.Span]:
    """The spans this point's slots would have on this day; none for a common point, whose slots are made by hand."""
    if point.shop is None or not point.is_open or not rules.is_collection_day(day, city().land):
        return []
    noon = datetime.combine(day, time(12), clock.BERLIN)
    spans = next((hours.spans for hours in shops.week(point.shop, noon) if hours.day == day), ())
    return rules.cut_into_slots(spans, point.slot_minutes)


def _bring_to(slot: Slot, capacity: int) -> None:
    """Give the slot this many places; fewer only as far as they are free."""
    change = capacity - slot.capacity
    if not change:
        return
    try:
        pools.supply(slot.pool_key, change)
    except SoldOut as refusal:
        _wanted, free = refusal.short[slot.pool_key]
        change = -free
        pools.supply(slot.pool_key, change)
    slot.capacity += change
    slot.save(update_fields=["capacity"])
