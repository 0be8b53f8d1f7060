"""Pages kept for strangers never show yesterday's price."""

import pytest
from django.test import Client

from stadtplatz.catalogue import actions
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit import identity, pagecache
from stadtplatz.kit.money import Money
from stadtplatz.shops.tests.builders import owner, shop


@pytest.mark.django_db(transaction=True)
def test_a_new_price_stands_on_the_kept_page_at_once(settings, tmp_path, django_assert_num_queries):
    settings.PAGE_CACHE, settings.VAR = True, tmp_path
    identity.set_identity({"slug": "musterstadt", "name": "Musterstadt", "land": "BW"})
    bakery = shop()
    erna = owner(bakery)
    loaf = offer(bakery, erna)
    page = f"/angebot/{loaf.pk}-{loaf.slug}/"
    pagecache._pages.clear()
    assert "5,90" in Client().get(page).content.decode()
    with django_assert_num_queries(0):
        assert "5,90" in Client().get(page).content.decode()

    actions.change_price(offer=loaf, version=loaf.version, price=Money(777), by=erna)

    assert "7,77" in Client().get(page).content.decode()
