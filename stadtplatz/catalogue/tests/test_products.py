from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.models import Offer, Product
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit import clock
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.shops.tests.builders import owner, person, shop
from stadtplatz.shops.tests.test_pages import signed_in

GTIN = "4006381333931"
QUICK = "/laden/baeckerei-musterkorn/angebote/schnell/"


@pytest.fixture
def dairy(town):
    return shop("Käserei Probelaib", lon=8.88)


def test_the_second_shop_gives_only_price_and_stock(bakery, erna, dairy):
    first = offer(dairy, owner(dairy, "karl"), gtin=GTIN, brand="Erdacht")
    browser = signed_in(erna)
    assert "Dinkel-Vollkornbrot" in browser.get(f"{QUICK}?gtin={GTIN}").content.decode()
    browser.post(f"{QUICK}?gtin={GTIN}", {"price": "6,10", "quantity": "4"})
    second = Offer.objects.get(shop=bakery)
    assert (second.state, second.price, second.brand) == (Offer.PUBLISHED, Money(610), "Erdacht")
    assert second.allergens == first.allergens
    assert Product.objects.count() == 1


@pytest.mark.parametrize("gtin", ["4006381333932", "123", "abc", ""])
def test_a_wrong_barcode_is_told_and_kept(bakery, erna, gtin):
    answer = signed_in(erna).get(QUICK, {"gtin": gtin})
    assert "field--error" in answer.content.decode()
    assert not Offer.objects.exists()


def test_an_unknown_barcode_leads_to_the_whole_form_with_it_filled_in(bakery, erna):
    browser = signed_in(erna)
    assert f"angebote/neu/?gtin={GTIN}" in browser.get(f"{QUICK}?gtin={GTIN}").content.decode()
    page = browser.get(f"/laden/baeckerei-musterkorn/angebote/neu/?gtin={GTIN}")
    assert f'value="{GTIN}"' in page.content.decode()


def test_the_product_page_says_who_has_it_how_near_and_how_fresh(client, bakery, erna, dairy):
    near = offer(bakery, erna, gtin=GTIN, quantity=3)
    far = offer(dairy, owner(dairy, "karl"), gtin=GTIN, price=Money(500), quantity=3)
    assert [row.offer for row in queries.who_has(GTIN)] == [far, near]
    rows = queries.who_has(GTIN, (8.87, 48.595))
    assert [row.offer for row in rows] == [near, far]
    assert rows[0].metres < 5 < 500 < rows[1].metres < 1000
    assert all(row.fresh for row in rows)
    Offer.objects.filter(pk=near.pk).update(counted_at=clock.now() - timedelta(days=30))
    assert not queries.who_has(GTIN, (8.87, 48.595))[0].fresh
    assert "In 2 Geschäften" in client.get(f"/produkt/{GTIN}/?lon=8.87&lat=48.595").content.decode()
    assert "1 weiteres Geschäft" in client.get(f"/angebot/{near.pk}-{near.slug}/").content.decode()
    actions.set_stock(offer=near, quantity=0, by=erna)
    assert [row.offer for row in queries.who_has(GTIN, (8.87, 48.595))] == [far, near]


@pytest.mark.parametrize("many", [1, 30])
def test_the_product_page_costs_few_queries(client, bakery, erna, many, django_assert_max_num_queries):
    first = offer(bakery, erna, gtin=GTIN)
    for number in range(many):
        first.pk, first.shop, first._state.adding = None, shop(f"Laden {number}"), True
        first.save(force_insert=True)
    with django_assert_max_num_queries(10):
        assert client.get(f"/produkt/{GTIN}/?lon=x&lat=1").status_code == 200


def test_a_product_nobody_has_is_no_page(client, bakery, erna):
    actions.withdraw(offer=offer(bakery, erna, gtin=GTIN), by=erna)
    assert client.get(f"/produkt/{GTIN}/").status_code == 404
    assert client.get("/produkt/4006381333932/").status_code == 404


def test_strangers_offer_nothing(bakery, erna, dairy, client):
    offer(dairy, owner(dairy, "karl"), gtin=GTIN)
    stranger, product = actor_for(person("fremd")), Product.objects.get()
    with pytest.raises(NotAllowed):
        actions.offer_product(shop=bakery, product=product, price=Money(1), quantity=1, by=stranger)
    assert client.post(f"{QUICK}?gtin={GTIN}", {"price": "1", "quantity": "1"}).status_code == 302
    assert not Offer.objects.filter(shop=bakery).exists()


def test_american_barcodes_kept_before_become_what_scanners_read(bakery, erna):
    step = import_module("stadtplatz.catalogue.migrations.0016_barcodes_of_thirteen")
    loaf = offer(bakery, erna, gtin="036000291452")
    other = offer(bakery, erna, gtin="4006381333931")
    Product.objects.create(gtin="012345678905", title="Kekse", category="bread")
    Product.objects.create(gtin="0012345678905", title="Kekse", category="bread")
    step.thirteen(apps, None)
    loaf.refresh_from_db()
    other.refresh_from_db()
    assert (loaf.gtin, other.gtin) == ("0036000291452", "4006381333931")
    assert set(Product.objects.filter(title="Kekse").values_list("gtin", flat=True)) == {
        "012345678905",
        "0012345678905",
    }
    assert Product.objects.filter(gtin="0036000291452").exists()
