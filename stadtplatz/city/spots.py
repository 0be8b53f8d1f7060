"""From a point on the map to an address, a street, a district; and whether it lies in the town at all."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stadtplatz.city.models import Address, District, MapState, Street
from stadtplatz.city.shapes import Outline, distance

METRES_PER_DEGREE = 111_320.0
AT_THE_DOOR, NEAR_A_DOOR, NEAR_A_STREET = 25.0, 150.0, 200.0
"""Metres within which a point belongs to an address, lies near one, or lies on a street."""
_shapes: dict[tuple, Outline | None] = {}


@dataclass(frozen=True)
class Spot:
    """A point in words. `label` is for people: "Hindenburgstraße 5", "Hindenburgstraße near 5", or the coordinates."""

    label: str
    address: Address | None
    street: Street | None
    district: District | None
    inside: bool


def spot(lon: float, lat: float, *, districts: list[District] | None = None) -> Spot:
    """What lies at this point. Who has asked for its `district_line` already gives it."""
    district = next(iter(district_line(lon, lat) if districts is None else districts), None)
    inside = inside_town(lon, lat)
    address, away = _nearest_address(lon, lat)
    street = address.street if address and away <= AT_THE_DOOR else _nearest_street(lon, lat)
    label = _label(lon, lat, address, away, street, district)
    return Spot(label, address if away <= AT_THE_DOOR else None, street, district, inside)


def street_at(lon: float, lat: float) -> Street | None:
    """The street of the house at this point, else the nearest one."""
    address, away = _nearest_address(lon, lat)
    return address.street if address and away <= AT_THE_DOOR else _nearest_street(lon, lat)


def inside_town(lon: float, lat: float) -> bool:
    """Whether the point lies in the town. True as long as nothing is known about its border."""
    state = MapState.objects.order_by("pk").only("pk", "digest").first()
    if state is None:
        return True
    border = _shape(("town", state.pk, state.digest), lambda: MapState.objects.get(pk=state.pk).area)
    return border is None or border.contains(lon, lat)


def district_line(lon: float, lat: float) -> list[District]:
    """The districts the point lies in, the smallest first."""
    boxed = District.objects.filter(
        gone_at=None, west__lte=lon, east__gte=lon, south__lte=lat, north__gte=lat, geometry__isnull=False
    ).defer("geometry")
    found = [row for row in boxed if (outline := _outline_of(row)) and outline.contains(lon, lat)]
    return sorted(found, key=lambda row: (row.east - row.west) * (row.north - row.south))


def box(lon: float, lat: float, metres: float) -> tuple[float, float, float, float]:
    """West, south, east, north of a square around the point that reaches this far."""
    high = metres / METRES_PER_DEGREE
    wide = high / max(0.1, math.cos(math.radians(lat)))
    return lon - wide, lat - high, lon + wide, lat + high


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Distance of two points of one town, good to a metre."""
    wide = (lon - other_lon) * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(wide, lat - other_lat) * METRES_PER_DEGREE


def _nearest_address(lon: float, lat: float) -> tuple[Address | None, float]:
    for reach in (AT_THE_DOOR * 2, NEAR_A_DOOR):
        west, south, east, north = box(lon, lat, reach)
        near = Address.objects.filter(lat__range=(south, north), lon__range=(west, east), gone_at=None)
        far = [(metres_between(lon, lat, row[1], row[2]), row[0]) for row in near.values_list("pk", "lon", "lat")]
        if far and min(far)[0] <= reach:
            away, pk = min(far)
            rows = Address.objects.select_related("street", "district")
            return rows.defer("street__lines", "district__geometry").get(pk=pk), away
    return None, math.inf


def _nearest_street(lon: float, lat: float) -> Street | None:
    west, south, east, north = box(lon, lat, NEAR_A_STREET)
    near = Street.objects.filter(gone_at=None, south__lte=north, north__gte=south, west__lte=east, east__gte=west)
    scale = math.cos(math.radians(lat))
    best, found = NEAR_A_STREET, None
    for street in near:
        for line in street.lines:
            flat = [((x - lon) * scale * METRES_PER_DEGREE, (y - lat) * METRES_PER_DEGREE) for x, y in line]
            away = distance((0, 0), flat)
            if away < best:
                best, found = away, street
    return found


def _label(lon, lat, address, away, street, district) -> str:
    where = f", {district}" if district else ""
    if address and away <= AT_THE_DOOR:
        return f"{address}{where}"
    if street and address and address.street_id == street.pk:
        return _("%(street)s, near number %(number)s") % {"street": street, "number": address.house_number} + where
    if street:
        return f"{street}{where}"
    if address:
        return _("near %(address)s") % {"address": address} + where
    return f"{lat:.5f}, {lon:.5f}{where}"


def _outline_of(row: District) -> Outline | None:
    key = ("district", row.pk, row.west, row.south, row.east, row.north)
    return _shape(key, lambda: District.objects.values_list("geometry", flat=True).get(pk=row.pk))


def _shape(key: tuple, geometry: Callable[[], dict | None]) -> Outline | None:
    """The outline for this key, kept in this process; at most a few hundred."""
    if key not in _shapes:
        if len(_shapes) > 500:
            _shapes.clear()
        data = geometry()
        _shapes[key] = Outline(data) if data else None
    return _shapes[key]


def forget() -> None:
    """Forget the shapes this process keeps."""
    _shapes.clear()
