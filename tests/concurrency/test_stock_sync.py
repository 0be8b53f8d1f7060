"""Tills that push at once: the same batch counts once, and batches in any order never wait for each other for ever."""

from tests.concurrency.measure import run_module


def test_the_same_batch_sent_by_six_at_once_counts_once_and_is_answered_alike():
    told = run_module("tests.concurrency.syncing")
    assert told == {"answers": 1, "batches": 19, "pools": 100, "one_count_for_all": 1, "people": 1}
