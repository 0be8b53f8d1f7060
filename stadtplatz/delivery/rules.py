"""When goods may be handed over, and who may change that."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays

from stadtplatz.kit.actors import Actor
from stadtplatz.shops import rules as shop_rules

Span = tuple[datetime, datetime]


def may_change_point(actor: Actor, point) -> bool:
    """Owners and staff of the shop. A common point of several shops has no such person; commands alone change it."""
    return point.shop is not None and shop_rules.may_manage(actor, point.shop)


def is_collection_day(day: date, land: str) -> bool:
    """Every day but Sundays and public holidays of the Land, which its shop-closing act keeps free."""
    return day.weekday() != 6 and day not in _public_holidays(land, day.year)


def cut_into_slots(spans: Iterable[Span], minutes: int) -> list[Span]:
    """The spans cut into slots of this length, each from its beginning on; a rest too short for a slot is left out."""
    length = timedelta(minutes=minutes)
    slots = []
    for start, end in spans:
        while start + length <= end:
            slots.append((start, start + length))
            start += length
    return slots


def last_order_before(slot_start: datetime, notice_minutes: int) -> datetime:
    """Until when an order for this slot can come in."""
    return slot_start - timedelta(minutes=notice_minutes)


@lru_cache(maxsize=64)
def _public_holidays(land: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DE", subdiv=land, years=year))
