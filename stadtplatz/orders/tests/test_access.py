"""Who sees and does what: stranger, link holder, other customer, packer, owner, other shop's owner, operator."""

import pytest
from django.test import Client

from stadtplatz.accounts.models import Person
from stadtplatz.audit.models import Record
from stadtplatz.orders import actions, queries
from stadtplatz.orders.models import OrderPart
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop, ordered

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    bakery, books = open_shop(), open_shop("Buchhandlung Blätterwald (erfunden)", "blaetterwald")
    order = ordered((offer_of(bakery), 2), (offer_of(books, "Heimatkunde", 1290), 1))
    people = {
        "stranger": None,
        "other customer": Person.objects.create_user("kundin@example.org"),
        "packer": member_of(bakery, "packer"),
        "owner": member_of(bakery),
        "other shop's owner": member_of(books),
        "operator": Person.objects.create_user("betrieb@example.org", is_operator=True),
    }
    return bakery, order, people


def browser(person):
    client = Client()
    if person:
        client.force_login(person)
    return client


def pages(shop, order):
    side = f"/laden/{shop.slug}"
    yield f"{side}/bestellungen/"
    yield f"{side}/bestellungen/{order.number}/"
    yield f"{side}/bestellungen/packliste/"
    yield f"{side}/bestellungen/fertig/"
    yield f"{side}/uebergabe/?nummer={order.number}"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("stranger", 302),
        ("other customer", 404),
        ("packer", 200),
        ("owner", 200),
        ("other shop's owner", 404),
        ("operator", 404),
    ],
)
def test_the_shop_side_opens_only_for_its_own_people(town, who, status):
    shop, order, people = town

    for address in pages(shop, order):
        answer = browser(people[who]).get(address)
        assert answer.status_code == status, address
        if status != 200:
            assert "Anna Beispiel" not in answer.content.decode()


@pytest.mark.parametrize("who", ["stranger", "other customer", "other shop's owner", "operator", "packer"])
@pytest.mark.parametrize("move", ["confirm", "decline"])
def test_only_owner_and_staff_accept_or_decline(town, who, move):
    shop, order, people = town
    part = order.parts.get(shop=shop)
    before = Record.objects.count()

    browser(people[who]).post(
        f"/laden/{shop.slug}/bestellungen/{order.number}/{move}/", {"version": part.version, "reason": "Nein"}
    )

    assert OrderPart.objects.get(pk=part.pk).state == "placed"
    assert Record.objects.count() == before


def test_a_shop_sees_only_its_own_part(town):
    shop, order, people = town

    html = browser(people["owner"]).get(f"/laden/{shop.slug}/bestellungen/{order.number}/").content.decode()

    assert "Landbrot" in html
    assert "Heimatkunde" not in html
    assert "Blätterwald" not in html
    assert order.parts.get(shop=shop).collection_code not in html


def test_the_link_opens_the_order_and_a_wrong_one_says_nothing(town, client):
    _shop, order, _people = town

    assert client.get(f"/bestellung/{order.secret}/").status_code == 200
    assert client.get(f"/bestellung/{order.secret[:-1]}x/").status_code == 404
    assert client.get(f"/bestellung/{order.number}/").status_code == 404


def test_the_link_holder_cannot_touch_another_order(town, client):
    _shop, order, _people = town
    other = ordered((offer_of(open_shop("Käse Kuhglück (erfunden)", "kuhglueck")), 1), email="bert@example.org")

    client.post(f"/bestellung/{other.secret}/stornieren/", {"part": order.parts.first().pk})

    assert set(OrderPart.objects.values_list("state", flat=True)) == {"placed"}


def test_a_stale_page_of_the_shop_is_refused_in_words(town):
    shop, order, people = town
    part = order.parts.get(shop=shop)
    actions.advance(part, move="confirm", by=actor(people["owner"]))

    answer = browser(people["packer"]).post(
        f"/laden/{shop.slug}/bestellungen/{order.number}/ready/", {"version": part.version}, follow=True
    )

    assert "wurde geändert, seit Sie die Seite geöffnet haben" in answer.content.decode()
    assert OrderPart.objects.get(pk=part.pk).state == "confirmed"


def test_number_and_code_find_the_order_only_together(town):
    _shop, order, _people = town

    assert queries.by_number_and_code(order.number.lower(), order.spelled_code) == order
    assert queries.by_number_and_code(order.number, "22222 22222") is None
    assert queries.by_number_and_code("B-222-2222", order.typed_code) is None


def test_my_orders_are_mine(town):
    _shop, order, people = town
    order.guest.person = people["other customer"]
    order.guest.save()

    assert queries.mine(actor(people["other customer"])) == [order]
    assert queries.mine(actor(people["owner"])) == []


def test_hand_over_by_the_scanned_code(town):
    shop, order, people = town
    part = actions.advance(order.parts.get(shop=shop), move="ready", by=actor(people["owner"]))[0]
    packer = browser(people["packer"])

    wrong = packer.post(f"/laden/{shop.slug}/uebergabe/", {"number": order.number, "code": "AAAAAA"})
    assert wrong.status_code == 409
    assert OrderPart.objects.get(pk=part.pk).state == "ready"

    packer.post(f"/laden/{shop.slug}/uebergabe/", {"number": order.number, "code": part.collection_code})
    assert OrderPart.objects.get(pk=part.pk).state == "collected"
