"""The list of shops and businesses: first those that answer for themselves, then what only the map knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from stadtplatz.city.models import Place
from stadtplatz.kit import clock
from stadtplatz.kit.containing import contains
from stadtplatz.shops import categories
from stadtplatz.shops.hours import OpenState
from stadtplatz.shops.models import Shop
from stadtplatz.shops.queries.entries import unclaimed
from stadtplatz.shops.queries.opening import open_state
from stadtplatz.shops.queries.shops import listed

ON_MAP = 250
"""How many entries one map shows."""


@dataclass(frozen=True)
class Entry:
    """One line of the list. `state` is None for what only the map knows: nobody has said that it is open."""

    name: str
    url: str
    category: str
    address: str
    district: str
    picture: str
    lon: float | None
    lat: float | None
    state: OpenState | None = None
    note: str = ""
    claimed: bool = True
    listed_hours: str = ""
    data_date: date | None = None

    @property
    def point(self) -> dict[str, Any] | None:
        """For the map: where, what, and where the click leads."""
        if self.lon is None or self.lat is None:
            return None
        text = self.category if self.claimed else " · ".join([self.category, _("unchecked")])
        return {"lon": self.lon, "lat": self.lat, "label": self.name, "url": self.url, "text": text}


class Found(Sequence):
    """Shops and places one after the other, read from the database only where a page needs them."""

    def __init__(self, shops: list[Shop], places, at: datetime):
        self.shops, self.places, self.at = shops, places, at
        self._count = len(shops) + (places.count() if places is not None else 0)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, wanted):
        start, stop, _step = wanted.indices(len(self))
        shops = self.shops[start:stop]
        first = max(0, start - len(self.shops))
        more = stop - start - len(shops)
        places = self.places[first : first + more] if self.places is not None and more > 0 else []
        return [*(shop_entry(shop, self.at) for shop in shops), *(place_entry(place) for place in places)]


def find(
    *, q: str = "", kind: str = "", district: str = "", open_now: bool = False, at: datetime | None = None
) -> Found:
    """Listed shops by name, open ones first; then businesses from the map, which are never "open now"."""
    at = at or clock.now()
    shops = listed()
    if q:
        shops = shops.filter(contains(q, "name"))
    if kind:
        shops = shops.filter(category=kind)
    if district:
        shops = shops.filter(district=district)
    rows = sorted(shops.order_by("name"), key=lambda shop: not open_state(shop, at).is_open)
    if open_now:
        return Found([shop for shop in rows if open_state(shop, at).is_open], None, at)
    return Found(rows, unclaimed(q=q, kind=kind, district=district), at)


def shop_entry(shop: Shop, at: datetime) -> Entry:
    """A shop as a line of the list."""
    return Entry(
        name=shop.name,
        url=shop.get_absolute_url(),
        category=shop.category_name,
        address=shop.address,
        district=shop.district,
        picture=shop.thumb_url,
        lon=shop.lon,
        lat=shop.lat,
        state=open_state(shop, at),
        note=shop.pause_note,
    )


def place_entry(place: Place) -> Entry:
    """An entry of the map as a line of the list."""
    code = categories.of_map(place.category)
    street = f"{place.street} {place.house_number}".strip()
    return Entry(
        name=place.name,
        url=reverse("place", args=[place.pk]),
        category=categories.name_of(code) if code != categories.OTHER else place.get_kind_display(),
        address=street,
        district=place.district.name if place.district else "",
        picture=categories.drawing_of(code),
        lon=place.lon,
        lat=place.lat,
        claimed=False,
        listed_hours=place.opening_hours,
        data_date=place.data_date,
    )
