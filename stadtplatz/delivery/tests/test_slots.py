"""Slots lie inside the opening hours, never on Sundays and holidays, and take no more orders than they have places."""

from datetime import datetime, timedelta

import pytest

from stadtplatz.delivery import actions, queries, rules
from stadtplatz.delivery.models import PickupPoint, Slot
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM, Actor
from stadtplatz.kit.clock import BERLIN, local
from stadtplatz.kit.refusals import NotAllowed, Stale
from stadtplatz.pools import actions as pools
from stadtplatz.pools.queries import levels
from stadtplatz.shops.models import Membership, Shop

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 12, 21, 6, 0, tzinfo=BERLIN)


@pytest.fixture
def bakery():
    return Shop.objects.create(
        slug="musterkorn",
        name="Bäckerei Musterkorn (erfunden)",
        category="bakery",
        state=Shop.OPEN,
        street="Marktplatz 3",
        hours="Mo-Fr 08:00-12:30,14:00-18:00; Sa 08:00-13:00; Su 09:00-11:00",
        created_at=MONDAY,
    )


@pytest.fixture
def point(bakery):
    return actions.open_point_of(bakery, by=SYSTEM, at=MONDAY)


@pytest.fixture
def owner(bakery, django_user_model):
    person = django_user_model.objects.create_user("inhaberin@example.org")
    Membership.objects.create(person=person, shop=bakery, role=Membership.OWNER, since=MONDAY)
    return Actor("person", person.key, person_id=person.pk)


def times(point, day):
    slots = [slot for slot in point.slots.all() if local(slot.starts_at).day == day and slot.capacity]
    return [(f"{local(slot.starts_at):%H:%M}", f"{local(slot.ends_at):%H:%M}") for slot in slots]


def test_slots_fill_the_opening_hours_and_no_minute_more(point):
    assert times(point, 21) == [
        ("08:00", "09:00"),
        ("09:00", "10:00"),
        ("10:00", "11:00"),
        ("11:00", "12:00"),
        ("14:00", "15:00"),
        ("15:00", "16:00"),
        ("16:00", "17:00"),
        ("17:00", "18:00"),
    ]


def test_no_slots_on_christmas_and_sunday_even_for_a_bakery_open_then(point):
    assert times(point, 25) == []
    assert times(point, 26) == []
    assert times(point, 27) == []
    assert times(point, 24) != []


def test_the_day_of_three_kings_is_free_in_baden_wuerttemberg_and_not_in_north_rhine():
    assert not rules.is_collection_day(datetime(2027, 1, 6, tzinfo=BERLIN).date(), "BW")
    assert rules.is_collection_day(datetime(2027, 1, 6, tzinfo=BERLIN).date(), "NW")


def test_supplying_twice_makes_nothing_twice(point):
    before = list(point.slots.values_list("pk", flat=True))

    assert actions.supply_slots(point, at=MONDAY) == 0

    assert list(point.slots.values_list("pk", flat=True)) == before
    assert {levels([slot.pool_key])[slot.pool_key].supplied for slot in point.slots.all()} == {6}


def test_a_slot_too_soon_to_pack_for_is_not_offered(point):
    at = MONDAY.replace(hour=9, minute=1)

    first = queries.slots_to_choose([point], at=at)[point.pk][0].slots[0].slot

    assert local(first.starts_at).hour == 14


def test_new_capacity_reaches_the_coming_slots_but_takes_no_place_from_an_order(point, owner, monkeypatch):
    monkeypatch.setattr("stadtplatz.kit.clock.now", lambda: MONDAY)
    taken = point.slots.first()
    hold = pools.hold({taken.pool_key: 4}, contact="c:1", until=MONDAY + timedelta(hours=1))
    pools.confirm(hold)

    actions.change_point(point, version=1, by=owner, slot_capacity=2)

    assert levels([taken.pool_key])[taken.pool_key].available == 0
    assert levels([taken.pool_key])[taken.pool_key].booked == 4
    free = point.slots.last()
    assert levels([free.pool_key])[free.pool_key].supplied == 2


def test_slots_outside_new_hours_take_no_more_orders(point, bakery):
    bakery.hours = "Mo-Fr 14:00-16:00"
    bakery.save()

    actions.follow_shop(bakery, at=MONDAY)

    assert times(point, 21) == [("14:00", "15:00"), ("15:00", "16:00")]


def test_a_point_is_changed_only_by_its_shop_and_from_the_present_version(point, owner):
    with pytest.raises(NotAllowed):
        actions.change_point(point, version=1, by=ANONYMOUS, slot_capacity=1)
    with pytest.raises(Stale):
        actions.change_point(point, version=7, by=owner, slot_capacity=1)

    assert PickupPoint.objects.get().slot_capacity == 6
    assert set(Slot.objects.values_list("capacity", flat=True)) == {6}
