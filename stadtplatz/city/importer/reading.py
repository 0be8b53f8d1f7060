"""Three passes over an extract: first borders and settlements, then addresses, then everything else that lies in the town.

Memory holds what lies in the town, one point per 60 m of its surroundings, and the positions of the extract's nodes
(in a file on disk when the extract is large).
"""

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import osmium
import shapely
from osmium.filter import KeyFilter

from stadtplatz.city.importer.tagging import (
    ASSET_KEYS,
    PLACE_KEYS,
    asset_kind,
    further,
    place_kind,
    place_name,
    road_class,
)

LARGE = 60_000_000
"""Bytes from which on node positions are kept on disk."""
_GRID = 0.0006
"""Degrees: surroundings are thinned to one address per cell of about 60 m."""
TOWN_LEVELS = range(4, 9)
PART_LEVELS = range(8, 12)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?$", re.IGNORECASE)
_WEB = re.compile(r"https?://[\w.-]+\.[a-z]{2,}(:\d+)?([/?#]\S*)?$", re.IGNORECASE)
_BORDERS = ("boundary", "place")
_REST = ("highway", *PLACE_KEYS, *ASSET_KEYS)
Contains = Callable[[float, float], bool]


class MapBroken(Exception):
    """The extract cannot be used; the message says why, for people."""


@dataclass
class House:
    """An address as it stands in the extract."""

    osm: tuple[str, int]
    street: str
    number: str
    postcode: str
    suburb: str
    lon: float
    lat: float
    is_place: bool
    city: str


@dataclass
class Area:
    """A whole administrative area."""

    osm: tuple[str, int]
    name: str
    level: int
    shape: Any


@dataclass
class Found:
    """What an extract holds. `elsewhere` are (thinned) points that are known to lie beside the town."""

    houses: list[House] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    settlements: list[tuple[str, str, float, float]] = field(default_factory=list)
    elsewhere: set[tuple[int, int]] = field(default_factory=set)
    cities: Counter[str] = field(default_factory=Counter)
    ways: list[dict] = field(default_factory=list)
    places: list[dict] = field(default_factory=list)
    assets: list[dict] = field(default_factory=list)
    newest: datetime | None = None
    broken: int = 0

    def elsewhere_points(self) -> list[tuple[float, float]]:
        """The thinned points of the surroundings."""
        return [(x * _GRID, y * _GRID) for x, y in self.elsewhere]


def read_borders(extract: Path, is_town: Callable[[str], bool]) -> Found:
    """First pass: whole administrative areas, and settlements."""
    found = Found()
    for thing in _things(extract, _BORDERS, found):
        if "boundary" in thing.tags and thing.is_area():
            _take_area(thing, is_town, found)
        if thing.tags.get("place") and thing.tags.get("name") and (at := thing.position()):
            found.settlements.append((thing.tags["place"], thing.tags["name"], *at))
    return found


def read_houses(extract: Path, found: Found, is_town: Callable[[str], bool], inside: Contains | None) -> None:
    """Second pass: the addresses inside the border; without one, those that name this town or none.

    Addresses that name another town count as surroundings only.
    """
    for thing in _things(extract, ("addr:housenumber",), found):
        at = thing.position()
        if at:
            found.newest = max(filter(None, (found.newest, thing.timestamp)), default=None)
            _take_house(thing, at, is_town, inside, found)


def read_rest(extract: Path, found: Found, contains: Contains) -> None:
    """Third pass: streets, places and street furniture in the town."""
    for thing in _things(extract, _REST, found):
        tags = thing.tags
        road, kind, asset = road_class(tags), place_kind(tags), asset_kind(tags)
        if not (road or kind or asset):
            continue
        at = thing.position()
        if not at or not contains(*at):
            continue
        found.newest = max(filter(None, (found.newest, thing.timestamp)), default=None)
        if road and tags.get("name") and not thing.is_node():
            found.ways.append({"id": thing.osm[1], "name": tags["name"], "class": road, "line": thing.line(), "at": at})
        if kind and (place_name(tags) or kind[1] == "marketplace"):
            found.places.append(_place(thing, kind, at))
        elif asset:
            found.assets.append({"osm": thing.osm, "kind": asset, "ref": tags.get("ref", "")[:60], "at": at})


def header_date(extract: Path) -> date | None:
    """The day the extract says it stands for, if it says so."""
    reader = osmium.io.Reader(str(extract))
    try:
        stamp = reader.header().get("osmosis_replication_timestamp")
    finally:
        reader.close()
    try:
        return datetime.fromisoformat(stamp.replace("Z", "+00:00")).date() if stamp else None
    except ValueError:
        return None


class Thing:
    """One object of the extract, with a position whatever it is."""

    def __init__(self, raw: Any, tags: dict[str, str]):
        self.raw, self.tags = raw, tags
        kind = raw.type_str()
        self.osm = ("r", raw.orig_id()) if kind == "a" else (kind, raw.id)
        self.shape: Any = None

    def is_area(self) -> bool:
        """A relation whose outline was put together."""
        return self.osm[0] == "r"

    def is_node(self) -> bool:
        return self.osm[0] == "n"

    @property
    def timestamp(self) -> datetime | None:
        return self.raw.timestamp if self.raw.timestamp and self.raw.timestamp.year > 2000 else None

    def position(self) -> tuple[float, float] | None:
        """Longitude and latitude of the middle; None where the extract lacks the nodes."""
        if self.is_node():
            return _rounded(self.raw.location.lon, self.raw.location.lat) if self.raw.location.valid() else None
        if self.is_area():
            if self.shape is None:
                return None
            middle = self.shape.representative_point()
            return _rounded(middle.x, middle.y)
        line = self.line()
        if not line:
            return None
        corners = line[:-1] if len(line) > 2 and line[0] == line[-1] else line
        return _rounded(sum(x for x, _y in corners) / len(corners), sum(y for _x, y in corners) / len(corners))

    def line(self) -> list[tuple[float, float]]:
        """The points of a way that the extract knows; the outline's for an area."""
        if self.is_area():
            return [] if self.shape is None else list(self.shape.geoms[0].exterior.coords)
        return [(node.lon, node.lat) for node in self.raw.nodes if node.location.valid()]


