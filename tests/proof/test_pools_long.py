"""The books of the square, kept for a long time."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from stadtplatz.pools.tests.test_pools_property import Square


@pytest.mark.django_db
def test_the_books_agree_after_hundreds_of_market_days():
    long = settings(max_examples=250, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Square, settings=long)
