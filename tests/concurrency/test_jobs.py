"""Several workers share the work: each job once, and a keyed job never misses a change."""

from tests.concurrency.measure import measure, run_module


def test_each_job_is_done_once_by_one_of_three_workers():
    [result] = measure("jobs", "--jobs", "150", "--workers", "3")
    assert result["each_once"]
    assert min(result["shares"]) > 0


def test_a_keyed_job_sees_every_change_however_workers_and_producers_race():
    result = measure("jobs", "--keyed", "60")
    assert result["written"] == result["seen"] == 120
    assert result["left"] == 0


def test_a_job_asked_for_again_waits_for_the_change_it_was_asked_for():
    assert run_module("tests.concurrency.keyed_jobs") == {"before_commit": [], "after_commit": [7]}
