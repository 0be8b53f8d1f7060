"""Outlines and lines of the map in plain Python.

A page asks about one point at a time, which needs no geometry library; shapely and numpy, which the importer uses, would cost every
web process 15 MB.
"""

import math
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
"""Longitude and latitude, or metres on a plane."""


class Outline:
    """What a geometry of GeoJSON encloses: polygons with their holes; points and lines enclose nothing."""

    def __init__(self, geometry: dict[str, Any]) -> None:
        self._polygons = [[_edges(ring) for ring in polygon] for polygon in _polygons(geometry)]

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside. A point on the line itself belongs to one of the two sides."""
        return sum(_crossings(ring, x, y) for polygon in self._polygons for ring in polygon) % 2 == 1

    @cached_property
    def area(self) -> float:
        """In square units of the coordinates: good for comparing."""
        return sum(_area(outer) - sum(map(_area, holes)) for outer, *holes in self._polygons)


def distance(point: Point, line: Sequence[Point]) -> float:
    """From the point to the nearest place on the line."""
    if len(line) == 1:
        return math.dist(point, line[0])
    return min(_to_edge(point, start, end) for start, end in pairwise(line))


def _polygons(geometry: dict[str, Any]) -> list[Any]:
    match geometry["type"]:
        case "Polygon":
            return [geometry["coordinates"]]
        case "MultiPolygon":
            return geometry["coordinates"]
        case "GeometryCollection":
            return [polygon for part in geometry["geometries"] for polygon in _polygons(part)]
    return []


_Edge = tuple[float, float, float, float]


def _edges(ring: Sequence[Sequence[float]]) -> list[_Edge]:
    closed = [*ring, ring[0]]
    return [(a[0], a[1], b[0], b[1]) for a, b in pairwise(closed) if a != b]


def _crossings(ring: list[_Edge], x: float, y: float) -> int:
    """How often a ray from the point to the east crosses the ring."""
    return sum((y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for x1, y1, x2, y2 in ring)


def _area(ring: list[_Edge]) -> float:
    x0, y0 = ring[0][:2] if ring else (0.0, 0.0)
    return abs(sum((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) for x1, y1, x2, y2 in ring)) / 2


def _to_edge(point: Point, start: Point, end: Point) -> float:
    wide, high = end[0] - start[0], end[1] - start[1]
    length = wide * wide + high * high
    along = ((point[0] - start[0]) * wide + (point[1] - start[1]) * high) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return math.dist(point, (start[0] + along * wide, start[1] + along * high))
