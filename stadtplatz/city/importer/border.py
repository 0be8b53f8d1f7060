"""Which area is the town, and which parts it has, even where the extract cuts through the administrative borders.

The town is the whole area of its name if the extract has it. Otherwise it is what lies nearer to an address that names
the town than to one that names another, at most 1,500 m away. Parts are whole administrative areas; what these leave over
is parted by `addr:suburb`, else by the nearest named settlement, and marked approximate.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely import Point
from shapely.geometry import mapping

from stadtplatz.city.importer.reading import PART_LEVELS, TOWN_LEVELS, Area, Found, House, MapBroken
from stadtplatz.city.importer.tagging import SETTLEMENTS, SMALL_SETTLEMENTS
from stadtplatz.city.models import District
from stadtplatz.city.spelling import fold
from stadtplatz.city.spots import METRES_PER_DEGREE
from stadtplatz.kit.names import slugify_german

REACH = 1_500.0
"""Metres around its addresses that a town without a border is taken to reach."""
_NEIGHBOURS = 150.0
_THIN = 50.0
FEWEST = 5
"""Addresses that make a suburb."""


@dataclass
class Part:
    """A district in the making. `shape` in degrees."""

    name: str
    source: str
    level: int | None = None
    osm: tuple[str, int | None] = ("", None)
    shape: Any = None
    parent: "Part | None" = None
    slug: str = ""

    @property
    def key(self) -> str:
        return fold(self.name).replace(" ", "")


@dataclass
class Town:
    """The town's area (None: unknown, everything belongs to it) and its parts."""

    shape: Any = None
    approximate: bool = True
    level: int = 8
    parts: list[Part] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.shape is not None:
            shapely.prepare(self.shape)

    def contains(self, lon: float, lat: float) -> bool:
        """Whether the point lies in the town."""
        return self.shape is None or bool(shapely.contains_xy(self.shape, lon, lat))


class Plane:
    """Degrees to metres and back, for one town."""

    def __init__(self, lon: float, lat: float):
        self.scale = np.array([math.cos(math.radians(lat)) * METRES_PER_DEGREE, METRES_PER_DEGREE])
        self.origin = np.array([lon, lat])

    def flat(self, points: Iterable[tuple[float, float]]) -> np.ndarray:
        """Points in metres."""
        return (np.array(list(points), dtype=float).reshape(-1, 2) - self.origin) * self.scale

    def round(self, shape: Any) -> Any:
        """A shape in metres as one in degrees, simplified to 5 m."""
        return shapely.transform(shape.simplify(5), lambda points: points / self.scale + self.origin)


def matcher(names: list[str]) -> Callable[[str], bool]:
    """Whether a text names the town: one of its names, also with a part of town after a hyphen."""
    known = {fold(name) for name in names if name}

    def is_town(text: str) -> bool:
        folded = fold(text.strip())
        return folded in known or any(folded.startswith(f"{name}-") for name in known)

    return is_town


def whole_border(found: Found, names: list[str]) -> Area | None:
    """The administrative area that bears the town's name, if the extract has it whole; the lowest if there are several."""
    known = {fold(name) for name in names}
    own = [area for area in found.areas if fold(area.name) in known and area.level in TOWN_LEVELS]
    return max(own, key=lambda area: area.level, default=None)


def draw_town(found: Found, border: Area | None, is_town: Callable[[str], bool], name: str) -> Town:
    """The town's area. MapBroken if the extract shows other towns only, or nothing at all."""
    if border:
        return Town(border.shape, approximate=False, level=border.level)
    own = [house for house in found.houses if is_town(house.city)]
    if own:
        return Town(_reach_of(own, found))
    if found.cities:
        others = ", ".join(f"{city} ({n})" for city, n in found.cities.most_common(5))
        raise MapBroken(f"No address in the extract names {name}. It names {others}.")
    return Town(None)


def _reach_of(own: list[House], found: Found) -> Any:
    plane = Plane(own[0].lon, own[0].lat)
    mine = _thinned(plane.flat((house.lon, house.lat) for house in own))
    other = plane.flat(found.elsewhere_points())
    reach = shapely.unary_union(shapely.buffer(shapely.points(mine), REACH, quad_segs=4))
    near = other[shapely.contains_xy(reach.buffer(REACH), other)] if len(other) else other
    return plane.round(shapely.intersection(_cells(mine, near)[0], reach).buffer(0))


def _cells(*groups: np.ndarray) -> list[Any]:
    """For each group of points the area that is nearer to one of them than to any other point."""
    points = np.vstack([group for group in groups if len(group)])
    owners = np.concatenate([np.full(len(group), index) for index, group in enumerate(groups)])
    (west, south), (east, north) = points.min(axis=0) - 2 * REACH, points.max(axis=0) + 2 * REACH
    frame = shapely.box(west, south, east, north)
    if len(np.unique(owners)) == 1 or len(np.unique(points, axis=0)) < 3:
        return [frame if len(group) else shapely.Polygon() for group in groups]
    cells = np.array(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=frame).geoms)
    hits, cell_of = shapely.STRtree(cells).query(shapely.points(points), predicate="intersects")
    owner_of_cell = dict(zip(cell_of.tolist(), owners[hits].tolist(), strict=True))
    unions = []
    for index in range(len(groups)):
        mine = [cells[cell] for cell, owner in owner_of_cell.items() if owner == index]
        unions.append(shapely.unary_union(mine) if mine else shapely.Polygon())
    return unions


def _thinned(points: np.ndarray) -> np.ndarray:
    """At most one point per square of 50 m."""
    if not len(points):
        return points
    _keys, first = np.unique(np.floor(points / _THIN).astype(int), axis=0, return_index=True)
    return points[np.sort(first)]


