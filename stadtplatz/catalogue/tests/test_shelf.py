"""A shop with many offers finds the one it looks for: by group, by name however typed, by number or barcode, in the order it needs."""

import pytest

from stadtplatz.catalogue import actions
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.queries import Listed, group_counts, offers_of
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.shops.tests.test_pages import signed_in

LIST = "/laden/baeckerei-musterkorn/angebote/"


@pytest.fixture
def shelf(bakery, erna):
    """Rolls on sale, a bag that is sold out, a draft, and bread that was taken off sale."""
    rolls = offer(bakery, erna, title="Überkornbrötchen")
    bag = offer(bakery, erna, title="Brotbeutel")
    actions.set_stock(offer=bag, quantity=0, by=erna)
    draft = offer(bakery, erna, title="Ährenkranz", published=False)
    bread = offer(bakery, erna, title="Zwiebelbrot")
    actions.withdraw(offer=bread, by=erna)
    Offer.objects.filter(pk=draft.pk).update(sku="B-017", gtin="4006381333931")
    return rolls, bag, draft, bread


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Brotbeutel", "Zwiebelbrot", "Ährenkranz", "Überkornbrötchen"]),
        ("stand=published", ["Brotbeutel", "Überkornbrötchen"]),
        ("stand=soldout", ["Brotbeutel"]),
        ("stand=draft", ["Ährenkranz"]),
        ("stand=withdrawn", ["Zwiebelbrot"]),
        ("q=überkorn", ["Überkornbrötchen"]),
        ("q=BROETCHEN", ["Überkornbrötchen"]),
        ("q=b-017", ["Ährenkranz"]),
        ("q=4006381333931", ["Ährenkranz"]),
        ("q=brot&stand=soldout", ["Brotbeutel"]),
        ("stand=quatsch&sort=quatsch&page=x", ["Brotbeutel", "Zwiebelbrot", "Ährenkranz", "Überkornbrötchen"]),
        ("sort=new", ["Zwiebelbrot", "Ährenkranz", "Brotbeutel", "Überkornbrötchen"]),
    ],
)
def test_the_list_shows_what_was_asked_for(bakery, shelf, query, titles):
    asked = Listed.read(dict(part.split("=") for part in query.split("&") if part))
    found = [row.title for row in offers_of(bakery, asked)]
    assert sorted(found) == sorted(titles)
    if "sort" in query and "quatsch" not in query:
        assert found == titles


def test_each_group_says_how_many_it_has_and_the_page_offers_only_those_that_have_some(bakery, erna, shelf):
    assert group_counts(bakery) == {"": 4, "published": 2, "soldout": 1, "draft": 1, "withdrawn": 1}
    page = signed_in(erna).get(f"{LIST}?stand=soldout").content.decode()
    assert "Ausverkauft (1)" in page
    assert "Brotbeutel" in page
    assert "Zwiebelbrot" not in page
    actions.set_stock(offer=shelf[1], quantity=3, by=erna)
    assert "Ausverkauft (" not in signed_in(erna).get(LIST).content.decode()


def test_who_finds_nothing_is_shown_the_way_back_to_everything(erna, shelf):
    page = signed_in(erna).get(f"{LIST}?q=Raumschiff").content.decode()
    assert "So etwas ist nicht unter Ihren Angeboten" in page
    assert f'href="{LIST}"' in page
