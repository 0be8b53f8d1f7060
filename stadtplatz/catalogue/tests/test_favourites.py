"""Marking works without an account and writes nothing on the server; with one it stands in the account."""

import pytest
from django.test import Client

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import actions, cookies, privacy, queries
from stadtplatz.catalogue.models import Favourite, Offer
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.shops.models import Shop


@pytest.fixture
def loaf(bakery, erna):
    return offer(bakery, erna)


@pytest.fixture
def mira(town):
    return Person.objects.create_user("mira@example.org", name="Mira")


@pytest.fixture
def client():
    """A browser, which says where its requests come from."""
    return Client(headers={"sec-fetch-site": "same-origin"})


def press(client, what, pk, where="merken"):
    return client.post(f"/gemerkt/{where}/", {"what": what, "id": pk})


def test_a_visitor_marks_an_offer_and_a_shop_and_finds_both(client, loaf, bakery):
    client.get(f"/angebot/{loaf.pk}-{loaf.slug}/")
    assert cookies.COOKIE not in client.cookies
    press(client, "offer", loaf.pk)
    press(client, "shop", bakery.pk)
    page = client.get("/gemerkt/").content.decode()
    assert loaf.title in page
    assert bakery.name in page
    assert "Nicht mehr merken" in client.get(f"/angebot/{loaf.pk}-{loaf.slug}/").content.decode()
    assert not Favourite.objects.exists()
    assert client.cookies[cookies.COOKIE]["httponly"]
    assert "sessionid" not in client.cookies


def test_one_button_forgets_everything(client, loaf):
    press(client, "offer", loaf.pk)
    client.post("/gemerkt/vergessen/", {"all": "1"})
    assert client.cookies[cookies.COOKIE].value == ""
    assert "Noch nichts gemerkt" in client.get("/gemerkt/").content.decode()


def test_one_thing_is_forgotten_and_the_other_stays(client, loaf, bakery):
    press(client, "offer", loaf.pk)
    press(client, "shop", bakery.pk)
    press(client, "offer", loaf.pk, "vergessen")
    page = client.get("/gemerkt/").content.decode()
    assert loaf.title not in page
    assert bakery.name in page


def test_the_cookie_stays_small_whatever_is_pressed(client, loaf):
    for number in range(cookies.MOST + 5):
        press(client, "offer", 100_000 + number)
    assert len(client.cookies[cookies.COOKIE].value) < 1500
    press(client, "offer", loaf.pk)
    assert loaf.title in client.get("/gemerkt/").content.decode()


@pytest.mark.parametrize("value", ["gefaelscht", "WyJvMSJd:1abc:xyz"])
def test_a_tampered_cookie_marks_nothing(client, town, value):
    client.cookies[cookies.COOKIE] = value
    assert "Noch nichts gemerkt" in client.get("/gemerkt/").content.decode()


def test_other_sites_cannot_mark_for_their_visitors(loaf):
    foreign = Client(headers={"sec-fetch-site": "cross-site"})
    assert press(foreign, "offer", loaf.pk).status_code == 403
    assert cookies.COOKIE not in foreign.cookies


@pytest.mark.parametrize(("what", "pk"), [("person", "1"), ("offer", "eins"), ("offer", "9" * 30), ("", "")])
def test_nonsense_is_not_found(client, town, what, pk):
    assert press(client, what, pk).status_code == 404


def test_what_is_no_longer_shown_is_only_counted(client, loaf, bakery):
    press(client, "offer", loaf.pk)
    Offer.objects.update(state=Offer.WITHDRAWN)
    page = client.get("/gemerkt/").content.decode()
    assert loaf.title not in page
    assert "1 gemerkter Eintrag ist nicht mehr da" in page


def test_with_an_account_it_stands_there_and_not_on_the_device(client, loaf, mira):
    client.force_login(mira)
    press(client, "offer", loaf.pk)
    assert cookies.COOKIE not in client.cookies
    assert queries.marks_of(actor_for(mira)) == [("offer", loaf.pk)]
    assert loaf.title in client.get("/gemerkt/").content.decode()
    client.post("/gemerkt/vergessen/", {"all": "1"})
    assert not Favourite.objects.exists()


def test_what_the_device_had_comes_along_on_signing_in(client, loaf, bakery, mira):
    press(client, "offer", loaf.pk)
    press(client, "shop", bakery.pk)
    client.force_login(mira)
    client.get("/gemerkt/")
    assert set(queries.marks_of(actor_for(mira))) == {("offer", loaf.pk), ("shop", bakery.pk)}
    assert client.cookies[cookies.COOKIE].value == ""


def test_marking_twice_is_marking_once_and_strangers_mark_nothing(loaf, mira):
    for _twice in range(2):
        actions.mark(marks=[("offer", loaf.pk)], by=actor_for(mira))
    assert Favourite.objects.count() == 1
    with pytest.raises(NotAllowed):
        actions.mark(marks=[("offer", loaf.pk)], by=ANONYMOUS)
    actions.unmark(by=ANONYMOUS)
    assert Favourite.objects.count() == 1


def test_an_account_keeps_a_bounded_number(loaf, bakery, mira, monkeypatch):
    monkeypatch.setattr("stadtplatz.catalogue.actions.favourites.MOST", 1)
    actions.mark(marks=[("offer", loaf.pk)], by=actor_for(mira))
    with pytest.raises(ActionRefused):
        actions.mark(marks=[("shop", bakery.pk)], by=actor_for(mira))
    assert Favourite.objects.count() == 1


def test_export_and_erasure(loaf, mira):
    actions.mark(marks=[("offer", loaf.pk)], by=actor_for(mira))
    assert privacy.export(mira)["marked"][0]["marked"] == loaf.title
    assert privacy.erase(mira, by=SYSTEM) == []
    assert not Favourite.objects.exists()


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_asks_no_more_for_many(client, loaf, bakery, erna, mira, many, django_assert_max_num_queries):
    made = [offer(bakery, erna, title=f"Brot {number}") for number in range(many)]
    for one in made:
        press(client, "offer", one.pk)
    press(client, "shop", Shop.objects.get().pk)
    for cold_then_warm in (9, 7):
        with django_assert_max_num_queries(cold_then_warm):
            client.get("/gemerkt/")
