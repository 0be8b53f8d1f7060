"""Points and squares of the world's map, as web maps count them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

CELL_ZOOM = 16
"""The zoom whose tiles are the cells kept with points: about 400 metres wide in Germany."""
MOST_LAT = 85.0


@dataclass(frozen=True)
class Bounds:
    """A rectangle on the map, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north


def tile(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Column and row of the map tile with this point."""
    size = 1 << zoom
    lat = max(-MOST_LAT, min(MOST_LAT, lat))
    x = (lon + 180.0) / 360.0
    y = (1.0 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2.0
    return min(size - 1, max(0, int(x * size))), min(size - 1, max(0, int(y * size)))


def cell(lon: float, lat: float) -> int:
    """The cell of this point as one number; cells can be merged by `coarser`."""
    x, y = tile(lon, lat, CELL_ZOOM)
    return x << CELL_ZOOM | y


def coarser(number: int, zoom: int) -> tuple[int, int]:
    """The tile of this lower zoom that the cell lies in."""
    shift = CELL_ZOOM - zoom
    return number >> CELL_ZOOM + shift, (number & (1 << CELL_ZOOM) - 1) >> shift


def centre(number: int) -> tuple[float, float]:
    """Longitude and latitude of the middle of the cell."""
    size = 1 << CELL_ZOOM
    x, y = (number >> CELL_ZOOM) + 0.5, (number & size - 1) + 0.5
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / size))))
    return x / size * 360.0 - 180.0, lat


def cells_in(bounds: Bounds, *, most: int = 400) -> list[int] | None:
    """All cells that touch the rectangle; None when they are more than `most`."""
    west, north = tile(bounds.west, bounds.north, CELL_ZOOM)
    east, south = tile(bounds.east, bounds.south, CELL_ZOOM)
    if (east - west + 1) * (south - north + 1) > most:
        return None
    return list(_numbers(range(west, east + 1), range(north, south + 1)))


def _numbers(columns: range, rows: range) -> Iterator[int]:
    return (x << CELL_ZOOM | y for x in columns for y in rows)
