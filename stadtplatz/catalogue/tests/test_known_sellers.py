import pytest

from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.rules import stock_key
from stadtplatz.kit import clock
from stadtplatz.kit.money import Money
from stadtplatz.pools import actions as pools
from stadtplatz.shops.models import Shop
from stadtplatz.shops.tests.builders import shop

pytestmark = pytest.mark.usefixtures("town")


def test_an_offer_of_a_seller_who_is_only_known_is_shown_and_says_how_to_get_it(client):
    fruit = shop("Fruchtglück", standing=Shop.KNOWN)
    loaf = Offer.objects.create(
        shop=fruit, title="Quittengelee", slug="quittengelee", category="bread", state=Offer.PUBLISHED,
        price=Money(450), vat_class="reduced", withdrawal="perishable", created_at=clock.now(), published_at=clock.now(),
    )  # fmt: skip
    pools.supply(stock_key(loaf), 3)
    text = client.get(f"/angebot/{loaf.pk}-quittengelee/").content.decode()
    assert "verkauft noch nicht online" in text
    assert "In den Warenkorb" not in text
