"""From a point on the map to an address, a street, a district; and whether it lies in the town at all."""

import math
from dataclasses import dataclass

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext as _

from stadtplatz.city.kept import ground
from stadtplatz.city.models import Address, District, Street
from stadtplatz.city.shapes import distance
from stadtplatz.kit.kept import steady
from stadtplatz.kit.rows import Written

METRES_PER_DEGREE = 111_320.0
AT_THE_DOOR, NEAR_A_DOOR, NEAR_A_STREET = 25.0, 150.0, 200.0
"""Metres within which a point belongs to an address, lies near one, or lies on a street."""


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
    with steady():
        return _spot(lon, lat, districts)


def _spot(lon: float, lat: float, districts: list[District] | None) -> Spot:
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
    border = ground().border
    return border is None or border.contains(lon, lat)


def district_line(lon: float, lat: float) -> list[District]:
    """The districts the point lies in, the smallest first."""
    known = ground()
    boxed = (row for row in known.districts if row.west <= lon <= row.east and row.south <= lat <= row.north)
    return [row for row in boxed if (outline := known.outline(row)) and outline.contains(lon, lat)]


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
    scale = math.cos(math.radians(lat))
    for reach in (AT_THE_DOOR * 2, NEAR_A_DOOR):
        west, south, east, north = box(lon, lat, reach)
        near = {"west": west, "south": south, "east": east, "north": north}
        row = _NEAREST.sole(lon=lon, lat=lat, scale=scale, **near)
        if row and (away := metres_between(lon, lat, row.lon, row.lat)) <= reach:
            return row, away
    return None, math.inf


def _by_distance(
    west: float, south: float, east: float, north: float, lon: float, lat: float, scale: float
) -> QuerySet[Address]:
    """The addresses in the box, the nearest first."""
    wide, high = (F("lon") - Value(lon)) * Value(scale), F("lat") - Value(lat)
    rows = Address.objects.filter(lat__range=(south, north), lon__range=(west, east), gone_at=None)
    rows = rows.select_related("street", "district").defer("street__lines", "district__geometry")
    return rows.order_by(wide * wide + high * high, "pk")[:1]


_NEAREST = Written(_by_distance, west=float, south=float, east=float, north=float, lon=float, lat=float, scale=float)


def _nearest_street(lon: float, lat: float) -> Street | None:
    scale = math.cos(math.radians(lat))
    best, found = NEAR_A_STREET, None
    for street in ground().streets_in(*box(lon, lat, NEAR_A_STREET)):
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
