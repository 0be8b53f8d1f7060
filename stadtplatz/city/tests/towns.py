"""Small towns for tests: extracts written on the spot, packs of a few lines."""

from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

LON, LAT = 9.0, 49.0
STEP = 0.001
"""Degrees: about 70 by 110 m."""


class Extract:
    """Writes a small `.osm.pbf`. Positions are in steps east and north of a corner."""

    def __init__(self, path: Path):
        path.unlink(missing_ok=True)
        self.path, self._id = path, 0
        self._nodes: list[Node] = []
        self._ways: list[Way] = []
        self._relations: list[Relation] = []

    def _next(self, given: int | None) -> int:
        if given:
            return given
        self._id += 1
        return 1_000_000 + self._id

    def node(self, x: float, y: float, id: int | None = None, **tags: str) -> int:
        ref = self._next(id)
        at = (LON + x * STEP, LAT + y * STEP)
        self._nodes.append(Node(id=ref, location=at, tags=_tags(tags), version=1, timestamp="2024-05-06T07:08:09Z"))
        return ref

    def way(self, points: list[tuple[float, float]], id: int | None = None, closed: bool = False, **tags: str) -> int:
        refs = [self.node(x, y) for x, y in points]
        return self.way_of(refs + refs[:1] if closed else refs, id, **tags)

    def way_of(self, refs: list[int], id: int | None = None, **tags: str) -> int:
        ref = self._next(id)
        self._ways.append(Way(id=ref, nodes=refs, tags=_tags(tags), version=1))
        return ref

    def relation(self, outer: list[int], id: int | None = None, **tags: str) -> int:
        ref = self._next(id)
        members = [("w", way, "outer") for way in outer]
        self._relations.append(Relation(id=ref, members=members, tags=_tags(tags), version=1))
        return ref

    def box(self, west: float, south: float, east: float, north: float, id: int | None = None, **tags: str) -> int:
        """A multipolygon or boundary."""
        ring = self.way([(west, south), (east, south), (east, north), (west, north)], closed=True)
        kind = "boundary" if "boundary" in tags else "multipolygon"
        return self.relation([ring], id, type=kind, **tags)

    def street(self, name: str, y: float, numbers: range, *, first: int = 0, start: int = 0, **tags: str) -> None:
        """A street from west to east with a house node for each number; ids count from `first`."""
        self.way([(start, y), (start + len(numbers), y)], first and first + 900, highway="residential", name=name)
        for index, number in enumerate(numbers):
            values = {"addr:street": name, "addr:housenumber": str(number), **tags}
            self.node(start + index + 0.5, y + 0.1, first and first + index, **values)

    def write(self) -> Path:
        self.path.unlink(missing_ok=True)
        with osmium.SimpleWriter(str(self.path)) as writer:
            for node in sorted(self._nodes, key=lambda row: row.id):
                writer.add_node(node)
            for way in sorted(self._ways, key=lambda row: row.id):
                writer.add_way(way)
            for relation in sorted(self._relations, key=lambda row: row.id):
                writer.add_relation(relation)
        return self.path


def _tags(tags: dict[str, str]) -> dict[str, str]:
    return {name.replace("__", ":"): value for name, value in tags.items()}


CITY_YAML = """slug: kleinstadt
name: Kleinstadt
land: SH
centre: [9.0, 49.0]
map:
  extract: map.osm.pbf
"""
ORGANISATION_YAML = """units:
  - slug: rathaus
    name: Rathaus
    functions:
      - {slug: post, name: Posteingang}
    parts:
      - {slug: bauhof, name: Bauhof}
people:
  - {email: paula@example.org, name: Paula Post (erfunden), unit: rathaus, role: admin, function: post}
  - {email: bernd@example.org, name: Bernd Bau (erfunden), unit: bauhof, role: lead, deputy: paula@example.org}
absences:
  - {person: bernd@example.org, from: 0, until: 5}
"""
DUTIES_YAML = """default: {unit: rathaus, function: post}
duties:
  - {code: roads, title: Straßen, unit: bauhof}
"""


def pack(folder: Path, *, with_map: bool = True) -> Path:
    """A city pack that has nothing to do with any other."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "city.yaml").write_text(CITY_YAML if with_map else CITY_YAML.split("map:")[0])
    (folder / "organisation.yaml").write_text(ORGANISATION_YAML)
    (folder / "duties.yaml").write_text(DUTIES_YAML)
    if with_map:
        small_town(folder / "map.osm.pbf").write()
    return folder


def small_town(path: Path) -> Extract:
    """Kleinstadt with two streets, a bakery and a bench; Nachbarort lies 30 steps to the east."""
    extract = Extract(path)
    extract.street("Hauptstraße", 0, range(1, 9), first=100, addr__city="Kleinstadt", addr__postcode="24999")
    extract.street("Mühlenweg", 3, range(1, 9), first=300, addr__city="Kleinstadt", addr__postcode="24999")
    extract.street("Fremde Straße", 0, range(1, 9), first=500, start=30, addr__city="Nachbarort")
    extract.node(2, 1, 700, shop="bakery", name="Bäckerei Korn", opening_hours="Mo-Sa 06:00-12:00", phone="0123 4")
    extract.node(31, 1, 701, shop="bakery", name="Bäckerei Anderswo")
    extract.node(3, 1, 702, amenity="bench")
    return extract
