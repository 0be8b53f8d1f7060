"""A city's two colours can be read on every page, light and dark."""

from hypothesis import given
from hypothesis import strategies as st

from stadtplatz.kit import colours

any_colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_black_on_white_is_twenty_one():
    assert round(colours.contrast("#000000", "#ffffff"), 1) == 21.0


def test_a_pale_yellow_is_refused_with_its_contrast():
    (problem,) = colours.problems({"primary": "#ffee99"})
    assert "primary" in problem
    assert "4.5" in problem


def test_what_is_no_colour_is_named():
    assert "not a colour" in colours.problems({"accent": "rot; } body {"})[0]


@given(any_colour, any_colour)
def test_whatever_a_city_chooses_can_be_read(primary, accent):
    sheet = colours.stylesheet({"primary": primary, "accent": accent})
    values = dict(pair.split(":") for pair in sheet[6:-2].split(";"))
    assert colours.contrast(values["--city-primary"], colours.PAPER) >= 4.5
    assert colours.contrast(values["--city-accent"], colours.PAPER) >= 4.5
    assert colours.contrast(values["--city-primary-dark"], colours.DARK_SURFACE) >= 7
    assert colours.contrast(values["--city-on-primary"], values["--city-primary"]) >= 4.5
