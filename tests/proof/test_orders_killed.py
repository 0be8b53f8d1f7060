"""Processes are killed in mid-order, again and again: what was ordered is whole, what was not is nowhere."""

import pytest

from tests.concurrency.measure import run_module


@pytest.mark.parametrize("seed", [1, 2])
def test_orders_are_whole_or_nothing_when_processes_die(seed):
    result = run_module(
        "tests.concurrency.ordering", "--processes", "4", "--kill", "200", "--units", "2000", "--seed", str(seed)
    )

    assert result["orders"] >= 200, result
    assert result["kills"] > 20, result
    assert all(value for value in result.values() if isinstance(value, bool)), result


def test_four_hundred_attempts_on_a_hundred_units():
    result = run_module("tests.concurrency.ordering", "--processes", "8", "--attempts", "50", "--units", "100")

    assert not [code for code in result["outcomes"] if code.startswith("error")], result
    assert result["outcomes"]["ordered"] == result["orders"] == 100
    assert all(value for value in result.values() if isinstance(value, bool)), result
