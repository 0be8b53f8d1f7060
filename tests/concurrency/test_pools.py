"""Eight processes want a hundred units: exactly a hundred are sold, nobody sees a lock."""

from tests.concurrency.measure import measure


def test_exactly_what_there_is_is_sold():
    result = measure("pools", "--processes", "8", "--attempts", "400", "--units", "100")
    assert result["errors"] == []
    assert (result["sold"], result["refused"]) == (100, 300)
    assert result["level"] == [100, 0, 0, 100]


def test_holding_extending_cancelling_and_forgetting_at_once_locks_nobody_out():
    result = measure("pools", "--processes", "4", "--mixed", "30")
    assert result["errors"] == []
    assert result["balanced"]
