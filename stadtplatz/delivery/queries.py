"""Reading pick-up points and slots."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stadtplatz.delivery import rules
from stadtplatz.delivery.models import PickupPoint, Slot
from stadtplatz.kit import clock
from stadtplatz.pools import queries as pools


@dataclass(frozen=True)
class SlotChoice:
    """A slot as a person can choose it; `free` is how many more orders it takes."""

    slot: Slot
    free: int


@dataclass(frozen=True)
class SlotDay:
    """One day with its slots, earliest first."""

    day: date
    slots: list[SlotChoice]


def points_of(shop_ids: Iterable[int]) -> dict[int, PickupPoint]:
    """The open pick-up point of each shop that has one."""
    points = PickupPoint.objects.filter(shop_id__in=list(shop_ids), is_open=True).order_by("-pk")
    return {point.shop_id: point for point in points}


def slots_to_choose(points: Iterable[PickupPoint], *, at: datetime) -> dict[int, list[SlotDay]]:
    """Per point id the days with slots that can still be ordered for, full ones included (with `free` 0)."""
    by_id = {point.pk: point for point in points}
    if not by_id:
        return {}
    last = at + timedelta(days=max(point.days_ahead for point in by_id.values()) + 1)
    slots = list(Slot.objects.filter(pickup_point_id__in=by_id, starts_at__gt=at, starts_at__lt=last, capacity__gt=0))
    free = pools.available([slot.pool_key for slot in slots])
    days: dict[int, dict[date, list[SlotChoice]]] = {pk: {} for pk in by_id}
    for slot in slots:
        if rules.last_order_before(slot.starts_at, by_id[slot.pickup_point_id].notice_minutes) > at:
            choices = days[slot.pickup_point_id].setdefault(clock.local(slot.starts_at).date(), [])
            choices.append(SlotChoice(slot, free.get(slot.pool_key, 0)))
    return {pk: [SlotDay(day, choices) for day, choices in found.items()] for pk, found in days.items()}


def next_slots(points: Iterable[PickupPoint], *, at: datetime) -> dict[int, SlotChoice]:
    """Per point id the earliest slot that can still be had."""
    return {
        pk: choice
        for pk, days in slots_to_choose(points, at=at).items()
        if (choice := next((c for day in days for c in day.slots if c.free > 0), None))
    }


def collectable_today(at: datetime | None = None) -> frozenset[str]:
    """The slugs of shops where an order of this moment can still be collected before midnight."""
    at = at or clock.now()
    points = list(PickupPoint.objects.filter(shop__isnull=False, is_open=True).select_related("shop"))
    today = clock.local(at).date()
    found = next_slots(points, at=at)
    return frozenset(
        point.shop.slug
        for point in points
        if point.shop and (next_one := found.get(point.pk)) and clock.local(next_one.slot.starts_at).date() == today
    )


def point_of(shop) -> PickupPoint | None:
    """The shop's own point, open or not."""
    return PickupPoint.objects.filter(shop=shop).select_related("shop").order_by("pk").first()
