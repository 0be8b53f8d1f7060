"""The way through the pages, as a browser without JavaScript walks it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stadtplatz.kit import jobs
from stadtplatz.kit.clock import now
from stadtplatz.notifications.models import Message
from stadtplatz.orders import actions
from stadtplatz.orders.models import Basket, Order
from stadtplatz.orders.tests.town import actor, first_slots, member_of, offer_of, open_shop, ordered

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery():
    return open_shop()


@pytest.fixture
def bookshop():
    return open_shop("Buchhandlung Blätterwald (erfunden)", "blaetterwald")


def put_in(client, offer, quantity=1):
    return client.post(
        "/warenkorb/hinzufuegen/", {"offer": offer.pk, "quantity": quantity}, headers={"sec-fetch-site": "same-origin"}
    )


def walk_to_review(client, email="anna@example.org"):
    basket = Basket.objects.get(secret=client.cookies["basket"].value)
    slots = first_slots(basket, now())
    answer = client.post("/kasse/", {f"slot-{shop}": slot for shop, slot in slots.items()})
    assert (answer.status_code, answer["location"]) == (303, "/kasse/kontakt/")
    answer = client.post("/kasse/kontakt/", {"name": "Anna Beispiel", "email": email})
    assert (answer.status_code, answer["location"]) == (303, "/kasse/pruefen/")
    return client.get("/kasse/pruefen/")


def press_the_button(client, page):
    html = page.content.decode()
    data = dict(re.findall(r'name="(key|total)" value="([^"]+)"', html))
    return client.post("/kasse/bestellen/", data)


def test_a_guest_orders_from_two_shops_without_account(client, bakery, bookshop):
    put_in(client, offer_of(bakery), 2)
    put_in(client, offer_of(bookshop, "Heimatkunde", 1290, withdrawal="none"))

    answer = press_the_button(client, walk_to_review(client))

    order = Order.objects.get()
    assert answer["location"] == f"/bestellung/{order.secret}/?neu"
    assert client.cookies["basket"].value == ""
    page = client.get(answer["location"]).content.decode()
    assert order.number in page
    assert "Bäckerei Musterkorn" in page
    assert "Buchhandlung Blätterwald" in page
    assert "sessionid" not in client.cookies


def test_the_legal_guarantee_stands_whole_before_the_button_and_in_the_confirmation(client, bakery):
    put_in(client, offer_of(bakery))
    page = walk_to_review(client)
    html = page.content.decode()
    assert (
        html.index("Gesetzliche Gewährleistung: mindestens 2 Jahre")
        < html.index('id="essentials"')
        < html.index('id="order"')
    )
    assert "nie weniger als ein Jahr" in html
    press_the_button(client, page)
    jobs.run_all()
    assert "mindestens 2 Jahre" in Message.objects.get(address="anna@example.org", medium="mail").text


def test_a_cookie_is_set_only_once_something_is_put_in(client, bakery):
    client.get("/warenkorb/")
    assert "basket" not in client.cookies

    put_in(client, offer_of(bakery))

    cookie = client.cookies["basket"]
    assert len(cookie.value) == 22
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_putting_in_from_another_site_is_refused(client, bakery):
    offer = offer_of(bakery)

    answer = client.post(
        "/warenkorb/hinzufuegen/", {"offer": offer.pk, "quantity": 1}, headers={"sec-fetch-site": "cross-site"}
    )

    assert answer.status_code == 403
    assert not Basket.objects.exists()


def test_the_button_says_what_the_law_wants_and_stands_below_the_essentials(client, bakery):
    put_in(client, offer_of(bakery), 2)

    html = walk_to_review(client).content.decode()

    button = re.search(r'<button[^>]*id="order"[^>]*>(.*?)</button>', html).group(1)
    assert button == "zahlungspflichtig bestellen"
    before = html[html.index('id="essentials"') : html.index('id="order"')]
    for essential in (
        "2 × Landbrot",
        "9,80",
        "inkl. MwSt.",
        "kein Widerrufsrecht",
        "Erika Muster",
        "Marktplatz 3",
        "Abholung",
    ):
        assert essential in before, essential


def test_the_basket_says_how_to_pay_and_where_to_collect_before_ordering_begins(client, bakery):
    put_in(client, offer_of(bakery))

    html = client.get("/warenkorb/").content.decode()

    assert "beim Abholen" in html
    assert "Marktplatz 3, 71083 Herrenberg" in html
    assert "Nur Abholung" in html


def test_what_was_taken_out_can_be_put_back(client, bakery):
    offer = offer_of(bakery)
    put_in(client, offer, 3)

    answer = client.post("/warenkorb/aendern/", {"offer": offer.pk, "quantity": 3, "remove": "1"})
    html = client.get(answer["location"]).content.decode()

    assert "Zurücklegen" in html
    put_in(client, offer, 3)
    assert Basket.objects.get().lines.get().quantity == 3


def test_a_changed_price_is_shown_and_wants_consent(client, bakery):
    offer = offer_of(bakery)
    put_in(client, offer)
    offer.price = type(offer.price)(520)
    offer.save()

    html = client.get("/warenkorb/").content.decode()
    assert "bisher 4,90" in html
    assert client.get("/kasse/")["location"] == "/warenkorb/"

    client.post("/warenkorb/preise/", {"shown": re.findall(r'name="shown" value="([^"]+)"', html)})
    assert client.get("/kasse/").status_code == 200


def test_a_refused_contact_form_keeps_what_was_typed(client, bakery):
    put_in(client, offer_of(bakery))
    slots = first_slots(Basket.objects.get(), now())
    client.post("/kasse/", {f"slot-{shop}": slot for shop, slot in slots.items()})

    answer = client.post("/kasse/kontakt/", {"name": "Anna Beispiel", "email": "kein at"})

    assert answer.status_code == 400
    assert 'value="Anna Beispiel"' in answer.content.decode()
    assert 'value="kein at"' in answer.content.decode()


def test_pressing_twice_leads_to_the_same_order(client, bakery):
    put_in(client, offer_of(bakery))
    page = walk_to_review(client)

    first = press_the_button(client, page)
    second = press_the_button(client, page)

    assert first["location"] == second["location"]
    assert Order.objects.count() == 1


def test_a_buyer_cancels_one_part_and_the_other_stays(client, bakery, bookshop):
    order = ordered((offer_of(bakery), 2), (offer_of(bookshop, "Heimatkunde"), 1))
    bread, _book = order.parts.all()

    client.post(f"/bestellung/{order.secret}/stornieren/", {"part": bread.pk})

    assert [part.state for part in order.parts.all()] == ["cancelled", "placed"]
    html = client.get(f"/bestellung/{order.secret}/").content.decode()
    assert "storniert" in html


def test_pages_exist_in_english_too(client, bakery):
    order = ordered((offer_of(bakery), 1))
    member = member_of(bakery)
    staff = Client()
    staff.force_login(member)

    assert "Basket" in client.get("/en/warenkorb/").content.decode()
    assert "Follow" not in client.get(f"/en/bestellung/{order.secret}/").content.decode()
    assert "Packing list" in staff.get(f"/en/laden/{bakery.slug}/bestellungen/").content.decode()


@pytest.mark.parametrize("many", [1, 12])
def test_no_page_asks_the_database_more_than_twelve_times(client, many, django_assert_max_num_queries):
    shops = [open_shop(f"Laden {n} (erfunden)", f"laden-{n}") for n in range(min(many, 6))]
    goods = [(offer_of(shops[n % len(shops)], f"Ware {n}", stock=40, withdrawal="none"), 1) for n in range(many)]
    order = ordered(*goods)
    for n in range(many - 1):
        ordered(goods[0], email=f"kunde{n}@example.org")
    part = order.parts.first()
    actions.advance(part, move="ready", by=actor(member_of(shops[0])), expected_version=part.version)
    for offer, _quantity in goods:
        put_in(client, offer)
    review = walk_to_review(client)
    assert review.status_code == 200
    staff = Client()
    staff.force_login(member_of(shops[0], "staff"))
    side = f"/laden/{shops[0].slug}"
    public = ["/warenkorb/", "/kasse/", "/kasse/kontakt/", "/kasse/pruefen/", f"/bestellung/{order.secret}/"]
    public += [f"/bestellung/{order.secret}/widerruf/", "/widerruf/", "/bestellbedingungen/"]
    shop = [f"{side}/bestellungen/", f"{side}/bestellungen/{order.number}/", f"{side}/bestellungen/packliste/"]
    shop += [f"{side}/bestellungen/fertig/", f"{side}/uebergabe/", f"{side}/abholung/"]
    for address in public:
        with django_assert_max_num_queries(12, info=address):
            assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as frame:  # sign-in and navigation, on a page that asks nothing of its own
        staff.get("/bestellbedingungen/")
    for address in shop:
        with django_assert_max_num_queries(len(frame) + 8, info=address):
            assert staff.get(address).status_code == 200, address
