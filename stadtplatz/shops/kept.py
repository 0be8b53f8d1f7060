"""What each process keeps of shops: who works in any of them, and the hours of all. See `kit.kept`."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from stadtplatz.kit.kept import Topic, kept
from stadtplatz.shops.hours import OpenState
from stadtplatz.shops.models import Membership, Shop

STAFF = Topic("shops.staff", {"shops.Membership": ()})
HOURS = Topic("shops.hours", {"shops.Shop": ()})


@kept(STAFF)
def staff() -> frozenset[int]:
    """The ids of everybody who works in some shop."""
    return frozenset(Membership.objects.values_list("person_id", flat=True))


class Hours:
    """The opening hours of all visible shops, and which of them are open in the minute that was asked for last.

    `hidden` are the ids of all whose offers are not shown.
    """

    def __init__(self, shops: list[Shop], hidden: frozenset[int]) -> None:
        self.shops, self.hidden = shops, hidden
        self.by_slug = {shop.slug: shop for shop in shops}
        self._last: tuple[Hashable, frozenset[str]] | None = None
        self._states: tuple[Hashable, dict[str, OpenState]] | None = None

    def state_in(self, minute: Hashable, shop: Shop, work_out: Callable[[Shop], OpenState]) -> OpenState:
        """How this shop stands in that minute, worked out once."""
        if (known := self._states) is None or known[0] != minute:
            known = self._states = (minute, {})
        if (state := known[1].get(shop.slug)) is None:
            state = known[1][shop.slug] = work_out(shop)
        return state

    def open_in(self, minute: Hashable, is_open: Callable[[Shop], bool]) -> frozenset[str]:
        """Their slugs; worked out once for each minute, whichever thread asks first."""
        if (last := self._last) is not None and last[0] == minute:
            return last[1]
        found = frozenset(shop.slug for shop in self.shops if is_open(shop))
        self._last = (minute, found)
        return found


@kept(HOURS)
def all_hours() -> Hours:
    """Of the shops everybody may see."""
    rows = Shop.objects.filter(state__in=Shop.LISTED).exclude(standing=Shop.SUSPENDED)
    showing = Shop.objects.filter(state=Shop.OPEN, standing__in=Shop.SHOWING)
    hidden = Shop.objects.exclude(pk__in=showing).values_list("pk", flat=True)
    return Hours(list(rows.only("slug", "hours", "special_days", "state", "pause_until")), frozenset(hidden))
