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
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.pools import actions as pools
from stadtplatz.pools.actions import SoldOut
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
def change_point(point: PickupPoint, *, version: int, by: Actor, **changes) -> PickupPoint:
    """Change note, slot length, capacity, notice or whether the point is open. Slots to come get the new capacity.

    Refused for people who may not manage the shop, when somebody else changed the point meanwhile, and when a coming slot
    already has more orders than the new capacity.
    """
    if not rules.may_change_point(by, point):
        raise NotAllowed(_("You may not change this pick-up point."))
    point = PickupPoint.objects.select_for_update().select_related("shop").get(pk=point.pk)
    if point.version != version:
        raise Stale(_("Somebody else changed this pick-up point since you opened it."), current=point)
    for name, value in changes.items():
        setattr(point, name, value)
    point.version += 1
    point.save()
    _fit_coming_slots(point)
    record(facts.POINT_CHANGED, subject=point, by=by, shop=point.shop_id, capacity=point.slot_capacity)
    supply_slots(point, at=clock.now())
    return point


@transaction.atomic
def supply_slots(point: PickupPoint, *, at: datetime, days: int | None = None) -> int:
    """Make the point's slots for today and the coming days; those that exist stay as they are. Returns how many were made.

    No slot on a Sunday or a public holiday of the Land, and none that is not wholly inside the opening hours.
    """
    today = clock.local(at).date()
    wanted = [
        Slot(pickup_point=point, starts_at=start, ends_at=end, capacity=point.slot_capacity)
        for offset in range((point.days_ahead if days is None else days) + 1)
        for start, end in slots_of_day(point, today + timedelta(days=offset))
        if start > at
    ]
    if not wanted:
        return 0
    taken = _spans_of_coming_slots(point, wanted[0].starts_at, wanted[-1].ends_at)
    missing = [
        slot for slot in wanted if not any(slot.starts_at < end and start < slot.ends_at for start, end in taken)
    ]
    for slot in Slot.objects.bulk_create(missing):
        pools.supply(slot.pool_key, slot.capacity)
    return len(missing)


def slots_of_day(point: PickupPoint, day: date) -> list[rules.Span]:
    """The spans this point's slots would have on this day; none for a common point, whose slots are made by hand."""
    if point.shop is None or not point.is_open or not rules.is_collection_day(day, city().land):
        return []
    noon = datetime.combine(day, time(12), clock.BERLIN)
    spans = next((hours.spans for hours in shops.week(point.shop, noon) if hours.day == day), ())
    return rules.cut_into_slots(spans, point.slot_minutes)


def _spans_of_coming_slots(point: PickupPoint, begin: datetime, end: datetime) -> list[rules.Span]:
    return list(point.slots.filter(ends_at__gt=begin, starts_at__lt=end).values_list("starts_at", "ends_at"))


def _fit_coming_slots(point: PickupPoint) -> None:
    """Bring coming slots to the point's capacity."""
    for slot in point.slots.filter(starts_at__gt=clock.now()):
        if slot.capacity == point.slot_capacity:
            continue
        try:
            pools.supply(slot.pool_key, point.slot_capacity - slot.capacity)
        except SoldOut:
            raise ActionRefused(_("A coming slot already has more orders than that. Choose a higher number.")) from None
        slot.capacity = point.slot_capacity
        slot.save(update_fields=["capacity"])
