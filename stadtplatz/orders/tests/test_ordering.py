"""From the basket to the order: what is promised, what is refused, and that a refusal changes nothing."""

from datetime import timedelta

import pytest

from stadtplatz.audit.models import Record
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.rules import stock_key
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, flow
from stadtplatz.orders.models import Basket, BasketLine, Order
from stadtplatz.orders.queries.basket import view_of
from stadtplatz.orders.tests.town import basket_with, checkout_with, offer_of, open_shop, ordered
from stadtplatz.pools import actions as pools
from stadtplatz.pools import queries as levels
from stadtplatz.pools.models import Hold, Pool

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery():
    return open_shop()


@pytest.fixture
def bookshop():
    return open_shop("Buchhandlung Blätterwald (erfunden)", "blaetterwald")


def stock(offer):
    return levels.levels([stock_key(offer)])[stock_key(offer)]


def test_an_order_over_two_shops_has_one_part_and_one_slot_and_one_code_for_each(bakery, bookshop):
    bread, book = offer_of(bakery), offer_of(bookshop, "Heimatkunde", 1290, vat_class="reduced", withdrawal="none")

    order = ordered((bread, 2), (book, 1))

    parts = list(order.parts.all())
    assert [part.shop for part in parts] == [bakery, bookshop]
    assert [part.state for part in parts] == [flow.PLACED, flow.PLACED]
    assert [part.total for part in parts] == [Money(980), Money(1290)]
    assert order.total == Money(2270)
    assert parts[0].collection_code != parts[1].collection_code
    assert parts[0].slot.pickup_point.shop == bakery
    assert order.number.startswith("B-")
    assert (stock(bread).available, stock(bread).booked) == (8, 2)
    assert not Basket.objects.exists()
    assert Record.objects.filter(verb="orders.placed", subject_id=order.pk).count() == 1


def test_a_double_click_gives_one_order(bakery):
    bread = offer_of(bakery)
    checkout = checkout_with((bread, 2))

    first = actions.place_order(key=checkout.key, shown_total=980, by=ANONYMOUS)
    second = actions.place_order(key=checkout.key, shown_total=980, by=ANONYMOUS)

    assert first == second
    assert Order.objects.count() == 1
    assert stock(bread).booked == 2


def test_later_changes_of_price_and_shop_do_not_touch_an_order(bakery):
    bread = offer_of(bakery, deposit=Money(25))
    order = ordered((bread, 2))

    bread.price, bread.title = Money(999), "Anderes Brot"
    bread.save()
    bakery.legal_name, bakery.street = "Andere GmbH", "Anderswo 1"
    bakery.save()

    part = order.parts.get()
    line = part.lines.get()
    assert (line.title, line.price, line.amount, line.deposit_amount) == ("Landbrot", Money(490), Money(980), Money(50))
    assert (part.seller_name, part.seller_address) == (
        "Bäckerei Musterkorn Inh. Erika Muster",
        "Marktplatz 3, 71083 Herrenberg",
    )
    assert (part.goods, part.deposit, part.total) == (Money(980), Money(50), Money(1030))


def test_goods_are_held_while_the_buyer_reads_and_free_again_when_the_basket_changes(bakery):
    bread = offer_of(bakery)
    checkout = checkout_with((bread, 4))
    assert (stock(bread).available, stock(bread).held) == (6, 4)

    actions.change_quantity(checkout.basket, offer_id=bread.pk, quantity=1)

    assert (stock(bread).available, stock(bread).held) == (10, 0)


def test_a_basket_may_keep_what_its_own_checkout_holds(bakery):
    bread = offer_of(bakery, stock=4)
    checkout = checkout_with((bread, 4))
    assert stock(bread).available == 0

    order = actions.place_order(key=checkout.key, shown_total=4 * 490, by=ANONYMOUS)

    assert order.total == Money(1960)


def test_going_back_and_reviewing_again_holds_once(bakery):
    bread = offer_of(bakery, stock=4)
    checkout = checkout_with((bread, 4))

    actions.begin_review(checkout)

    assert (stock(bread).available, stock(bread).held) == (0, 4)


def test_an_expired_hold_is_tried_again_at_the_order_button(bakery):
    bread = offer_of(bakery)
    checkout = checkout_with((bread, 2))
    pools.release(checkout.hold)

    order = actions.place_order(key=checkout.key, shown_total=980, by=ANONYMOUS)

    assert order.hold.state == Hold.BOOKED
    assert order.hold != checkout.hold
    assert stock(bread).booked == 2


def test_an_expired_hold_whose_goods_are_gone_is_refused_and_the_basket_kept(bakery):
    bread = offer_of(bakery, stock=2)
    checkout = checkout_with((bread, 2))
    pools.release(checkout.hold)
    pools.supply(stock_key(bread), -1)

    with pytest.raises(ActionRefused) as refusal:
        actions.place_order(key=checkout.key, shown_total=980, by=ANONYMOUS)

    assert refusal.value.code == "sold-out"
    assert BasketLine.objects.get().quantity == 2
    assert not Order.objects.exists()
    assert (stock(bread).available, stock(bread).booked) == (1, 0)


def test_a_changed_price_must_be_accepted_before_ordering(bakery):
    bread = offer_of(bakery)
    checkout = checkout_with((bread, 2))
    bread.price = Money(520)
    bread.save()

    with pytest.raises(ActionRefused) as refusal:
        actions.place_order(key=checkout.key, shown_total=980, by=ANONYMOUS)
    assert refusal.value.code == "price"
    assert not Order.objects.exists()

    actions.accept_prices(checkout.basket, shown={bread.pk: (520, 0)})
    order = actions.place_order(key=checkout.key, shown_total=1040, by=ANONYMOUS)
    assert order.total == Money(1040)


