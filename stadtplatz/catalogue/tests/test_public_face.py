"""What search engines read of the market: one address a page, data that follow their rules, and nothing made up."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest

from stadtplatz.catalogue import actions
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.city.models import District
from stadtplatz.kit import clock
from stadtplatz.kit.money import Money
from stadtplatz.shops.models import Shop
from stadtplatz.shops.tests.builders import owner, place, shop

pytestmark = pytest.mark.usefixtures("town")
NODE = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
GTIN = "4006381333931"


def nodes(client, address: str) -> dict[str, dict]:
    """The page's nodes by their type; each must be whole JSON."""
    found = [json.loads(text) for text in NODE.findall(client.get(address).text)]
    assert all(node["@context"] == "https://schema.org" for node in found)
    return {node["@type"]: node for node in found}


def head(client, address: str) -> dict[str, str]:
    text = client.get(address).text
    links = re.findall(r'<link rel="(canonical|alternate)"(?: hreflang="([\w-]+)")? href="([^"]+)"', text)
    metas = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', text)
    return {kind + (f":{code}" if code else ""): url for kind, code, url in links} | dict(metas)


@pytest.fixture
def loaf(bakery, erna) -> Offer:
    return offer(bakery, erna, gtin=GTIN, brand="Musterkorn")


def test_an_offer_says_price_stock_and_seller(client, bakery, loaf):
    said = nodes(client, loaf.get_absolute_url())
    product, sold = said["Product"], said["Product"]["offers"]
    assert (product["name"], product["gtin"], product["brand"]["name"]) == ("Dinkel-Vollkornbrot", GTIN, "Musterkorn")
    assert (sold["@type"], sold["price"], sold["priceCurrency"]) == ("Offer", "5.90", "EUR")
    assert sold["availability"] == "https://schema.org/InStock"
    assert sold["seller"]["@type"] == "Bakery"
    assert sold["seller"]["url"].endswith(f"/geschaefte/{bakery.slug}/")
    unit = sold["priceSpecification"]
    assert (unit["price"], unit["referenceQuantity"]) == (
        "7.87",
        {"@type": "QuantitativeValue", "value": 1, "unitCode": "KGM"},
    )
    steps = said["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert all(step["item"].startswith("http") for step in steps[:-1])


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"quantity": 0}, "OutOfStock"),
        ({"kind": "made", "lead_days": 2}, "MadeToOrder"),
        ({"kind": "showcase"}, "InStoreOnly"),
        ({"kind": "quote"}, "InStoreOnly"),
    ],
)
def test_whether_it_can_be_had_comes_from_the_shelf_and_the_kind(client, bakery, erna, change, word):
    made = offer(bakery, erna, **change)
    assert nodes(client, made.get_absolute_url())["Product"]["offers"]["availability"] == f"https://schema.org/{word}"


def test_a_shop_that_may_not_sell_yet_has_it_in_the_shop_only(client, bakery, loaf):
    Shop.objects.filter(pk=bakery.pk).update(standing=Shop.KNOWN)
    said = nodes(client, loaf.get_absolute_url())["Product"]["offers"]["availability"]
    assert said == "https://schema.org/InStoreOnly"


def test_without_a_price_there_is_no_offer_to_tell_of(client, bakery, erna):
    made = offer(bakery, erna, kind="quote", price=Money(0))
    assert "offers" not in nodes(client, made.get_absolute_url())["Product"]


@pytest.mark.parametrize("gtin", ["", "4006381333932", "2012345678900", "0212345678901"])
def test_no_barcode_is_made_up(client, bakery, erna, gtin):
    made = offer(bakery, erna)
    Offer.objects.filter(pk=made.pk).update(gtin=gtin)
    assert "gtin" not in nodes(client, made.get_absolute_url())["Product"]


def test_nothing_that_is_typed_ends_the_script(client, bakery, erna):
    made = offer(bakery, erna, description="</script><script>alert(1)</script>\u2028&amp;")
    assert nodes(client, made.get_absolute_url())["Product"]["description"].startswith("</script>")
    assert "<script>alert" not in client.get(made.get_absolute_url()).text


def test_a_product_of_several_shops_says_from_where_to_where_it_costs(client, loaf):
    cheese = shop("Käse Beispiel")
    otto = owner(cheese, "otto")
    offer(cheese, otto, gtin=GTIN, price=Money(480), quantity=0)
    said = nodes(client, f"/produkt/{GTIN}/")["Product"]
    assert said["offers"]["@type"] == "AggregateOffer"
    assert (said["offers"]["lowPrice"], said["offers"]["highPrice"], said["offers"]["offerCount"]) == (
        "4.80",
        "5.90",
        2,
    )
    words = {Decimal(one["price"]): one["availability"].rsplit("/", 1)[1] for one in said["offers"]["offers"]}
    assert words == {Decimal("5.90"): "InStock", Decimal("4.80"): "OutOfStock"}


