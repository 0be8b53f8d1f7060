"""What a process keeps in memory is never older than the last commit of any other."""

from tests.concurrency.measure import run_module


def test_rules_memberships_and_absences_of_another_process_count_at_once():
    assert run_module("tests.concurrency.rules") == [
        ["Rathaus", "Udo"],
        ["Tiefbauamt", ""],
        ["Tiefbauamt", "Lea"],
        ["Tiefbauamt", ""],
        ["Tiefbauamt", "Lea"],
        ["Tiefbauamt", "Lea Neu"],
    ]
