"""A seller is approved by two different people, however they press at the same moment."""

from tests.concurrency.measure import run_module


def test_three_presses_of_one_person_and_one_of_another_are_two_looks():
    result = run_module("tests.concurrency.approvals")
    assert result["approved"] == result["by_two"] == 12
    assert result["passed"] == 24
