from decimal import Decimal

import pytest

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import actions, particulars, queries
from stadtplatz.catalogue.categories import Category, all_categories
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.search import queries as search
from stadtplatz.shops.tests.builders import person
from stadtplatz.shops.tests.test_pages import signed_in

SHIRT = {
    "title": "Hemd Leinen", "category": "clothes", "vat_class": "standard", "content_unit": "piece", "content_amount": Decimal(1),
    "withdrawal": "none", "allergens": "", "food_info": "", "particulars": {"maker": "Erna Musterkorn, Marktplatz 3", "fibres": "100 % Leinen"},
}  # fmt: skip


@pytest.fixture
def shirt(bakery, erna):
    made = offer(bakery, erna, **SHIRT, price=Money(4900), quantity=2)
    return actions.name_variant(offer=made, variant="S, blau", by=erna)


def page(one):
    return f"/angebot/{one.pk}-{one.slug}/"


def test_variants_have_price_stock_and_barcode_of_their_own_on_one_page(client, bakery, erna, shirt):
    large = actions.add_variant(
        offer=shirt, variant="L, blau", price=Money(5200), quantity=0, gtin="4006381333931", by=erna
    )
    assert (large.state, large.gtin, large.price) == (Offer.PUBLISHED, "4006381333931", Money(5200))
    for one in (shirt, large):
        text = client.get(page(one)).content.decode()
        assert "S, blau" in text
        assert "L, blau (ausverkauft)" in text
    assert [card.offer.pk for card in queries.cards(queries.find())] == [shirt.pk]
    assert [hit.title for hit in search.find("Hemd").hits] == ["Hemd Leinen"]
    assert queries.counts_by_category()["clothes"] == 1


def test_what_variants_share_follows_the_first_one(bakery, erna, shirt):
    large = actions.add_variant(offer=shirt, variant="L", price=Money(5200), quantity=1, by=erna)
    fresh = Offer.objects.select_related("shop").get(pk=shirt.pk)
    actions.edit_offer(offer=fresh, version=fresh.version, changes={"title": "Hemd aus Leinen"}, by=erna)
    large.refresh_from_db()
    assert (large.title, large.slug, large.price) == ("Hemd aus Leinen", "hemd-aus-leinen", Money(5200))


@pytest.mark.parametrize("word", ["", "  ", "s, BLAU"])
def test_a_variant_needs_a_word_of_its_own(bakery, erna, shirt, word):
    with pytest.raises(ActionRefused):
        actions.add_variant(offer=shirt, variant=word, price=Money(1), quantity=1, by=erna)
    assert Offer.objects.count() == 1


def test_the_first_one_is_named_before_another_is_added(bakery, erna):
    plain = offer(bakery, erna, **SHIRT)
    with pytest.raises(ActionRefused):
        actions.add_variant(offer=plain, variant="L", price=Money(1), quantity=1, by=erna)
    assert Offer.objects.count() == 1


