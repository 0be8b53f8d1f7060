"""Outlines and lines without a geometry library agree with the library."""

import random
import subprocess
import sys

import pytest
import shapely
from shapely.geometry import shape

from stadtplatz.city.shapes import Outline, distance

TOWN = {
    "type": "MultiPolygon",
    "coordinates": [
        [[[0, 0], [10, 0], [12, 5], [7, 9], [0, 8], [0, 0]], [[3, 3], [5, 3], [5, 5], [3, 5], [3, 3]]],
        [[[20, 1], [24, 1], [22, 6], [20, 1]]],
    ],
}


def test_a_point_lies_inside_as_the_library_says() -> None:
    dice, town, known = random.Random(1), Outline(TOWN), shape(TOWN)
    for _ in range(2_000):
        x, y = dice.uniform(-1, 25), dice.uniform(-1, 10)
        assert town.contains(x, y) == known.contains(shapely.Point(x, y)), (x, y)


def test_a_hole_is_outside_and_an_exclave_inside() -> None:
    town = Outline(TOWN)
    assert town.contains(22, 2)
    assert not town.contains(4, 4)


def test_the_area_is_what_the_library_says() -> None:
    assert Outline(TOWN).area == pytest.approx(shape(TOWN).area)


def test_the_distance_to_a_line_is_what_the_library_says() -> None:
    dice, line = random.Random(2), [(0.0, 0.0), (4.0, 3.0), (4.0, 3.0), (9.0, 1.0)]
    for _ in range(300):
        point = (dice.uniform(-5, 15), dice.uniform(-5, 10))
        assert distance(point, line) == pytest.approx(shapely.LineString(line).distance(shapely.Point(point)))
    assert distance((3, 4), [(0, 0)]) == 5


def test_a_web_process_holds_no_geometry_library() -> None:
    load = "from stadtplatz.wsgi import application; from django.urls import get_resolver; get_resolver()._populate()"
    tell = "import sys; print(sorted({'shapely', 'numpy', 'osmium', 'sklearn', 'weasyprint'} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", f"{load}; {tell}"], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "[]"