def _things(extract: Path, keys: tuple[str, ...], found: Found) -> Iterator[Thing]:
    """Nodes, ways, and relations as areas, that bear one of the keys. Broken outlines are counted and left out."""
    wkb = osmium.geom.WKBFactory()
    with tempfile.TemporaryDirectory() as scratch:
        storage = f"sparse_file_array,{scratch}/nodes" if extract.stat().st_size > LARGE else "flex_mem"
        try:
            reader = osmium.FileProcessor(str(extract)).with_locations(storage).with_areas(KeyFilter(*keys))
            raw: Any  # nodes, ways, relations and areas, which have different faces
            for raw in reader.with_filter(KeyFilter(*keys)):
                if raw.is_relation() or (raw.is_area() and raw.from_way()):
                    continue
                thing = Thing(raw, {tag.k: tag.v for tag in raw.tags})
                if raw.is_area():
                    thing.shape = _outline(wkb, raw)
                    found.broken += thing.shape is None
                yield thing
        except RuntimeError as error:
            raise MapBroken(str(error)) from None


def _outline(wkb: Any, area: Any) -> Any:
    try:
        shape = shapely.from_wkb(wkb.create_multipolygon(area))
    except (RuntimeError, shapely.errors.GEOSException):
        return None
    if not shape.is_valid:
        shape = shapely.make_valid(shape)
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type in {"Polygon", "MultiPolygon"}]
    shape = shapely.unary_union(parts) if parts else None
    if shape is None or shape.is_empty:
        return None
    return shape if shape.geom_type == "MultiPolygon" else shapely.MultiPolygon([shape])


def _take_area(thing: Thing, is_town: Callable[[str], bool], found: Found) -> None:
    tags, name = thing.tags, thing.tags.get("name", "")
    level = tags.get("admin_level", "")
    if tags["boundary"] != "administrative" or not level.isdigit() or not name or thing.shape is None:
        return
    if int(level) in PART_LEVELS or (int(level) in TOWN_LEVELS and is_town(name)):
        found.areas.append(Area(thing.osm, name, int(level), thing.shape))


def _take_house(
    thing: Thing, at: tuple[float, float], is_town: Callable[[str], bool], inside: Contains | None, found: Found
) -> None:
    tags = thing.tags
    city = tags.get("addr:city", "").strip()
    if inside and not inside(*at):
        return
    if city:
        found.cities[city] += 1
    if city and not inside and not is_town(city):
        found.elsewhere.add((round(at[0] / _GRID), round(at[1] / _GRID)))
        return
    street = tags.get("addr:street", "").strip() or tags.get("addr:place", "").strip()
    if not street:
        return
    base: dict[str, Any] = {
        "osm": thing.osm,
        "street": street[:160],
        "postcode": tags.get("addr:postcode", "")[:10],
        "suburb": (tags.get("addr:suburb") or tags.get("addr:district") or "").strip()[:120],
        "is_place": not tags.get("addr:street", "").strip(),
        "city": city,
    }
    for number in _numbers(tags["addr:housenumber"]):
        found.houses.append(House(number=number, lon=at[0], lat=at[1], **base))


def _numbers(text: str) -> list[str]:
    """ "5;7" and "5, 7" are two doors; "5-7" is one with two numbers on it."""
    parts = [part.strip()[:24] for part in text.replace(",", ";").split(";")]
    return [part for part in dict.fromkeys(parts) if any(letter.isdigit() for letter in part)][:20]


def _place(thing: Thing, kind: tuple[str, str], at: tuple[float, float]) -> dict:
    tags = thing.tags
    contact = {key: (tags.get(key) or tags.get(f"contact:{key}") or "") for key in ("phone", "email", "website")}
    return {
        "osm": thing.osm,
        "kind": kind[0],
        "category": kind[1][:60],
        "name": (place_name(tags) or tags.get("addr:street", ""))[:160],
        "street": (tags.get("addr:street") or tags.get("addr:place") or "")[:160],
        "house_number": tags.get("addr:housenumber", "")[:24],
        "postcode": tags.get("addr:postcode", "")[:10],
        "opening_hours": tags.get("opening_hours", "")[:255],
        "phone": contact["phone"][:60],
        "email": contact["email"][:120],
        "website": _web(contact["website"]),
        "wheelchair": tags.get("wheelchair", "")[:10],
        "further": further(tags),
        "at": at,
    }


def _web(address: str) -> str:
    """A web address people can follow, or nothing: the map may hold anything."""
    address = address.strip().split(";")[0].strip()[:255]
    if _HOST.match(address):
        address = f"https://{address}"
    return address if _WEB.match(address) else ""


def _rounded(lon: float, lat: float) -> tuple[float, float]:
    return round(lon, 7), round(lat, 7)
