"""Many processes want the same time of one chair: exactly one of them gets it, and nobody sees a lock."""

from tests.concurrency.measure import run_module


def test_the_same_time_is_given_to_one_of_many():
    result = run_module("tests.concurrency.appointing", "--processes", "6", "--attempts", "3")

    assert result["outcomes"] == {"booked": 1, "taken": 17}
    assert result["appointments"] == 1
    assert all(value for value in result.values() if isinstance(value, bool)), result


def test_neighbours_who_book_and_move_at_once_never_overlap():
    result = run_module("tests.concurrency.appointing", "--processes", "6", "--attempts", "3", "--times", "4")

    assert not [code for code in result["outcomes"] if code.startswith("error")], result
    assert sum(result["outcomes"].values()) == 18
    assert 1 <= result["appointments"] <= 2
    assert all(value for value in result.values() if isinstance(value, bool)), result