def draw_parts(town: Town, found: Found, houses: list[House], core_name: str) -> list[Part | None]:
    """Fill in the town's parts; returns the part of each house, in the same order."""
    town.parts = _administrative(town, found)
    of_house: list[Part | None] = [_smallest(town.parts, house) for house in houses]
    left = [index for index, part in enumerate(of_house) if part is None]
    if left:
        names = _named_after(town, found, [houses[index] for index in left], core_name)
        drawn = _draw_named(town, [houses[index] for index in left], names)
        for index, (name, _source) in zip(left, names, strict=True):
            of_house[index] = drawn.get(name)
    _name_and_nest(town)
    return of_house


def _administrative(town: Town, found: Found) -> list[Part]:
    parts = []
    for area in found.areas:
        if area.level not in PART_LEVELS or area.level <= town.level or area.shape.is_empty:
            continue
        inner = town.shape.intersection(area.shape).area if town.shape is not None else area.shape.area
        if inner / area.shape.area > 0.8 or (town.approximate and _all_inside(town, area)):
            parts.append(Part(area.name, District.BOUNDARY, area.level, area.osm, area.shape))
    return parts


def _all_inside(town: Town, area: Area) -> bool:
    """A whole part may reach farther into the woods than the drawn border of the town: its middle decides."""
    middle = area.shape.representative_point()
    return town.shape.intersection(area.shape).area / area.shape.area > 0.4 and town.contains(middle.x, middle.y)


def _smallest(parts: list[Part], house: House) -> Part | None:
    at = Point(house.lon, house.lat)
    around = [part for part in parts if part.shape.contains(at)]
    return min(around, key=lambda part: part.shape.area, default=None)


def _named_after(town: Town, found: Found, houses: list[House], core_name: str) -> list[tuple[str, str]]:
    """For each house the name of its part and where that name comes from; an empty name for none."""
    counts = Counter(house.suburb for house in houses if house.suburb)
    suburbs = {name for name, n in counts.items() if n >= FEWEST}
    plane = Plane(houses[0].lon, houses[0].lat)
    if suburbs:
        own = [house.suburb if house.suburb in suburbs else "" for house in houses]
        names = _as_the_neighbours(plane.flat((h.lon, h.lat) for h in houses), own)
        return [(name or core_name, District.SUBURB) for name in names]
    for kinds in (SETTLEMENTS, SMALL_SETTLEMENTS):
        seats = {
            name: (lon, lat) for kind, name, lon, lat in found.settlements if kind in kinds and town.contains(lon, lat)
        }
        if len(seats) > 1:
            tree = shapely.STRtree(shapely.points(plane.flat(seats.values())))
            nearest = tree.nearest(shapely.points(plane.flat((h.lon, h.lat) for h in houses)))
            names = list(seats)
            return [(names[index], District.PLACE) for index in nearest]
    return [("" if not town.parts else core_name, District.SUBURB)] * len(houses)


def _as_the_neighbours(points: np.ndarray, own: list[str]) -> list[str]:
    """Houses without a suburb take the one that most houses within 150 m bear."""
    names = list(own)
    here = shapely.points(points)
    tree = shapely.STRtree(here)
    blank = [index for index, name in enumerate(own) if not name]
    for start in range(0, len(blank), 2_000):
        chunk = blank[start : start + 2_000]
        asking, near = tree.query(here[chunk], predicate="dwithin", distance=_NEIGHBOURS)
        around: dict[int, Counter[str]] = {}
        for who, other in zip(asking.tolist(), near.tolist(), strict=True):
            around.setdefault(chunk[who], Counter())[own[other]] += 1
        for index, counter in around.items():
            name, n = counter.most_common(1)[0]
            if name and n >= 0.6 * counter.total():
                names[index] = name
    return names


def _draw_named(town: Town, houses: list[House], names: list[tuple[str, str]]) -> dict[str, Part]:
    """The parts of these names, each what lies nearest to its houses."""
    groups: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for house, named in zip(houses, names, strict=True):
        if named[0]:
            groups.setdefault(named, []).append((house.lon, house.lat))
    if not groups:
        return {}
    plane = Plane(houses[0].lon, houses[0].lat)
    whole = [part.shape for part in town.parts]
    taken = shapely.unary_union(whole) if whole else shapely.Polygon()
    drawn: dict[str, Part] = {}
    for (name, source), cell in zip(groups, _cells(*map(_thinned, map(plane.flat, groups.values()))), strict=True):
        shape = plane.round(cell).buffer(0).difference(taken)
        if town.shape is not None:
            shape = shape.intersection(town.shape)
        if shape.is_empty:
            continue
        known = next((part for part in town.parts if part.key == fold(name).replace(" ", "")), None)
        drawn[name] = known or Part(name, source, shape=shape)
    town.parts += [part for part in drawn.values() if part not in town.parts]
    return drawn


def _name_and_nest(town: Town) -> None:
    """Slugs that do not collide, and the smallest part around each part as its parent."""
    taken: set[str] = set()
    for part in sorted(town.parts, key=lambda row: (row.level or 0, row.name)):
        part.slug = slugify_german(part.name, most=70)
        while part.slug in taken:
            part.slug = f"{part.slug}-{part.level or 2}"
        taken.add(part.slug)
        middle = part.shape.representative_point()
        around = [
            other
            for other in town.parts
            if other is not part
            and other.level
            and part.level
            and other.level < part.level
            and other.shape.contains(middle)
        ]
        part.parent = min(around, key=lambda other: other.shape.area, default=None)


def geojson(shape: Any) -> dict | None:
    """GeoJSON with coordinates of about 10 cm."""
    return None if shape is None else mapping(shapely.set_precision(shape, 1e-6))
