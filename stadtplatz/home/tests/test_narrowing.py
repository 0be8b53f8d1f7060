"""The search is narrowed down by the address of its page; programs get the same results in the same order."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from stadtplatz.catalogue.actions import offers
from stadtplatz.home.views import search
from stadtplatz.kit import clock
from stadtplatz.orders.tests.town import offer_of, open_shop
from stadtplatz.search import actions
from stadtplatz.search.models import EmptySearch
from stadtplatz.shops.documents import push_shop
from stadtplatz.shops.models import Shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    for limit in (search.SEARCHES, search.SUGGESTIONS):
        limit.forget()


@pytest.fixture
def market(at_noon):
    """Two shops with a loaf each; only the bakery is open, around the clock."""
    bakery = open_shop("Bäckerei Musterkorn (erfunden)", "musterkorn")
    books = open_shop("Buchhandlung Blätterwald (erfunden)", "blaetterwald")
    bakery.hours, books.hours = "24/7", "Su 03:00-04:00"
    for shop in (bakery, books):
        shop.save()
    offer_of(bakery, "Bauernbrot", 450)
    offer_of(books, "Brot backen", 1990)
    offers.reindex()
    for shop in (bakery, books):
        push_shop(shop)
    actions.learn()


@pytest.fixture
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 25, 11, 0, tzinfo=UTC))


def titles(client, query: str) -> list[str]:
    answer = client.get(f"/api/v1/search?{query}")
    assert answer.status_code == 200
    return [row["title"] for row in answer.json()["results"] if row["kind"] == "offer"]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("q=Brot&shop=musterkorn", ["Bauernbrot"]),
        ("q=Brot&open=1", ["Bauernbrot"]),
        ("q=Brot&from=5", ["Brot backen"]),
        ("q=Brot&to=19,90&from=4,50", ["Bauernbrot", "Brot backen"]),
        ("q=Brot&to=4,49", []),
        ("q=Brot&to=viel", ["Bauernbrot", "Brot backen"]),
        ("q=Brot&near=nirgendwo+99", ["Bauernbrot", "Brot backen"]),
        ("q=Brot&shop=gibt-es-nicht", []),
        ("q=Brot&kind=quatsch", ["Bauernbrot", "Brot backen"]),
    ],
)
def test_what_is_asked_for_is_what_is_left(client, market, query, left):
    assert sorted(titles(client, query)) == left
    page = client.get(f"/suche/?{query}").text
    assert page.count('href="/angebot/') == len(left)


def test_page_and_program_say_the_same_in_the_same_order(client, market):
    answer = client.get("/api/v1/search?q=Brot").json()
    page = client.get("/suche/?q=Brot").text
    paths = [urlsplit(row["url"]).path for row in answer["results"] if row["url"]]
    places = [page.index(f'hit__title"><a href="{path}"') for path in paths]
    assert places == sorted(places)
    assert answer["total"] == sum(answer["counts"].values())
    assert {row["shop"] for row in answer["results"] if row["kind"] == "offer"} == {"musterkorn", "blaetterwald"}


def test_each_choice_tells_how_many_it_leaves_and_can_be_taken_away(client, market):
    page = client.get("/suche/?q=Brot&shop=musterkorn").text
    assert "Buchhandlung Blätterwald (erfunden) (2)" in page  # its book, and itself: here it is a bakery by category
    assert client.get("/api/v1/search?q=Brot&shop=blaetterwald").json()["total"] == 2
    assert 'href="?q=Brot"' in page


@pytest.fixture
def more_bread(market):
    """An organic loaf and a cake that takes three days, both from the bakery."""
    bakery = Shop.objects.get(slug="musterkorn")
    offer_of(bakery, "Dinkelbrot", 600, particulars={"organic": "DE-ÖKO-000"})
    offer_of(bakery, "Brottorte", 4500, kind="made", lead_days=3)
    offer_of(bakery, "Brotzeit nach Wunsch", 0, stock=0, kind="quote")
    offers.reindex()
    actions.learn()


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("q=Brot&organic=1", ["Dinkelbrot"]),
        ("q=Brot&organic=1&to=5", []),
        ("q=Brot&today=1", ["Bauernbrot", "Brot backen", "Dinkelbrot"]),
        ("q=Brot&today=1&organic=1", ["Dinkelbrot"]),
    ],
)
def test_organic_and_collected_today_are_what_was_proved_and_what_is_there(client, more_bread, query, left):
    """Both shops hand over today; what takes three days or is only asked for is not there."""
    assert sorted(titles(client, query)) == left
    assert client.get(f"/suche/?{query}").text.count('href="/angebot/') == len(left)


def test_switches_say_how_many_they_leave_and_what_leaves_nothing_is_not_offered(client, more_bread):
    page = client.get("/suche/?q=Brot").text
    assert "Bio (1)" in page
    assert "Jetzt geöffnet (5)" in page  # four offers and the bakery itself
    assert client.get("/api/v1/search?q=Brot&open=1").json()["total"] == 5
    assert 'name="organic"' not in client.get("/suche/?q=backen").text
    chosen = client.get("/suche/?q=Brot&organic=1").text
    assert "Bio<span" in chosen
    assert 'href="?q=Brot"' in chosen


def test_nothing_left_says_so_and_is_no_word_that_finds_nothing(client, market):
    page = client.get("/suche/?q=Brot&to=0,01").text
    assert "Nichts, das alles davon hat" in page
    assert not EmptySearch.objects.exists()


def test_narrowing_costs_few_queries(client, market, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/suche/?q=Brot&open=1&shop=musterkorn&district=x&from=1&near=Hauptstrasse+1")


@pytest.mark.parametrize("query", ["q=Brot&limit=0", "q=Brot&limit=101", "q=Brot&offset=-1", "q=" + "x" * 121])
def test_a_program_that_asks_for_nonsense_is_told(client, query):
    assert client.get(f"/api/v1/search?{query}").status_code == 422


def test_no_words_find_nothing(client, market):
    assert client.get("/api/v1/search").json() == {
        "results": [],
        "total": 0,
        "counts": {},
        "suggestion": None,
        "replaced": False,
    }


def test_each_offer_says_whether_its_shop_is_open_and_each_shop_its_trade_and_street(client, market):
    page = client.get("/suche/?q=Brot").content.decode()
    loaf, book = (page.split(f"{title}</")[1].split("</li>")[0] for title in ("auernbrot", "acken"))
    assert "open-state--open" in loaf
    assert "open-state--closed" in book
    page = client.get("/suche/?q=Musterkorn&kind=shop").content.decode()
    row = page.split('class="hit ')[1].split("</li>")[0]
    assert "open-state--open" in row
    assert "Marktplatz 3" in row
