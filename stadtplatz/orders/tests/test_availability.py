"""Orders keep to the days, hours and numbers a shop has set for its goods."""

from datetime import UTC, date, datetime, time

import pytest

from stadtplatz.catalogue import actions as catalogue
from stadtplatz.catalogue.rules import Availability, day_key
from stadtplatz.delivery.actions import supply_slots
from stadtplatz.delivery.models import PickupPoint, Slot
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions
from stadtplatz.orders.models import Order
from stadtplatz.orders.queries.basket import view_of
from stadtplatz.orders.queries.checkout import slots_for
from stadtplatz.orders.tests.town import actor, basket_with, checkout_with, member_of, offer_of, open_shop, ordered
from stadtplatz.pools import queries as levels

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def bakery(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    shop = open_shop()
    supply_slots(PickupPoint.objects.get(shop=shop), at=MONDAY)
    return shop


@pytest.fixture
def erika(bakery):
    return actor(member_of(bakery))


def limited(shop, by, when, **fields):
    pretzel = offer_of(shop, "Brezel", 95, stock=500, **fields)
    return catalogue.set_availability(offer=pretzel, version=pretzel.version, when=when, by=by)


def days_of(basket):
    return [one.day for one in slots_for(view_of(basket, at=MONDAY), None, at=MONDAY)[0].days]


def slot_on(shop, day, hour=9):
    begin = datetime.combine(day, time(hour), clock.BERLIN)
    return Slot.objects.get(pickup_point__shop=shop, starts_at=begin)


def placed(offer, quantity, slot, email="anna@example.org"):
    basket = basket_with((offer, quantity))
    checkout = actions.choose_slots(basket, slots={offer.shop_id: slot.pk}, at=MONDAY)
    actions.leave_contact(checkout, name="Anna Beispiel", email=email)
    actions.begin_review(checkout, at=MONDAY)
    total = view_of(basket, held={}).total.cents
    return actions.place_order(key=checkout.key, shown_total=total, by=ANONYMOUS, at=MONDAY)


def left(offer, day):
    return levels.available([day_key(offer.pk, day)])[day_key(offer.pk, day)]


def test_only_days_and_hours_that_fit_can_be_chosen(bakery, erika):
    pretzel = limited(bakery, erika, Availability(weekdays=frozenset({2}), begins=time(8), ends=time(10)))
    bread = offer_of(bakery)
    alone, both = basket_with((bread, 1)), basket_with((bread, 1), (pretzel, 1))
    assert len(days_of(alone)) > 1
    assert days_of(both) == [WEDNESDAY]
    hours = [
        clock.local(choice.slot.starts_at).hour
        for one in slots_for(view_of(both, at=MONDAY), None, at=MONDAY)[0].days
        for choice in one.slots
    ]
    assert set(hours) == {8, 9}


def test_a_slot_that_does_not_fit_is_refused_however_it_was_chosen(bakery, erika):
    pretzel = limited(bakery, erika, Availability(weekdays=frozenset({2})))
    basket = basket_with((pretzel, 1))
    with pytest.raises(ActionRefused) as refused:
        actions.choose_slots(basket, slots={bakery.pk: slot_on(bakery, date(2026, 11, 24)).pk}, at=MONDAY)
    assert "Brezel" in str(refused.value)
    assert refused.value.code == f"slot-{bakery.pk}"
    assert not Order.objects.exists()


def test_times_that_the_shop_changes_meanwhile_are_asked_for_again(bakery, erika):
    bread = offer_of(bakery)
    checkout = checkout_with((bread, 1), at=MONDAY)
    catalogue.set_availability(offer=bread, version=bread.version, when=Availability(weekdays=frozenset({5})), by=erika)
    with pytest.raises(ActionRefused):
        actions.place_order(key=checkout.key, shown_total=490, by=ANONYMOUS, at=MONDAY)
    assert not Order.objects.exists()


def test_the_day_of_collection_counts(bakery, erika):
    pretzel = limited(bakery, erika, Availability(per_day=10))
    placed(pretzel, 8, slot_on(bakery, WEDNESDAY))
    assert left(pretzel, WEDNESDAY) == 2
    with pytest.raises(ActionRefused) as refused:
        placed(pretzel, 3, slot_on(bakery, WEDNESDAY, 10), email="berta@example.org")
    assert refused.value.code == "day-full"
    assert Order.objects.count() == 1
    placed(pretzel, 3, slot_on(bakery, date(2026, 11, 26)), email="berta@example.org")
    assert left(pretzel, date(2026, 11, 26)) == 7


def test_a_full_day_is_not_offered(bakery, erika):
    pretzel = limited(bakery, erika, Availability(per_day=10))
    placed(pretzel, 8, slot_on(bakery, WEDNESDAY))
    assert WEDNESDAY not in days_of(basket_with((pretzel, 3)))
    assert WEDNESDAY in days_of(basket_with((pretzel, 2)))


def test_a_cancelled_order_gives_its_day_back(bakery, erika):
    pretzel = limited(bakery, erika, Availability(per_day=10))
    order = placed(pretzel, 8, slot_on(bakery, WEDNESDAY))
    actions.advance(order.parts.get(), move="decline", by=erika, reason="Der Ofen ist kaputt.", at=MONDAY)
    assert left(pretzel, WEDNESDAY) == 10


def test_another_number_counts_for_days_that_have_begun_as_far_as_it_is_not_promised(bakery, erika):
    pretzel = limited(bakery, erika, Availability(per_day=10))
    placed(pretzel, 8, slot_on(bakery, WEDNESDAY))
    more = catalogue.set_availability(offer=pretzel, version=pretzel.version, when=Availability(per_day=12), by=erika)
    assert left(pretzel, WEDNESDAY) == 4
    catalogue.set_availability(offer=more, version=more.version, when=Availability(per_day=5), by=erika)
    assert left(pretzel, WEDNESDAY) == 0
    assert Order.objects.count() == 1


def test_orders_without_limits_know_no_days(bakery):
    order = ordered((offer_of(bakery), 2), at=MONDAY)
    assert not any(key.startswith("day:") for key in levels.lines_of(order.hold))
