"""Until when a shop puts something aside that nobody has bought."""

from datetime import datetime, time, timedelta

from stadtplatz.kit import clock
from stadtplatz.kit.identity import city
from stadtplatz.shops import hours
from stadtplatz.shops.hours import special
from stadtplatz.shops.models import Shop

_AHEAD = 15
"""Days in which the next opening is looked for."""


def kept_until(shop: Shop, at: datetime | None = None) -> datetime:
    """When what is put aside at this moment goes back on the shelf.

    Until the shop closes on its next day, which is the coming one as long as it has not opened yet; or so many hours as the shop
    says, counted from its next opening if it is closed. Where no hours are known: tomorrow at 18:00.
    """
    at = at or clock.now()
    if shop.reserve_hours:
        return _start(shop, at) + timedelta(hours=shop.reserve_hours)
    today, rules = clock.local(at).date(), special.as_rules(shop.special_days)
    for ahead in range(_AHEAD):
        day = today + timedelta(days=ahead)
        spans = hours.spans_on(shop.hours, day, city().land, rules)
        if spans and spans[0][0] > at:
            round_the_clock = spans[-1][1] - spans[0][0] >= timedelta(hours=24)
            return datetime.combine(day, time(20), clock.BERLIN) if round_the_clock else spans[-1][1]
    return datetime.combine(today + timedelta(days=1), time(18), clock.BERLIN)


def _start(shop: Shop, at: datetime) -> datetime:
    """Now, or the next opening of a shop that is closed."""
    state = hours.state_at(shop.hours, at, city().land, special.as_rules(shop.special_days))
    return state.next if state.is_open is False and state.next else at
