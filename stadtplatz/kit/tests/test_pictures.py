"""Nobody gets a grey box."""

import pytest
from django.contrib.staticfiles import finders

from stadtplatz.kit.pictures import SHOPS, TICKETS, picture_for


@pytest.mark.parametrize(("kind", "name"), [("shop", n) for n in SHOPS] + [("ticket", n) for n in TICKETS])
def test_every_category_has_its_drawing(kind, name):
    path = picture_for(name, kind=kind)
    assert path == f"kit/pictures/{kind}-{name}.svg"
    drawing = finders.find(path)
    assert drawing
    with open(drawing) as file:
        text = file.read()
    assert "<style" not in text
    assert "style=" not in text


def test_an_unknown_category_gets_the_general_drawing():
    assert picture_for("unterwasserbasteln") == "kit/pictures/shop-generic.svg"
    assert picture_for("", kind="ticket") == "kit/pictures/ticket-other.svg"


def test_a_compound_code_is_known_by_its_part():
    assert picture_for("shop-bakery") == "kit/pictures/shop-bakery.svg"
    assert picture_for("road.pothole", kind="ticket") == "kit/pictures/ticket-pothole.svg"
