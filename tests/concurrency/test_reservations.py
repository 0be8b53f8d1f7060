"""Real processes want the last pieces of a shelf put aside: never more lie aside than there were, and nobody gets more than a share."""

from stadtplatz.orders.rules import MAX_ASIDE
from tests.concurrency.measure import run_module


def test_the_last_pieces_are_put_aside_once_and_one_contact_gets_its_share():
    result = run_module("tests.concurrency.reserving", "--processes", "4", "--attempts", "4", "--pieces", "7")

    many, one = result["many"], result["one"]
    assert not [code for code in many | one if code.startswith("error")], result
    assert set(many) <= {"reserved", "called off", "sold-out", "not-on-sale"}
    assert many["reserved"] == 7
    assert one == {"reserved": MAX_ASIDE, "cap": 8 - MAX_ASIDE}
    assert result["aside"] == 7 + MAX_ASIDE
    assert all(value for value in result.values() if isinstance(value, bool)), result
