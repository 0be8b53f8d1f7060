"""The books of the square, kept for a long time, and a long contest for its goods."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from stadtplatz.pools.tests.test_pools_property import Square
from tests.concurrency.measure import measure


@pytest.mark.django_db
def test_the_books_agree_after_hundreds_of_market_days():
    long = settings(max_examples=250, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Square, settings=long)


def test_sixteen_hundred_attempts_sell_four_hundred_units():
    result = measure("pools", "--processes", "8", "--attempts", "1600", "--units", "400")
    assert result["errors"] == []
    assert (result["sold"], result["refused"]) == (400, 1200)
    assert result["level"] == [400, 0, 0, 400]


def test_everything_at_once_for_a_while_locks_nobody_out():
    result = measure("pools", "--processes", "8", "--mixed", "150")
    assert result["errors"] == []
    assert result["balanced"]
