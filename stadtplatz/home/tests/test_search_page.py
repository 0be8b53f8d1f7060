"""One box finds offers, shops, places and streets, and leads errands by number to where they are opened."""

import pytest

from stadtplatz.home.views import search
from stadtplatz.kit.codes import new_number
from stadtplatz.search import actions
from stadtplatz.search.empty_searches import WRITES
from stadtplatz.search.models import EmptySearch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    for limit in (search.SEARCHES, search.SUGGESTIONS):
        limit.forget()


@pytest.fixture
def bakery():
    actions.push(
        kind="shop", key="1", title="Bäckerei Musterkorn", keywords="Brot Brötchen", url="/geschaefte/musterkorn/"
    )
    actions.push(kind="offer", key="1", title="Brötchen", body="Jeden Morgen frisch.", url="/angebot/1-broetchen/")
    actions.learn()


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    return response.content.decode()


def test_the_bakery_and_its_rolls_are_found_and_can_be_told_apart(client, bakery):
    page = read(client, "/suche/?q=broetchen")
    assert "/geschaefte/musterkorn/" in page
    assert "/angebot/1-broetchen/" in page
    page = read(client, "/suche/?q=broetchen&kind=shop")
    assert "/geschaefte/musterkorn/" in page
    assert "/angebot/1-broetchen/" not in page


def test_english_results_lead_to_english_pages(client, bakery):
    assert 'href="/en/angebot/1-broetchen/"' in read(client, "/en/suche/?q=broetchen")


def test_a_mistyped_word_is_understood_and_said(client, bakery):
    page = read(client, "/suche/?q=Brötchn")
    assert "/angebot/1-broetchen/" in page
    assert "Brötchen</strong>" in page


def test_a_number_leads_to_where_it_is_opened_and_never_says_whether_it_exists(client, bakery):
    number = new_number("A")
    page = read(client, f"/suche/?q={number.replace('-', '').lower()}")
    assert f"/finden/?nummer={number}" in page


def test_what_finds_nothing_is_counted_and_the_page_says_what_to_do(client, bakery):
    WRITES.forget()
    page = read(client, "/suche/?q=Quastenflosser")
    assert "Quastenflosser" in page
    assert list(EmptySearch.objects.values_list("text", "count")) == [("", 1)]


def test_a_search_that_finds_something_writes_nothing(client, bakery, django_assert_max_num_queries):
    with django_assert_max_num_queries(10) as queries:
        read(client, "/suche/?q=Brötchen")
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_thirty_results_cost_no_more_queries_than_one(client, django_assert_max_num_queries):
    actions.push_many({"kind": "offer", "key": str(number), "title": f"Brötchen {number}"} for number in range(30))
    actions.learn()
    with django_assert_max_num_queries(10):
        page = read(client, "/suche/?q=Brötchen")
    assert page.count('<li class="hit') == 20
    assert read(client, "/suche/?q=Brötchen&page=2").count('<li class="hit') == 10


def test_pages_that_do_not_exist_are_kept_within_bounds(client, bakery):
    for page in ("0", "-1", "99", "x", "²", "9999999999"):
        read(client, f"/suche/?q=Brötchen&page={page}")


def test_typing_brings_suggestions_as_a_fragment(client, bakery):
    fragment = read(client, "/suche/vorschlaege/?q=bröt")
    assert "<html" not in fragment
    assert "/angebot/1-broetchen/" in fragment
    assert read(client, "/suche/vorschlaege/?q=b").strip() == ""


def test_whoever_asks_too_often_is_asked_to_wait(client, bakery):
    for _ in range(search.SEARCHES.most):
        search.SEARCHES.count("127.0.0.1")
    assert client.get("/suche/?q=Brot").status_code == 429


def test_what_people_type_is_shown_and_never_run(client):
    page = read(client, "/suche/?q=<script>alert(1)</script>")
    assert "<script>alert" not in page


def test_the_order_of_results_is_explained(client):
    response = client.get("/suche/erklaerung/")
    assert "312l" in response.content.decode()


def test_a_result_does_not_say_its_title_twice(client):
    actions.push(
        kind="report", key="A-1", title="Loch im Gehweg", body="Loch im Gehweg", url="/anliegen/oeffentlich/A-1/"
    )
    actions.learn()
    assert read(client, "/suche/?q=Gehweg").count('class="hit__snippet"') == 0
