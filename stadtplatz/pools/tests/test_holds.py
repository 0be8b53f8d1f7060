"""Nothing scarce is promised twice: holding, extending, confirming and giving back."""

from datetime import timedelta

import pytest

from stadtplatz.kit import clock, jobs
from stadtplatz.pools import actions, queries
from stadtplatz.pools.models import Hold, Pool
from stadtplatz.pools.rules import CapReached, ExtendedTooOften, HoldEnded, SoldOut

pytestmark = pytest.mark.django_db


def soon(minutes: int = 15):
    return clock.now() + timedelta(minutes=minutes)


def let_time_pass(hold: Hold) -> None:
    Hold.objects.filter(pk=hold.pk).update(until=clock.now() - timedelta(seconds=1))


@pytest.fixture
def pretzels() -> str:
    actions.supply("stock:pretzels", 10)
    return "stock:pretzels"


@pytest.fixture
def saturday_ten() -> str:
    actions.supply("slot:saturday-ten", 2)
    return "slot:saturday-ten"


def level(key: str) -> queries.Level:
    return queries.levels([key])[key]


def test_a_hold_takes_from_all_pools_at_once(pretzels, saturday_ten):
    hold = actions.hold({pretzels: 3, saturday_ten: 1}, contact="g:anna", until=soon())
    assert level(pretzels) == queries.Level(supplied=10, available=7, held=3, booked=0)
    assert queries.available([pretzels, saturday_ten, "stock:unknown"]) == {
        pretzels: 7,
        saturday_ten: 1,
        "stock:unknown": 0,
    }
    assert queries.lines_of(hold) == {pretzels: 3, saturday_ten: 1}


def test_a_pool_named_twice_is_summed_first(pretzels):
    with pytest.raises(SoldOut) as refused:
        actions.hold([(pretzels, 6), (pretzels, 5)], contact="g:anna", until=soon())
    assert refused.value.short == {pretzels: (11, 10)}
    actions.hold([(pretzels, 6), (pretzels, 4)], contact="g:anna", until=soon())
    assert level(pretzels).available == 0


def test_a_refused_hold_changes_nothing_and_names_all_that_lacks(pretzels, saturday_ten):
    with pytest.raises(SoldOut) as refused:
        actions.hold({pretzels: 11, saturday_ten: 3, "stock:unknown": 1}, contact="g:anna", until=soon())
    assert refused.value.short == {pretzels: (11, 10), saturday_ten: (3, 2), "stock:unknown": (1, 0)}
    assert level(pretzels) == queries.Level(10, 10, 0, 0)
    assert level(saturday_ten) == queries.Level(2, 2, 0, 0)
    assert not Hold.objects.exists()


@pytest.mark.parametrize("demand", [{}, {"stock:pretzels": 0}, {"stock:pretzels": -1}, {"stock:pretzels": 1.5}])
def test_nonsense_is_not_held(pretzels, demand):
    with pytest.raises(ValueError):
        actions.hold(demand, contact="g:anna", until=soon())
    assert level(pretzels).held == 0


def test_nobody_empties_the_shelf_unpaid(pretzels):
    actions.hold({pretzels: 3}, contact="g:anna", until=soon(), cap=4)
    with pytest.raises(CapReached) as refused:
        actions.hold({pretzels: 2}, contact="g:anna", until=soon(), cap=4)
    assert refused.value.over == {pretzels: (2, 1)}
    assert level(pretzels).held == 3
    actions.hold({pretzels: 2}, contact="g:berta", until=soon(), cap=4)
    actions.hold({pretzels: 1}, contact="g:anna", until=soon(), cap={pretzels: 4})


def test_what_is_confirmed_no_longer_counts_for_the_cap(pretzels):
    actions.confirm(actions.hold({pretzels: 4}, contact="g:anna", until=soon(), cap=4))
    actions.hold({pretzels: 4}, contact="g:anna", until=soon(), cap=4)
    assert level(pretzels) == queries.Level(10, 2, 4, 4)


def test_a_confirmed_hold_is_a_booking_and_confirming_twice_is_harmless(pretzels):
    hold = actions.hold({pretzels: 3}, contact="g:anna", until=soon())
    assert actions.confirm(hold)
    assert not actions.confirm(hold)
    assert level(pretzels) == queries.Level(10, 7, 0, 3)
    assert Hold.objects.get().contact == ""


def test_releasing_gives_everything_back_once(pretzels):
    hold = actions.hold({pretzels: 3}, contact="g:anna", until=soon())
    assert actions.release(hold)
    assert not actions.release(hold)
    assert level(pretzels) == queries.Level(10, 10, 0, 0)
    with pytest.raises(HoldEnded):
        actions.confirm(hold)
    assert level(pretzels).booked == 0


def test_a_booking_is_not_released_but_given_back_in_parts(pretzels, saturday_ten):
    hold = actions.hold({pretzels: 3, saturday_ten: 1}, contact="g:anna", until=soon())
    actions.confirm(hold)
    with pytest.raises(HoldEnded):
        actions.release(hold)
    actions.give_back(hold, {pretzels: 2})
    assert level(pretzels) == queries.Level(10, 9, 0, 1)
    with pytest.raises(ValueError):
        actions.give_back(hold, {pretzels: 2})
    assert level(pretzels) == queries.Level(10, 9, 0, 1)
    actions.give_back(hold)
    actions.give_back(hold)
    assert level(pretzels) == queries.Level(10, 10, 0, 0)
    assert level(saturday_ten) == queries.Level(2, 2, 0, 0)


