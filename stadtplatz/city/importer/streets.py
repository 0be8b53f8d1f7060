"""Which pieces of road are one street, and which address stands on which street.

A street is a name in one part of the town. Pieces of one name that lie in several parts, but whose houses stand
within 120 m of each other, are one street; it belongs to the part with most of its houses.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import shapely

from stadtplatz.city.importer.border import Part, Plane, Town
from stadtplatz.city.importer.reading import Found, House
from stadtplatz.city.spelling import number_key, street_key

_TOGETHER = 120.0
_SIMPLE = 4
"""Metres that a street's line may deviate."""


@dataclass
class Road:
    """A street in the making."""

    name: str
    part: Part | None
    road_class: str = ""
    osm_ids: list[int] = field(default_factory=list)
    lines: list[list[tuple[float, float]]] = field(default_factory=list)
    houses: list[House] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return street_key(self.name), self.part.key if self.part else ""

    @property
    def postcode(self) -> str:
        counts = Counter(house.postcode for house in self.houses if house.postcode)
        return counts.most_common(1)[0][0] if counts else ""

    def points(self) -> list[tuple[float, float]]:
        """All that is known of where it lies."""
        return [point for line in self.lines for point in line] or [(house.lon, house.lat) for house in self.houses]

    def middle(self) -> tuple[float, float]:
        """The point of the street (or the house) nearest to the middle of all."""
        points = np.array(self.points())
        away = ((points - points.mean(axis=0)) ** 2).sum(axis=1)
        lon, lat = points[int(away.argmin())]
        return round(float(lon), 7), round(float(lat), 7)


def gather(town: Town, found: Found, parts: list[Part | None]) -> list[Road]:
    """The town's streets with their houses. `parts` names the part of each of `found.houses`."""
    named: dict[str, dict[str, Road]] = {}
    for house, part in zip(found.houses, parts, strict=True):
        road = named.setdefault(street_key(house.street), {}).setdefault(
            part.key if part else "", Road(house.street, part, "place" if house.is_place else "")
        )
        road.houses.append(house)
    for way in found.ways:
        roads = named.setdefault(street_key(way["name"]), {})
        _add_way(roads, way, town)
    plane = Plane(*_anywhere(found))
    done = [road for roads in named.values() for road in _joined(list(roads.values()), plane)]
    for road in done:
        _finish(road, plane)
    return sorted(done, key=lambda road: road.key)


def part_at(town: Town, lon: float, lat: float) -> Part | None:
    """The smallest part that holds this point."""
    around = [part for part in town.parts if shapely.contains_xy(part.shape, lon, lat)]
    return min(around, key=lambda part: part.shape.area, default=None)


def _anywhere(found: Found) -> tuple[float, float]:
    if found.houses:
        return found.houses[0].lon, found.houses[0].lat
    return found.ways[0]["at"] if found.ways else (0.0, 0.0)


def _add_way(roads: dict[str, Road], way: dict, town: Town) -> None:
    part = part_at(town, *way["at"])
    key = part.key if part else ""
    if key not in roads and len(roads) == 1 and next(iter(roads.values())).houses:
        key = _near_enough(next(iter(roads)), roads, way) or key
    road = roads.setdefault(key, Road(way["name"], part))
    if not road.road_class or road.road_class in {"place", "footway", "path", "service", "track", "steps"}:
        road.road_class = way["class"]
    road.name = way["name"]
    road.osm_ids.append(way["id"])
    road.lines.append(way["line"])


def _near_enough(key: str, roads: dict[str, Road], way: dict) -> str:
    """A piece of road without houses, just across the line between two parts, goes with the houses of its name."""
    lon, lat = way["at"]
    near = any(abs(house.lon - lon) < 0.012 and abs(house.lat - lat) < 0.008 for house in roads[key].houses)
    return key if near else ""


def _joined(roads: list[Road], plane: Plane) -> list[Road]:
    roads = sorted(roads, key=lambda road: (-len(road.houses), road.key))
    kept: list[Road] = []
    for road in roads:
        other = next((big for big in kept if _touch(big, road, plane)), None)
        if other is None:
            kept.append(road)
            continue
        other.houses += road.houses
        other.osm_ids += road.osm_ids
        other.lines += road.lines
        other.road_class = other.road_class or road.road_class
    return kept


def _touch(one: Road, other: Road, plane: Plane) -> bool:
    first = shapely.MultiPoint(plane.flat(one.points()))
    return bool(shapely.dwithin(first, shapely.MultiPoint(plane.flat(other.points())), _TOGETHER))


def _finish(road: Road, plane: Plane) -> None:
    road.osm_ids = sorted(set(road.osm_ids))
    road.lines = [list(_simplified(line, plane)) for line in sorted(road.lines)]
    road.houses = _once(road.houses)


def _simplified(line: list[tuple[float, float]], plane: Plane) -> Iterable[tuple[float, float]]:
    if len(line) < 2:
        return [(round(lon, 6), round(lat, 6)) for lon, lat in line]
    simple = shapely.LineString(plane.flat(line)).simplify(_SIMPLE)
    degrees = shapely.get_coordinates(simple) / plane.scale + plane.origin
    return [(round(float(lon), 6), round(float(lat), 6)) for lon, lat in degrees]


def _once(houses: list[House]) -> list[House]:
    """Each number once: buildings and their areas come before the entrances and shops that repeat the number."""
    order = {"r": 0, "w": 1, "n": 2}
    best: dict[str, House] = {}
    for house in sorted(houses, key=lambda row: (order[row.osm[0]], row.osm[1])):
        best.setdefault(_number(house), house)
    return sorted(best.values(), key=lambda row: (row.osm, _number(row)))


def _number(house: House) -> str:
    return number_key(house.number)
