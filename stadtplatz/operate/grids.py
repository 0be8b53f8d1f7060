"""From the coordinates of other surveys to longitude and latitude."""

from __future__ import annotations

from collections.abc import Callable

Degrees = tuple[float, float]


def swiss(east: float, north: float) -> Degrees:
    """Longitude and latitude of Swiss coordinates LV95, to about a metre: the approximate formulas of the Federal Office of Topography."""
    y, x = (east - 2_600_000) / 1e6, (north - 1_200_000) / 1e6
    lon = 2.6779094 + 4.728982 * y + 0.791484 * y * x + 0.1306 * y * x**2 - 0.0436 * y**3
    lat = 16.9023892 + 3.238272 * x - 0.270978 * y**2 - 0.002528 * x**2 - 0.0447 * y**2 * x - 0.0140 * x**3
    return lon * 100 / 36, lat * 100 / 36


def degrees(east: float, north: float) -> Degrees:
    return east, north


GRIDS: dict[str, Callable[[float, float], Degrees]] = {"EPSG:2056": swiss, "EPSG:4326": degrees}
