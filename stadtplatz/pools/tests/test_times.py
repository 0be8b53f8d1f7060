"""What times of a chair need beyond shelves: pools that begin with their quantity, exchange, and leave when nobody knows them."""

from datetime import timedelta

import pytest

from stadtplatz.kit import clock
from stadtplatz.pools import actions, queries
from stadtplatz.pools.models import Hold, Pool
from stadtplatz.pools.rules import HoldEnded, SoldOut

pytestmark = pytest.mark.django_db
NINE, TEN, ELEVEN = "time:009", "time:010", "time:011"


def soon():
    return clock.now() + timedelta(minutes=5)


def booking(*keys):
    actions.supply_first(dict.fromkeys(keys, 1))
    hold = actions.hold(dict.fromkeys(keys, 1), contact="", until=soon())
    actions.confirm(hold)
    return hold


def booked():
    return {key for key, level in queries.between("time:000", "time:999").items() if level.booked}


def test_a_pool_begins_with_its_quantity_once():
    actions.supply_first({NINE: 2, TEN: 2})
    actions.supply_first({TEN: 5, ELEVEN: 5})
    assert {key: level.available for key, level in queries.between(NINE, ELEVEN).items()} == {
        NINE: 2,
        TEN: 2,
        ELEVEN: 5,
    }
    assert set(queries.between(NINE, NINE)) == {NINE}


def test_an_exchange_may_use_what_it_gives_back():
    old = booking(NINE, TEN)
    actions.supply_first({ELEVEN: 1})
    new = actions.exchange(old, {TEN: 1, ELEVEN: 1}, until=soon())
    assert booked() == {TEN, ELEVEN}
    assert list(Hold.objects.values_list("pk", "state")) == [(new.pk, Hold.BOOKED)]


def test_a_refused_exchange_keeps_the_old_booking():
    old = booking(NINE)
    booking(TEN)
    with pytest.raises(SoldOut):
        actions.exchange(old, {TEN: 1}, until=soon())
    assert booked() == {NINE, TEN}
    old.refresh_from_db()
    assert old.state == Hold.BOOKED


def test_what_is_forgotten_takes_only_its_own_pools_along():
    actions.supply_first({NINE: 2, TEN: 2})
    first, second = booking(NINE, TEN), booking(TEN)
    assert actions.forget(first) == 1
    assert set(Pool.objects.values_list("key", "booked")) == {(TEN, 1)}
    assert actions.forget(second) == 1
    assert not Pool.objects.exists()


def test_only_a_booking_is_forgotten():
    actions.supply_first({NINE: 1})
    hold = actions.hold({NINE: 1}, contact="", until=soon())
    with pytest.raises(HoldEnded):
        actions.forget(hold)
    assert queries.levels([NINE])[NINE].held == 1
