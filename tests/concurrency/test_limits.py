"""Rate limits hold over several processes."""

from tests.concurrency.measure import run_module


def test_exactly_as_many_pass_as_are_allowed_and_all_are_counted():
    assert run_module("tests.concurrency.limits") == {"passed": 50, "counted": 120}
