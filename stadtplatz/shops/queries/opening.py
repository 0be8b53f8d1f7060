"""When shops are open, with their special days, pauses and further places."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from stadtplatz.kit import clock
from stadtplatz.kit.identity import city
from stadtplatz.shops import hours
from stadtplatz.shops.hours import DayHours, OpenState, special
from stadtplatz.shops.hours.special import SpecialDays
from stadtplatz.shops.kept import all_hours
from stadtplatz.shops.models import Branch, Shop
from stadtplatz.shops.queries.shops import listed


def open_state(shop: Shop, at: datetime | None = None) -> OpenState:
    """Whether the shop is open at this moment in Berlin with the Land's holidays and its special days, until when, and when next.

    A pausing shop is closed; if the pause has a last day, it opens next after that.
    """
    at, special_days = at or clock.now(), special.as_rules(shop.special_days)
    if shop.state == Shop.PAUSED and shop.pause_until:
        back = datetime.combine(shop.pause_until + timedelta(days=1), time(), clock.BERLIN)
        return OpenState(False, next=hours.first_opening(shop.hours, max(at, back), city().land, special_days))
    if shop.state != Shop.OPEN:
        return OpenState(False)
    return hours.state_at(shop.hours, at, city().land, special_days)


def open_soonest(most: int, at: datetime | None = None) -> tuple[int, list[tuple[Shop, OpenState]]]:
    """How many shops are open at this moment, and `most` of those that are or, if none is, that open next. One query."""
    at = at or clock.now()
    opened = open_slugs(at)
    if opened:
        rows = listed().filter(slug__in=opened).order_by("name")[:most]
        return len(opened), [(shop, open_state(shop, at)) for shop in rows]
    states = {shop.slug: open_state(shop, at) for shop in all_hours().shops}
    coming = sorted((state.next, slug) for slug, state in states.items() if state.next)[:most]
    known = {shop.slug: shop for shop in listed().filter(slug__in=[slug for _next, slug in coming])}
    return 0, [(known[slug], states[slug]) for _next, slug in coming if slug in known]


def open_slugs(at: datetime | None = None) -> frozenset[str]:
    """The listed shops that are open at this moment. Worked out once a minute by each process, about 10 µs for each shop."""
    minute = (at or clock.now()).replace(second=0, microsecond=0)
    return all_hours().open_in((minute, city().land), lambda shop: bool(open_state(shop, minute).is_open))


def open_states(slugs: Iterable[str], at: datetime | None = None) -> dict[str, OpenState]:
    """Whether each of these shops is open in this minute, by its slug; those nobody may see are missing. Asks the database nothing."""
    minute, known = (at or clock.now()).replace(second=0, microsecond=0), all_hours()
    found = [known.by_slug[slug] for slug in set(slugs) if slug in known.by_slug]
    return {
        shop.slug: known.state_in((minute, city().land), shop, lambda one: open_state(one, minute)) for shop in found
    }


def hidden() -> frozenset[int]:
    """The ids of shops whose offers nobody sees: not opened, pausing, not known to the market desk, suspended. Kept, never stale."""
    return all_hours().hidden


def week(shop: Shop, at: datetime | None = None) -> list[DayHours]:
    """Opening hours of the coming seven days, Monday first."""
    return hours.week_from(shop.hours, at or clock.now(), city().land, special.as_rules(shop.special_days))


def spans_on(shop: Shop, day: date, own_hours: str = "") -> tuple[tuple[datetime, datetime], ...]:
    """When the shop is open on this day, special days and holidays counted; none unless it is visible and not pausing.

    With `own_hours` (somebody who works there at other times) those instead; days on which the shop is closed stay closed.
    """
    if shop.state == Shop.PAUSED and not (shop.pause_until and shop.pause_until < day):
        return ()
    if shop.state not in Shop.LISTED:
        return ()
    rows = [row for row in shop.special_days if not (own_hours and row["times"])]
    return hours.spans_on(own_hours or shop.hours, day, city().land, special.as_rules(rows))


def branches(shop: Shop, at: datetime | None = None) -> list[tuple[Branch, OpenState]]:
    """Further places of the shop, each with whether it is open. A pausing shop is closed everywhere."""
    at, land = at or clock.now(), city().land
    shut = shop.state != Shop.OPEN
    return [(row, OpenState(False) if shut else hours.state_at(row.hours, at, land)) for row in shop.branches.all()]


def special_days(shop: Shop) -> list[SpecialDays]:
    """Days of the next two months on which the shop keeps other hours than usual."""
    return special.coming(shop.special_days, clock.today())