def test_strangers_add_and_name_no_variants(bakery, erna, shirt):
    stranger = actor_for(person("fremd"))
    for attempt in (
        lambda: actions.add_variant(offer=shirt, variant="L", price=Money(1), quantity=1, by=stranger),
        lambda: actions.name_variant(offer=shirt, variant="X", by=stranger),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert Offer.objects.get().variant == "S, blau"


@pytest.mark.parametrize("many", [1, 29])
def test_a_page_with_many_variants_costs_few_queries(client, bakery, erna, shirt, many, django_assert_max_num_queries):
    for number in range(many):
        actions.add_variant(offer=shirt, variant=f"Größe {number}", price=Money(5200), quantity=1, by=erna)
    with django_assert_max_num_queries(12):
        assert client.get(page(shirt)).status_code == 200


@pytest.mark.parametrize(("kind", "said"), [("showcase", "Nur im Geschäft"), ("quote", "Preis auf Anfrage")])
def test_what_is_only_shown_cannot_be_ordered(client, bakery, erna, kind, said):
    shown = offer(bakery, erna, kind=kind, price=Money(0 if kind == "quote" else 590))
    text = client.get(page(shown)).content.decode()
    assert said in text
    assert "In den Warenkorb" not in text
    assert ("inkl. 7" in text) == (kind == "showcase"), "a price that nobody names contains no VAT"
    assert queries.for_sale([shown.pk])[shown.pk].obstacle


def test_a_surprise_bag_says_when_it_is_collected(client, bakery, erna):
    bag = offer(bakery, erna, kind="surprise", food_info="", published=False)
    with pytest.raises(actions.Incomplete) as refused:
        actions.publish(offer=bag, by=erna)
    assert [lack.field for lack in refused.value.missing] == ["window"]
    bag = actions.edit_offer(offer=bag, version=bag.version, changes={"window": "17:30 bis 18:00"}, by=erna)
    actions.publish(offer=bag, by=erna)
    assert "17:30 bis 18:00" in client.get(page(bag)).content.decode()


def test_what_is_made_to_order_says_how_long_it_takes(client, bakery, erna):
    cake = offer(bakery, erna, kind="made", lead_days=3, cooled=True, pickup_only=True)
    text = client.get(page(cake)).content.decode()
    assert "innerhalb von 3 Werktagen" in text
    assert "Kühl halten" in text
    assert "Nur zum Abholen" in text


FOOD = Category("x", "x", "x", "x", food=True)
FRUIT = Category("x", "x", "x", "x", food=True, origin=True)
TOOL = Category("x", "x", "x", "x", safety=True)
LAMP = Category("x", "x", "x", "x", safety=True, energy=True)
STOVE = Category("x", "x", "x", "x", safety=True, energy=True, scale="A++-G")


@pytest.mark.parametrize(
    ("category", "said", "title", "packed", "missing"),
    [
        (FOOD, {}, "Brot", True, []),
        (FOOD, {}, "Bio-Brot", True, ["organic"]),
        (FOOD, {}, "Brot, biologisch", True, ["organic"]),
        (FOOD, {}, "Biobrot nach Art der Biologin", True, []),
        (FOOD, {"organic": "DE-ÖKO-006"}, "Bio Brot", True, []),
        (FRUIT, {}, "Äpfel", True, ["origin"]),
        (FRUIT, {"origin": "Deutschland"}, "Äpfel", False, []),
        (TOOL, {}, "Hammer", True, ["maker"]),
        (TOOL, {"maker": " "}, "Hammer", True, ["maker"]),
        (TOOL, {"maker": "X GmbH"}, "Bio-Hammer", True, []),
        (TOOL, {}, "Schrauben", False, []),
        (LAMP, {"maker": "X"}, "Lampe", True, ["energy"]),
        (LAMP, {"maker": "X", "energy": "f"}, "Lampe", True, []),
        (LAMP, {"maker": "X", "energy": "A+++"}, "Lampe", True, ["energy"]),
        (STOVE, {"maker": "X", "energy": "A+"}, "Ofen", True, []),
    ],
)
def test_each_category_asks_for_what_the_law_wants(category, said, title, packed, missing):
    assert [name for name, _label in particulars.missing(category, said, title=title, packed=packed)] == missing


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"organic": "DE-ÖKO-006"}, []), ({"organic": "de-öko-37"}, []), ({"organic": "bio"}, ["organic"]), ({"energy": "A"}, []),
        ({"energy": "A++++"}, ["energy"]), ({"eprel": "298173"}, []), ({"eprel": "EPREL 1"}, ["eprel"]), 
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_told(said, wrong):
    assert list(particulars.faults(said)) == wrong


def test_goods_without_a_maker_are_not_sold(bakery, erna):
    with pytest.raises(actions.Incomplete) as refused:
        offer(bakery, erna, **{**SHIRT, "particulars": {"fibres": "Leinen"}})
    assert [lack.field for lack in refused.value.missing] == ["maker"]
    assert not queries.on_sale().exists()
    assert all_categories()["tools"].safety


def test_variants_and_particulars_are_typed_on_the_page(bakery, erna):
    shirt = offer(bakery, erna, **SHIRT, price=Money(4900))
    browser, base = signed_in(erna), f"/laden/baeckerei-musterkorn/angebote/{shirt.pk}/"
    browser.post(f"{base}variante/", {"name": "S"})
    browser.post(f"{base}variante/", {"variant": "L", "price": "52,00", "quantity": "3"})
    assert list(Offer.objects.order_by("pk").values_list("variant", flat=True)) == ["S", "L"]
    text = browser.get(base).content.decode()
    assert "Erna Musterkorn, Marktplatz 3" in text
    assert "52,00" in text