def test_a_shop_says_its_week_its_special_days_and_where_it_is(client, bakery):
    Shop.objects.filter(pk=bakery.pk).update(hours="Mo-Fr 08:00-12:30,14:00-18:00; Sa 08:00-13:00; PH off")
    said = nodes(client, f"/geschaefte/{bakery.slug}/")["Bakery"]
    week = {(row["opens"], row["closes"]): row["dayOfWeek"] for row in said["openingHoursSpecification"]}
    workdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert week == {("08:00", "12:30"): workdays, ("14:00", "18:00"): workdays, ("08:00", "13:00"): ["Saturday"]}
    assert said["address"]["postalCode"] == "71083"
    assert said["geo"] == {"@type": "GeoCoordinates", "longitude": 8.87, "latitude": 48.595}


def test_special_days_of_a_shop_are_told_with_their_dates(client, bakery):
    day = clock.today() + timedelta(days=3)
    rows = [
        {"first": str(day), "last": str(day), "times": "08:00-10:00", "note": ""},
        {"first": str(day + timedelta(days=5)), "last": str(day + timedelta(days=7)), "times": "", "note": ""},
    ]
    Shop.objects.filter(pk=bakery.pk).update(special_days=rows)
    said = nodes(client, f"/geschaefte/{bakery.slug}/")["Bakery"]["openingHoursSpecification"]
    dated = [(row["opens"], row["closes"], row["validFrom"], row["validThrough"]) for row in said if "validFrom" in row]
    assert dated == [
        ("08:00", "10:00", str(day), str(day)),
        ("00:00", "00:00", str(day + timedelta(days=5)), str(day + timedelta(days=7))),
    ]


def test_a_kitchen_at_home_has_no_door_to_walk_into(client):
    home = shop("Marmelade Beispiel", premises=Shop.HOME)
    address = next(n for k, n in nodes(client, f"/geschaefte/{home.slug}/").items() if k != "BreadcrumbList")["address"]
    assert "streetAddress" not in address


def test_each_page_has_one_address_and_names_its_other_language(client, loaf):
    path = loaf.get_absolute_url()
    german, english = head(client, f"{path}?utm=1"), head(client, f"/en{path}")
    assert german["canonical"].endswith(path)
    assert english["canonical"].endswith(f"/en{path}")
    assert german["alternate:en"] == english["canonical"]
    assert english["alternate:de"] == german["alternate:x-default"] == german["canonical"]
    assert german["og:url"] == german["canonical"]
    assert german["og:image"].startswith("http")


def test_filters_are_not_kept_by_search_engines_and_pages_of_a_list_are(client, bakery, erna, loaf):
    assert "canonical" in head(client, "/einkaufen/alles/")
    for narrowed in ("?sort=price", "?q=brot", f"?shop={bakery.slug}"):
        found = head(client, f"/einkaufen/alles/{narrowed}")
        assert found["robots"] == "noindex, follow"
        assert "canonical" not in found
    for number in range(24):
        offer(bakery, erna, title=f"Brot {number}")
    assert head(client, "/einkaufen/alles/?page=2")["canonical"].endswith("/einkaufen/alles/?page=2")


def test_what_nobody_answers_for_is_not_kept(client, bakery, erna):
    entry, draft = place(), offer(bakery, erna, published=False)
    client.force_login(bakery.memberships.get().person)
    for address in (f"/orte/{entry.pk}/", draft.get_absolute_url()):
        assert "noindex" in head(client, address)["robots"]


def part_of_town(name: str = "Oberdorf") -> District:
    box = {"west": 8.8, "south": 48.5, "east": 8.9, "north": 48.7}
    return District.objects.create(name=name, slug=name.lower(), source="suburb", lon=8.85, lat=48.6, **box)


def test_a_part_of_town_shows_its_shops_and_offers_and_only_them(client, bakery, loaf):
    part_of_town()
    Shop.objects.filter(pk=bakery.pk).update(district="Oberdorf")
    cheese = shop("Käse Beispiel")
    offer(cheese, owner(cheese, "otto"), title="Bergkäse")
    text = client.get("/stadtteile/oberdorf/").text
    assert bakery.name in text
    assert "Dinkel-Vollkornbrot" in text
    assert "Bergkäse" not in text
    assert "Oberdorf" in client.get("/stadtteile/").text
    assert client.get("/stadtteile/nirgends/").status_code == 404


def test_a_part_of_town_without_shops_says_what_to_do(client):
    part_of_town()
    text = client.get("/stadtteile/oberdorf/").text
    assert "/fuer-betriebe/" in text
    assert "noindex" in text


def test_parts_of_town_ask_the_same_for_one_shop_and_for_thirty(
    client, bakery, loaf, erna, django_assert_max_num_queries
):
    part_of_town()
    Shop.objects.filter(pk=bakery.pk).update(district="Oberdorf")
    for address in ("/stadtteile/oberdorf/", "/stadtteile/"):
        client.get(address)
        with django_assert_max_num_queries(7):
            client.get(address)
    for number in range(30):
        offer(bakery, erna, title=f"Brot {number}")
        shop(f"Laden {number}", district="Oberdorf")
    Shop.objects.update(district="Oberdorf")
    for address in ("/stadtteile/oberdorf/", "/stadtteile/"):
        client.get(address)
        with django_assert_max_num_queries(7):
            assert client.get(address).status_code == 200


def test_an_offer_off_sale_leaves_no_page_behind(client, loaf, erna):
    actions.withdraw(offer=loaf, by=erna)
    assert client.get(loaf.get_absolute_url()).status_code == 404
