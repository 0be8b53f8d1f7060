"""Withdrawing from a contract: two steps, for guests too, in part too, and only what the law lets be withdrawn."""

from datetime import timedelta

import pytest

from stadtplatz.catalogue.rules import stock_key
from stadtplatz.kit import jobs
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.notifications.models import Message
from stadtplatz.orders import actions
from stadtplatz.orders.models import OrderPart, Withdrawal
from stadtplatz.orders.tests.town import actor, member_of, offer_of, open_shop, ordered
from stadtplatz.pools.queries import levels

pytestmark = pytest.mark.django_db


@pytest.fixture
def books():
    return open_shop("Buchhandlung Blätterwald (erfunden)", "blaetterwald")


@pytest.fixture
def owner(books):
    return actor(member_of(books))


@pytest.fixture
def book(books):
    return offer_of(books, "Heimatkunde", 1290, withdrawal="none")


@pytest.fixture
def order(books, book):
    return ordered((book, 1), (offer_of(books, "Frische Blumen", withdrawal="perishable"), 1))


def collected(order, owner):
    part = actions.advance(order.parts.get(), move="ready", by=owner)[0]
    return actions.hand_over(part, code=part.collection_code, by=owner)


def withdraw(order=None, by=LINK_HOLDER, **given):
    data = {"contract": given.pop("contract", order.number if order else ""), "name": "Anna Beispiel"}
    return actions.withdraw(**data, email="anna@example.org", order=order, by=by, **given)


def test_only_what_may_be_withdrawn_is_withdrawn(order, owner):
    collected(order, owner)

    withdrawal = withdraw(order)

    assert [row.line.title for row in withdrawal.lines.all()] == ["Heimatkunde"]


def test_before_collection_a_whole_part_ends_and_the_goods_are_on_sale_again(book):
    order = ordered((book, 2))

    withdraw(order)

    assert order.parts.get().state == "cancelled"
    assert levels([stock_key(book)])[stock_key(book)].booked == 0


def test_a_stranger_with_number_and_address_ends_nothing(book):
    order = ordered((book, 2))

    withdrawal = withdraw(contract=order.number, by=ANONYMOUS)

    assert withdrawal.order == order
    assert order.parts.get().state == "placed"


def test_the_period_ends_fourteen_days_after_collection(order, owner):
    part = collected(order, owner)

    late = withdraw(order, at=part.collected_at + timedelta(days=15, minutes=1))
    assert not late.lines.exists()
    in_time = withdraw(order, at=part.collected_at + timedelta(days=14))
    assert in_time.lines.count() == 1


def test_a_line_is_withdrawn_once(order, owner):
    collected(order, owner)
    withdraw(order)

    assert not withdraw(order).lines.exists()


def test_a_declaration_is_never_changed(order):
    withdrawal = withdraw(order)
    withdrawal.name = "Jemand anderes"

    with pytest.raises(RuntimeError):
        withdrawal.save()


def test_without_a_name_or_an_address_nothing_is_declared(order):
    with pytest.raises(ActionRefused):
        actions.withdraw(contract=order.number, name=" ", email="anna@example.org", by=ANONYMOUS)
    with pytest.raises(ActionRefused):
        actions.withdraw(contract=order.number, name="Anna", email="keine", by=ANONYMOUS)

    assert not Withdrawal.objects.exists()


def test_guests_withdraw_in_two_steps_and_get_a_receipt_with_date_and_time(order, owner, client):
    collected(order, owner)
    data = {"name": "Anna Beispiel", "contract": order.number, "email": "anna@example.org", "what": ""}

    first = client.post("/widerruf/", data).content.decode()
    assert "Widerruf bestätigen" in first
    assert not Withdrawal.objects.exists()

    client.post("/widerruf/bestaetigen/", data | {"confirm": "1"})
    jobs.run_all()

    withdrawal = Withdrawal.objects.get()
    receipt = Message.objects.get(once=f"withdrawal:{withdrawal.pk}")
    assert "Heimatkunde" in receipt.text
    assert f"{withdrawal.received_at.astimezone():%Y}" in receipt.text
    assert Message.objects.filter(kind="shop", subject__contains="Widerruf").exists()


def test_the_answer_does_not_say_whether_the_order_exists(order, client):
    data = {"name": "Anna", "email": "fremd@example.org", "what": "", "confirm": "1"}

    known = client.post("/widerruf/bestaetigen/", data | {"contract": order.number}).content.decode()
    unknown = client.post("/widerruf/bestaetigen/", data | {"contract": "B-222-2222"}).content.decode()

    def shape(html):
        return html[html.index("<h1") : html.index("<footer")].split("<strong>")[0]

    assert shape(known) == shape(unknown)
    assert OrderPart.objects.get().state == "placed"


def test_from_the_orders_page_some_goods_are_chosen(order, owner, client):
    collected(order, owner)
    address = f"/bestellung/{order.secret}/widerruf/"
    line = order.parts.get().lines.get(title="Heimatkunde")
    data = {"name": "Anna Beispiel", "email": "anna@example.org", "line": line.pk}

    assert "Frische Blumen" in client.get(address).content.decode()
    assert "Widerruf bestätigen" in client.post(address, data).content.decode()
    client.post(address, data | {"confirm": "1"})

    assert Withdrawal.objects.get().lines.get().line == line


def test_where_nothing_can_be_withdrawn_nobody_is_asked_for_a_name(client, books):
    order = ordered((offer_of(books, "Frische Blumen", withdrawal="perishable"), 1))
    page = client.get(f"/bestellung/{order.secret}/widerruf/").text.partition("<main")[2]
    assert "Keine dieser Waren kann widerrufen werden" in page
    assert 'name="name"' not in page
    assert f'href="/bestellung/{order.secret}/"' in page
