import pytest

from stadtplatz.catalogue.models import Offer, PlannedPrice
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.shops.tests.builders import owner, shop
from stadtplatz.shops.tests.test_pages import signed_in


@pytest.fixture
def loaf(bakery, erna):
    return offer(bakery, erna)


def page(loaf, more=""):
    return f"/laden/baeckerei-musterkorn/angebote/{loaf.pk}/preise/{more}"


def test_prices_are_changed_planned_and_stepped_on_one_page(erna, loaf, django_assert_max_num_queries):
    browser = signed_in(erna)
    browser.get(page(loaf))  # what seldom changes is at hand from now on
    with django_assert_max_num_queries(12):
        assert browser.get(page(loaf)).status_code == 200
    browser.post(page(loaf), {"version": loaf.version, "price": "5,50"})
    assert Offer.objects.get().price.cents == 550
    browser.post(page(loaf, "geplant/"), {"price": "4,90", "starts_at": "2031-12-01T08:00"})
    assert not PlannedPrice.objects.exists()  # more than a year away
    version = Offer.objects.get().version
    browser.post(
        page(loaf, "staffel/"),
        {"version": version, "least_1": "6", "price_1": "4,50", "least_2": "12", "price_2": "4,00"},
    )
    assert Offer.objects.get().price_steps == [[6, 450], [12, 400]]


def test_a_planned_price_is_seen_and_taken_out(erna, loaf):
    from datetime import timedelta

    from stadtplatz.kit import clock

    browser = signed_in(erna)
    moment = clock.local(clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT08:00")
    browser.post(page(loaf, "geplant/"), {"price": "4,90", "starts_at": moment})
    row = PlannedPrice.objects.get()
    assert clock.local(row.at).hour == 8
    assert "4,90 €" in browser.get(page(loaf)).content.decode()
    browser.post(page(loaf, "geplant/weg/"), {"plan": row.pk})
    assert not PlannedPrice.objects.exists()


def test_a_refused_price_stays_in_the_form(erna, loaf):
    answer = signed_in(erna).post(page(loaf), {"version": loaf.version, "price": "6,90", "how": "announce"})
    assert answer.status_code == 200
    assert "6,90" in answer.content.decode()
    assert Offer.objects.get().price.cents == 590


@pytest.mark.parametrize("more", ["", "geplant/", "geplant/weg/", "staffel/"])
def test_strangers_find_no_such_page(loaf, client, more):
    assert client.post(page(loaf, more)).status_code == 302
    stranger = signed_in(owner(shop("Andere"), "otto"))
    assert stranger.post(page(loaf, more)).status_code == 404
    assert Offer.objects.get().price.cents == 590
