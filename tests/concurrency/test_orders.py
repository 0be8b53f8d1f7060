"""Eight processes order the last units of two shops: exactly the stock is sold, and nobody sees a lock."""

from stadtplatz.orders.rules import MAX_OPEN_PARTS
from tests.concurrency.measure import run_module


def test_the_last_units_of_two_shops_are_sold_once():
    result = run_module("tests.concurrency.ordering", "--processes", "8", "--attempts", "5", "--units", "15")

    outcomes = result["outcomes"]
    assert not [code for code in outcomes if code.startswith("error")], outcomes
    assert outcomes["ordered"] == result["orders"] == 15
    assert sum(outcomes.values()) == 40
    assert all(value for name, value in result.items() if isinstance(value, bool)), result


def test_one_contact_in_many_browsers_gets_no_more_than_its_share():
    words = ("--processes", "4", "--attempts", "3", "--units", "30", "--contact", "eilig@example.org")
    result = run_module("tests.concurrency.ordering", *words)

    assert result["outcomes"] == {"ordered": MAX_OPEN_PARTS // 2, "cap": 12 - MAX_OPEN_PARTS // 2}
    assert all(value for name, value in result.items() if isinstance(value, bool)), result