def test_what_is_only_held_cannot_be_given_back(pretzels):
    hold = actions.hold({pretzels: 3}, contact="g:anna", until=soon())
    with pytest.raises(HoldEnded):
        actions.give_back(hold, {pretzels: 1})
    assert level(pretzels).held == 3


def test_a_hold_is_extended_ten_times_and_no_more(pretzels):
    hold = actions.hold({pretzels: 1}, contact="g:anna", until=soon())
    for more in range(1, 11):
        actions.extend(hold, soon(15 + more))
    with pytest.raises(ExtendedTooOften):
        actions.extend(hold, soon(60))
    with pytest.raises(ValueError):
        actions.extend(hold, clock.now() - timedelta(minutes=1))
    assert hold.extensions == 10


def test_time_that_has_run_out_can_still_be_extended_or_confirmed_until_it_is_released(pretzels):
    late, later = (actions.hold({pretzels: 1}, contact="g:anna", until=soon()) for _ in range(2))
    let_time_pass(late)
    let_time_pass(later)
    actions.extend(late, soon())
    actions.confirm(later)
    assert actions.release_expired() == 0
    assert level(pretzels) == queries.Level(10, 8, 1, 1)


def test_the_minute_job_releases_what_has_run_out(pretzels):
    late = actions.hold({pretzels: 4}, contact="g:anna", until=soon())
    actions.hold({pretzels: 1}, contact="g:berta", until=soon())
    let_time_pass(late)
    jobs.REGISTRY["pools.jobs.release_expired_holds"]()
    assert level(pretzels) == queries.Level(10, 9, 1, 0)
    with pytest.raises(HoldEnded):
        actions.extend(late, soon())


def test_before_refusing_what_has_run_out_is_released(pretzels, saturday_ten):
    late = actions.hold({pretzels: 9, saturday_ten: 1}, contact="g:anna", until=soon())
    let_time_pass(late)
    actions.hold({pretzels: 10}, contact="g:berta", until=soon())
    assert level(pretzels) == queries.Level(10, 0, 10, 0)
    assert level(saturday_ten) == queries.Level(2, 2, 0, 0)


def test_supply_grows_and_shrinks_only_by_what_is_free(pretzels):
    actions.hold({pretzels: 8}, contact="g:anna", until=soon())
    with pytest.raises(SoldOut) as refused:
        actions.supply(pretzels, -3)
    assert refused.value.short == {pretzels: (3, 2)}
    actions.supply(pretzels, -2)
    actions.supply(pretzels, 5)
    assert level(pretzels) == queries.Level(13, 5, 8, 0)
    with pytest.raises(SoldOut):
        actions.supply("stock:never", -1)
    assert not Pool.objects.filter(key="stock:never").exists()


def test_many_shelves_are_filled_at_once_or_none(pretzels, saturday_ten, django_assert_num_queries):
    actions.hold({pretzels: 8}, contact="g:anna", until=soon())
    with django_assert_num_queries(5):  # two savepoints, one lock, two changes
        actions.supply_many({pretzels: -2, saturday_ten: 3})
    assert (level(pretzels), level(saturday_ten)) == (queries.Level(8, 0, 8, 0), queries.Level(5, 5, 0, 0))
    with pytest.raises(SoldOut) as refused:
        actions.supply_many({pretzels: -1, saturday_ten: 3})
    assert refused.value.short == {pretzels: (1, 0)}
    with pytest.raises(KeyError):
        actions.supply_many({"stock:never": 1, saturday_ten: 3})
    assert level(saturday_ten) == queries.Level(5, 5, 0, 0)


def test_an_emptied_shelf_keeps_what_is_promised(pretzels, saturday_ten):
    actions.confirm(actions.hold({pretzels: 3}, contact="g:berta", until=soon()))
    actions.hold({pretzels: 4}, contact="g:anna", until=soon())
    actions.empty([pretzels, saturday_ten, "stock:never"])
    assert (level(pretzels), level(saturday_ten)) == (queries.Level(7, 0, 4, 3), queries.Level(0, 0, 0, 0))


def test_the_shopkeeper_counts_the_shelf(pretzels):
    actions.hold({pretzels: 8}, contact="g:anna", until=soon())
    actions.set_available(pretzels, 12)
    assert level(pretzels) == queries.Level(20, 12, 8, 0)
    actions.set_available("stock:new", 4)
    assert level("stock:new").available == 4


def test_queries_do_not_grow_with_the_number_of_pools_read(django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.available([f"stock:{i}" for i in range(100)])


def test_a_hold_costs_one_update_per_pool(django_assert_num_queries, pretzels, saturday_ten):
    with django_assert_num_queries(7):  # savepoint and release, two pools, their ids, the hold, its lines
        actions.hold({pretzels: 1, saturday_ten: 1}, contact="g:anna", until=soon())
