import pytest
from django.test import Client

from stadtplatz.catalogue import actions
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit.identity import forget
from stadtplatz.kit.money import Money
from stadtplatz.shops.models import Membership, Shop
from stadtplatz.shops.tests.builders import owner, shop, worker
from stadtplatz.shops.tests.test_pages import signed_in


@pytest.fixture
def people(bakery, erna):
    return {
        "owner": signed_in(erna),
        "staff": signed_in(worker(bakery, Membership.STAFF, "stefan")),
        "packer": signed_in(worker(bakery, Membership.PACKER, "paul")),
        "other owner": signed_in(owner(shop("Andere"), "otto")),
    }


@pytest.mark.parametrize("many", [1, 30])
def test_pages_of_the_market_cost_few_queries_however_full(client, django_assert_max_num_queries, bakery, erna, many):
    loaf = [offer(bakery, erna, title=f"Brot {number}") for number in range(many)].pop()
    pages = [
        "/einkaufen/",
        "/einkaufen/alles/",
        "/einkaufen/brot/?sort=price",
        loaf.get_absolute_url(),
        "/geschaefte/baeckerei-musterkorn/",
    ]
    for page in pages:
        forget()
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200, page


@pytest.mark.parametrize("many", [1, 30])
def test_the_shops_own_list_costs_few_queries(django_assert_max_num_queries, people, bakery, erna, many):
    for number in range(many):
        offer(bakery, erna, title=f"Brot {number}")
    people["owner"].get("/laden/baeckerei-musterkorn/angebote/")  # what seldom changes is at hand from now on
    with django_assert_max_num_queries(12):
        assert people["owner"].get("/laden/baeckerei-musterkorn/angebote/").status_code == 200


def test_reading_sets_no_cookie(client, bakery, erna):
    loaf = offer(bakery, erna)
    for page in ("/einkaufen/", "/einkaufen/brot/", loaf.get_absolute_url(), "/geschaefte/baeckerei-musterkorn/"):
        assert not client.get(page).cookies, page


def test_an_empty_market_says_so(client, town):
    assert "Der Markt öffnet bald" in client.get("/einkaufen/").content.decode()
    assert client.get("/einkaufen/brot/").status_code == 200
    assert client.get("/einkaufen/gibt-es-nicht/").status_code == 404


def test_the_offer_says_everything_before_it_is_bought(client, bakery, erna):
    loaf = offer(bakery, erna, deposit=Money(15))
    text = client.get(loaf.get_absolute_url()).content.decode()
    for said in (
        "5,90 €", "7,87 € je kg", "inkl. 7 % MwSt.", "zuzüglich 0,15 € Pfand", "Vorrätig", "Dinkel (Weizen)",
        "Dinkelvollkornmehl", "verdirbt schnell", "Erna Musterkorn", "laden@example.org", "07032 12345", "DE123456788",
    ):  # fmt: skip
        assert said in text, said


def test_the_unit_price_stands_wherever_the_price_stands(client, bakery, erna):
    loaf = offer(bakery, erna)
    for page in ("/einkaufen/", "/einkaufen/brot/", "/geschaefte/baeckerei-musterkorn/", loaf.get_absolute_url()):
        assert "7,87 € je kg" in client.get(page).content.decode(), page


def test_an_old_address_leads_to_the_present_one_and_drafts_are_hidden(client, bakery, erna, people):
    loaf = offer(bakery, erna)
    answer = client.get(f"/angebot/{loaf.pk}-alter-name/")
    assert (answer.status_code, answer["Location"]) == (301, loaf.get_absolute_url())
    draft = offer(bakery, erna, published=False)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert people["other owner"].get(draft.get_absolute_url()).status_code == 404
    assert people["packer"].get(draft.get_absolute_url()).status_code == 200


def test_a_closed_shop_is_gone_and_its_offers_too(client, bakery, erna):
    loaf = offer(bakery, erna)
    Shop.objects.filter(pk=bakery.pk).update(state=Shop.CLOSED)
    assert client.get("/geschaefte/baeckerei-musterkorn/").status_code == 404
    assert client.get(loaf.get_absolute_url()).status_code == 404


def test_the_shop_side_of_offers_is_for_owner_and_staff(people, bakery, erna):
    loaf = offer(bakery, erna)
    foreign = offer(Shop.objects.get(name="Andere"), owner(Shop.objects.get(name="Andere"), "zweite"))
    for path in ("", "neu/", f"{loaf.pk}/"):
        for who, browser in people.items():
            answer = browser.get(f"/laden/baeckerei-musterkorn/angebote/{path}")
            assert answer.status_code == (200 if who in {"owner", "staff"} else 404), (path, who)
        assert Client().get(f"/laden/baeckerei-musterkorn/angebote/{path}").status_code == 302
    assert people["owner"].get(f"/laden/baeckerei-musterkorn/angebote/{foreign.pk}/").status_code == 404