def test_a_price_that_changed_again_after_the_notice_is_not_accepted(bakery):
    bread = offer_of(bakery)
    basket = basket_with((bread, 1))
    bread.price = Money(560)
    bread.save()

    actions.accept_prices(basket, shown={bread.pk: (520, 0)})

    assert basket.lines.get().price == Money(490)


def test_another_total_than_the_one_shown_is_refused(bakery):
    checkout = checkout_with((offer_of(bakery), 2))

    with pytest.raises(ActionRefused) as refusal:
        actions.place_order(key=checkout.key, shown_total=979, by=ANONYMOUS)

    assert refusal.value.code == "total"
    assert not Order.objects.exists()


def test_a_slot_takes_only_as_many_orders_as_it_has_places(bakery):
    point = bakery.pickup_points.get()
    bread = offer_of(bakery, stock=20)
    for number in range(point.slot_capacity):
        ordered((bread, 1), email=f"kunde{number}@example.org")
    slot = Order.objects.first().parts.get().slot
    basket = basket_with((bread, 1))
    checkout = actions.choose_slots(basket, slots={bakery.pk: slot.pk})
    actions.leave_contact(checkout, name="Zu Spät", email="spaet@example.org")

    with pytest.raises(ActionRefused) as refusal:
        actions.begin_review(checkout)

    assert refusal.value.code == "slot-full"
    assert stock(bread).held == 0
    assert levels.available([slot.pool_key])[slot.pool_key] == 0


def test_a_slot_of_another_shop_or_too_soon_cannot_be_chosen(bakery, bookshop):
    basket = basket_with((offer_of(bakery), 1))
    foreign = bookshop.pickup_points.get().slots.first()
    own = bakery.pickup_points.get().slots.first()

    with pytest.raises(ActionRefused):
        actions.choose_slots(basket, slots={bakery.pk: foreign.pk})
    with pytest.raises(ActionRefused):
        actions.choose_slots(basket, slots={bakery.pk: own.pk}, at=own.starts_at)
    with pytest.raises(ActionRefused):
        actions.choose_slots(basket, slots={})


def test_one_contact_cannot_have_more_than_twenty_of_a_thing_waiting(bakery):
    bread = offer_of(bakery, stock=60)
    ordered((bread, 15))

    with pytest.raises(ActionRefused) as refusal:
        ordered((bread, 6))

    assert refusal.value.code == "cap"
    assert stock(bread).booked == 15
    assert stock(bread).held == 0


def test_no_more_than_what_is_there_can_be_put_in(bakery):
    bread = offer_of(bakery, stock=3)
    basket = basket_with((bread, 3))

    for quantity in (1, 30, -5):
        with pytest.raises(ActionRefused):
            actions.put_in(basket, offer_id=bread.pk, quantity=quantity)

    assert basket.lines.get().quantity == 3


def test_an_offer_that_is_not_on_sale_makes_no_basket(bakery):
    with pytest.raises(ActionRefused):
        actions.put_in(None, offer_id=offer_of(bakery, state="draft").pk)
    with pytest.raises(ActionRefused):
        actions.put_in(None, offer_id=999)

    assert not Basket.objects.exists()


def test_the_hold_can_be_extended_and_says_until_when(bakery):
    checkout = checkout_with((offer_of(bakery), 1))
    Hold.objects.update(until=clock.now() + timedelta(minutes=1))

    until = actions.extend_hold(checkout)

    assert until - clock.now() > timedelta(minutes=14)


def test_old_baskets_are_forgotten_with_their_contact_and_their_hold(bakery):
    bread = offer_of(bakery)
    checkout_with((bread, 2))

    assert actions.forget_old(before=clock.now() + timedelta(days=31)) == 1

    assert not Basket.objects.exists()
    assert stock(bread).available == 10
    assert all(pool.held == 0 for pool in Pool.objects.all())


def test_who_buys_more_pays_the_step_of_the_price_table_from_basket_to_order(bakery):
    pretzel = offer_of(bakery, "Brezel", 100, stock=50, price_steps=[[10, 80]])
    basket = actions.put_in(None, offer_id=pretzel.pk, quantity=9)
    assert view_of(basket).goods == Money(900)
    actions.change_quantity(basket, offer_id=pretzel.pk, quantity=10)
    assert (view_of(basket).goods, view_of(basket).problems) == (Money(800), set())
    line = ordered((pretzel, 10)).parts.get().lines.get()
    assert (line.price, line.amount) == (Money(80), Money(800))


def test_more_pieces_do_not_hide_that_the_price_has_risen(bakery):
    pretzel = offer_of(bakery, "Brezel", 100, stock=50, price_steps=[[10, 80]])
    basket = actions.put_in(None, offer_id=pretzel.pk, quantity=2)
    Offer.objects.filter(pk=pretzel.pk).update(price=Money(150))
    actions.change_quantity(basket, offer_id=pretzel.pk, quantity=3)
    assert view_of(basket).problems == {"price"}


def test_a_variant_is_named_in_basket_and_order(bakery):
    shirt = offer_of(bakery, "Hemd", 4900, variant="M, rot")
    line = ordered((shirt, 1)).parts.get().lines.get()
    assert line.title == "Hemd, M, rot"


def test_what_is_only_shown_makes_no_basket(bakery):
    with pytest.raises(ActionRefused):
        actions.put_in(None, offer_id=offer_of(bakery, "Anzug", 0, kind="quote").pk)
    assert not Basket.objects.exists()
