"""Kill -9 in mid job, again and again: every job is done, none is dead, the timer goes on."""

from tests.concurrency.measure import run_module


def test_no_job_is_lost_when_workers_are_killed():
    result = run_module("tests.proof.killed_workers", "--jobs", "200", "--workers", "2")
    assert result["delivered"] == 200
    assert (result["dead"], result["left"]) == (0, 0)
    assert result["kills"] > 5
    assert result["timer_rows"] == 1
    assert result["chimes"] > 1
    assert result["graceful"]
