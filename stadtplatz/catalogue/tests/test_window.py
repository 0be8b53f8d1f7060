"""A shop's page: few offers in one list, many in groups that one can jump to, more than fit on further pages."""

import re

import pytest

from stadtplatz.catalogue import queries
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.queries.window import FEW
from stadtplatz.catalogue.tests.builders import LOAF
from stadtplatz.kit import clock

pytestmark = pytest.mark.django_db
PER_PAGE = 24


@pytest.fixture
def shelf(bakery):
    def put(number: int, kind: str = Offer.GOODS, category: str = "bread") -> None:
        details = {name: value for name, value in LOAF.items() if name not in ("title", "category")}
        moment = clock.now()
        Offer.objects.bulk_create(
            Offer(
                shop=bakery, kind=kind, state=Offer.PUBLISHED, title=f"{kind} {category} {at}", slug=f"x-{at}", category=category,
                created_at=moment, published_at=moment, **details,
            )
            for at in range(number)
        )  # fmt: skip

    return put


def told(bakery) -> list[tuple[str, int, str]]:
    _offers, _count, groups = queries.window_of(bakery)
    return [(str(group.name), group.count, group.address(PER_PAGE)) for group in groups]


def headings(client, bakery, page: str = "") -> list[str]:
    text = client.get(f"{bakery.get_absolute_url()}{page}").text
    return re.findall(r'<h2 id="g-[^"]+">([^<]+)', text)


def test_few_of_one_kind_stand_in_one_list(client, bakery, shelf):
    shelf(FEW)
    assert told(bakery) == []
    page = client.get(bakery.get_absolute_url()).text
    assert page.count("offer-card__title") == FEW
    assert '<h2 id="s-offers">Angebote</h2>' in page


def test_what_one_does_with_it_makes_groups_even_of_few(client, bakery, shelf):
    for kind in (Offer.SHOWCASE, Offer.QUOTE, Offer.GOODS, Offer.SERVICE, Offer.SURPRISE):
        shelf(1, kind)
    names = ["Mit Termin", "Waren", "Preis auf Anfrage", "Nur im Geschäft"]
    assert [(name, count) for name, count, _address in told(bakery)] == list(zip(names, [1, 2, 1, 1], strict=True))
    assert headings(client, bakery) == names


def test_many_goods_are_grouped_where_their_categories_part(client, bakery, shelf):
    shelf(5, category="rolls")
    shelf(6, category="bread")
    shelf(1, category="gone-from-the-tree")
    assert told(bakery) == [
        ("Brot", 6, "#g-brot"),
        ("Brötchen und Brezeln", 5, "#g-broetchen"),
        ("Weiteres", 1, "#g-rest"),
    ]
    shelf(1, category="novels")
    assert [name for name, _count, _address in told(bakery)] == ["Brot und Gebäck", "Bücher und Papier", "Weiteres"]
    assert headings(client, bakery) == ["Brot und Gebäck", "Bücher und Papier", "Weiteres"]


def test_a_group_on_a_further_page_is_jumped_to_there(client, bakery, shelf):
    shelf(30, category="bread")
    shelf(4, category="rolls")
    assert [address for _name, _count, address in told(bakery)] == ["#g-brot", "?page=2#g-broetchen"]
    assert headings(client, bakery) == ["Brot"]
    assert headings(client, bakery, "?page=2") == ["Brot", "Brötchen und Brezeln"]
    titles = re.findall(
        r"offer-card__title[^>]*><a[^>]*>([^<]+)", client.get(f"{bakery.get_absolute_url()}?page=2").text
    )
    assert (len(titles), sum("rolls" in title for title in titles)) == (10, 4)


@pytest.mark.parametrize("many", [1, 30])
def test_groups_cost_no_more_queries_than_a_list(client, bakery, shelf, many, django_assert_max_num_queries):
    for category in ("bread", "rolls", "novels"):
        shelf(many, category=category)
    client.get(bakery.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(f"{bakery.get_absolute_url()}?page=1")


def test_a_shop_without_offers_says_what_to_do(client, bakery):
    page = client.get(bakery.get_absolute_url()).text
    assert "Zurzeit ist hier nichts ausgestellt" in page
    assert page.count(f"{bakery.get_absolute_url()}frage/") == 2
