"""The fair write lock of SQLite: nobody starves, nothing breaks it. Always on SQLite, whatever this run uses."""

import pytest

from tests.concurrency.measure import measure, run_module

pytestmark = pytest.mark.sqlite


def test_four_busy_writers_share_and_a_quiet_one_is_not_starved():
    result = measure("write_lock", "--way", "fair", "--seconds", "1.5")
    assert result["errors"] == 0
    assert min(result["shares"]) * 6 > max(result["shares"])  # on a calm machine they are within a tenth
    assert result["quiet"]["writes"][0] > 4


@pytest.fixture(scope="module")
def seen():
    return run_module("tests.concurrency.write_lock")


def test_threads_queue_like_processes(seen):
    assert seen["threads"] == {"counted": 160}


def test_nested_blocks_are_one_turn(seen):
    assert seen["nesting"] == {"counted": 2, "still_inside": True, "left": True}


def test_whatever_ends_a_transaction_frees_the_desk(seen):
    assert seen["refusal_leaves"] == {"counted": 3}


def test_reading_never_waits_for_a_writer(seen):
    assert seen["reading_never_waits"] == {"read_before_the_writer_left": True}


def test_a_single_write_waits_for_its_turn(seen):
    assert seen["single_writes_wait"] == {"waited": True, "counted": 2}


def test_a_crash_frees_the_desk_and_loses_only_the_open_change(seen):
    assert seen["crash"] == {"counted": 1}


def test_a_forked_child_does_not_share_its_parents_turn(seen):
    assert seen["fork_in_mid_transaction"] == {"early": 0, "status": 0}


def test_a_living_child_does_not_keep_a_dead_parents_turn(seen):
    assert seen["orphan"] == {"counted": 1, "child_still_lives": True}