@pytest.mark.parametrize("who", ["packer", "other owner", "stranger"])
def test_nobody_else_posts(people, bakery, erna, who):
    loaf = offer(bakery, erna)
    before = Offer.objects.values().get()
    browser = people.get(who, Client())
    base = "/laden/baeckerei-musterkorn/angebote"
    data = {"version": loaf.version, "price": "1", "quantity": "0", "to": "withdraw", **new_offer()}
    for path in ("/neu/", f"/{loaf.pk}/", f"/{loaf.pk}/preise/", f"/{loaf.pk}/bestand/", f"/{loaf.pk}/verkauf/"):
        assert browser.post(base + path, data).status_code == (302 if who == "stranger" else 404), path
    assert Offer.objects.values().get() == before
    assert actions.shelf(loaf).count == 10


def new_offer(**changes):
    return {
        "title": "Roggenlaib", "category": "bread", "kind": "goods", "price": "4,80", "quantity": "7",
        "content_amount": "1", "content_unit": "kg", "withdrawal": "perishable", "allergens": "Roggen",
        "food_info": "Roggenmehl, Wasser, Salz", "vat_class": "", "age_limit": "0", **changes,
    }  # fmt: skip


def test_one_form_puts_an_offer_on_sale(people):
    people["staff"].post("/laden/baeckerei-musterkorn/angebote/neu/", new_offer(publish="1"))
    made = Offer.objects.get()
    assert (made.state, made.price, made.vat_class, made.vat_rate) == (Offer.PUBLISHED, Money(480), "reduced", 7)
    assert actions.shelf(made).count == 7


def test_what_lacks_something_is_kept_as_a_draft_and_the_page_says_what(people):
    answer = people["owner"].post(
        "/laden/baeckerei-musterkorn/angebote/neu/", new_offer(publish="1", allergens=""), follow=True
    )
    made = Offer.objects.get()
    assert made.state == Offer.DRAFT
    text = answer.content.decode()
    assert "fehlt noch" in text
    assert "Allergene" in text


@pytest.mark.parametrize(
    ("field", "typed"),
    [("price", "gratis"), ("price", "-1"), ("price", "1,234"), ("quantity", "-3"), ("title", ""), ("withdrawal", "")],
)
def test_a_wrong_entry_is_shown_with_everything_kept(people, field, typed):
    data = new_offer(description="Mit Liebe getippt", **{field: typed})
    answer = people["owner"].post("/laden/baeckerei-musterkorn/angebote/neu/", data)
    assert answer.status_code == 200
    assert "Mit Liebe getippt" in answer.content.decode()
    assert not Offer.objects.exists()


def test_the_stale_edit_shows_both_texts(people, bakery, erna):
    loaf = offer(bakery, erna)
    path = f"/laden/baeckerei-musterkorn/angebote/{loaf.pk}/"
    people["staff"].post(path, new_offer(version=loaf.version, title="Von Stefan"))
    answer = people["owner"].post(path, new_offer(version=loaf.version, title="Von Erna"))
    text = answer.content.decode()
    assert "Von Stefan" in text
    assert "Von Erna" in text
    assert Offer.objects.get().title == "Von Stefan"


def test_price_shelf_and_sale_have_their_own_small_forms(people, bakery, erna):
    loaf = offer(bakery, erna)
    base = f"/laden/baeckerei-musterkorn/angebote/{loaf.pk}"
    people["owner"].post(f"{base}/preise/", {"version": loaf.version, "price": "6,20"})
    people["owner"].post(f"{base}/bestand/", {"quantity": "3", "expected": "10"})
    people["owner"].post(f"{base}/bestand/", {"quantity": "9", "expected": "10"})  # overtaken
    people["owner"].post(f"{base}/verkauf/", {"to": "withdraw"})
    loaf.refresh_from_db()
    assert (loaf.price, loaf.state, actions.shelf(loaf).count) == (Money(620), Offer.WITHDRAWN, 3)
    people["owner"].post(f"{base}/verkauf/", {})
    loaf.refresh_from_db()
    assert loaf.state == Offer.PUBLISHED


def test_the_english_market_speaks_english(client, bakery, erna):
    loaf = offer(bakery, erna)
    text = client.get(f"/en{loaf.get_absolute_url()}").content.decode()
    assert "€5.90" in text
    assert "per kg" in text
    assert "Bread" in text
