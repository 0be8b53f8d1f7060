"""A case moves along its flow and in no other way."""

from datetime import timedelta

import pytest

from stadtplatz.audit.models import Record
from stadtplatz.cases import actions, queries, rules
from stadtplatz.cases.actions import Hand, Term
from stadtplatz.cases.jobs import notice_deadlines, settle
from stadtplatz.cases.models import Case, Deadline
from stadtplatz.cases.tests.conftest import MONDAY
from stadtplatz.cases.timeline import applicant_entries
from stadtplatz.kit import clock, codes
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale, TooOften

DAY = timedelta(days=1)


def facts_of(case):
    return list(
        Record.objects.filter(subject_kind="cases.case", subject_id=case.pk)
        .order_by("id")
        .values_list("verb", flat=True)
    )


def unchanged(case):
    before = Case.objects.values().get(pk=case.pk)
    facts = facts_of(case)
    return lambda: Case.objects.values().get(pk=case.pk) == before and facts_of(case) == facts


def moved(case, *moves, **more):
    for index, (move, by) in enumerate(moves):
        case = actions.advance(case, move=move, by=by, words="words", at=MONDAY + (index + 1) * DAY, **more)
    return case


def day_of(moment):
    return clock.local(moment).date().isoformat()


def test_an_opened_case_has_a_number_a_hand_a_clock_and_deadlines(case, hall):
    assert codes.read_number(case.number) == case.number
    assert case.number.startswith("T-")
    assert (case.state, case.unit, case.assignee) == ("new", hall.roads, hall.people["worker"])
    assert {d.code: day_of(d.due) for d in case.deadlines.all()} == {"answer": "2026-11-05", "done": "2026-11-16"}
    assert day_of(case.due) == "2026-11-05"
    assert case.intervals.get().kind == "running"
    assert facts_of(case) == ["testing.opened"]


def test_a_move_changes_state_clock_and_deadlines_and_is_recorded_once(case, hall):
    case = moved(case, ("take", hall.colleague))
    assert (case.state, case.assignee, case.accepted_at) == ("taken", hall.people["colleague"], MONDAY + DAY)
    assert day_of(case.due) == "2026-11-16"  # the first answer is given
    assert facts_of(case) == ["testing.opened", "testing.taken"]


def test_waiting_for_the_applicant_lengthens_the_deadline_by_those_days(case, hall):
    case = moved(case, ("take", hall.worker), ("ask", hall.worker))
    assert (case.resting, case.due) == (True, None)
    case = actions.advance(case, move="answer", by=hall.reporter, words="here", at=MONDAY + 4 * DAY)
    assert case.resting is False
    assert day_of(case.due) == "2026-11-18"


def test_closing_keeps_all_deadlines_and_reopening_starts_them_anew(case, hall):
    case = moved(case, ("take", hall.worker), ("grant", hall.worker))
    assert (case.outcome, case.closed_at, case.due) == ("granted", MONDAY + 2 * DAY, None)
    assert not case.deadlines.filter(met_at=None).exists()
    case = actions.advance(case, move="reopen", by=hall.reporter, at=MONDAY + 4 * DAY)
    assert (case.outcome, case.closed_at, case.state) == ("", None, "taken")
    assert day_of(case.due) == "2026-11-20"


def test_a_case_can_be_reopened_for_a_week_and_is_final_afterwards(case, hall, monkeypatch):
    case = moved(case, ("take", hall.worker), ("grant", hall.worker))
    same = unchanged(case)
    with pytest.raises(ActionRefused) as refusal:
        actions.advance(case, move="reopen", by=hall.reporter, at=MONDAY + 10 * DAY)
    assert refusal.value.code == "wrong-time"
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 8 * DAY)
    settle()
    assert same()
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 10 * DAY)
    settle()
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("ended", "granted")
    assert facts_of(case)[-1] == "testing.ended"


@pytest.mark.parametrize("who", ["gardener", "operator", "reporter"])
def test_only_those_whom_the_rule_names_can_move_a_case(case, hall, who):
    same = unchanged(case)
    with pytest.raises(NotAllowed):
        actions.advance(case, move="take", by=getattr(hall, who))
    assert same()


def test_a_move_from_another_state_or_without_words_is_refused(case, hall):
    same = unchanged(case)
    with pytest.raises(ActionRefused) as refusal:
        actions.advance(case, move="grant", by=hall.worker, words="yes")
    assert refusal.value.code == "wrong-state"
    assert same()
    case = moved(case, ("take", hall.worker))
    same = unchanged(case)
    with pytest.raises(ActionRefused) as refusal:
        actions.advance(case, move="grant", by=hall.worker, words="  ")
    assert refusal.value.code == "no-words"
    assert same()


def test_a_stale_move_is_refused_and_shows_how_it_is_now(case, hall):
    seen = case.version
    now = moved(case, ("take", hall.worker))
    same = unchanged(case)
    for expected in ({"expected_state": "new"}, {"expected_version": seen}):
        with pytest.raises(Stale) as refusal:
            actions.advance(case, move="pass_on", by=hall.colleague, words="x", **expected)
        assert refusal.value.current == now
    assert same()


def test_passing_on_counts_and_the_new_unit_has_to_accept(case, hall):
    case = moved(case, ("take", hall.worker))
    case = actions.pass_on(case, to=Hand(hall.green), reason="a tree", by=hall.worker)
    assert (case.state, case.unit, case.assignee, case.accepted_at, case.pass_ons) == ("new", hall.green, None, None, 1)
    assert not rules.may_handle(hall.worker, case)
    assert rules.may_handle(hall.gardener, case)
    entry = queries.applicant_entries(case)[-1]
    assert (entry.sentence, entry.who) == ("Weitergegeben. Jetzt zuständig: Grünflächen", "Tiefbauamt")
    assert queries.staff_entries(case)[-1].body == "a tree"
    assert case.messages.latest("id").visibility == "internal"


def test_passing_on_to_the_same_unit_changes_nothing(case, hall):
    same = unchanged(case)
    with pytest.raises(ActionRefused):
        actions.pass_on(case, to=Hand(hall.roads), reason="x", by=hall.worker)
    assert same()


def test_a_person_of_the_unit_can_be_assigned(case, hall):
    case = actions.assign(case, to=Hand(hall.roads, None, hall.people["colleague"]), by=hall.head)
    assert case.assignee == hall.people["colleague"]
    same = unchanged(case)
    with pytest.raises(ActionRefused):
        actions.assign(case, to=Hand(hall.green), by=hall.head)
    with pytest.raises(NotAllowed):
        actions.assign(case, to=Hand(hall.roads), by=hall.gardener)
    assert same()


def test_the_clock_can_rest_for_a_reason_with_its_legal_basis(case, hall):
    same = unchanged(case)
    with pytest.raises(ActionRefused):
        actions.suspend_clock(case, reason=" ", by=hall.worker)
    with pytest.raises(NotAllowed):
        actions.suspend_clock(case, reason="holiday", by=hall.gardener)
    assert same()
    case = actions.suspend_clock(
        case, reason="An expert is asked.", legal_basis="§ 26 LVwVfG", by=hall.worker, at=MONDAY + DAY
    )
    assert (case.resting, case.due) == (True, None)
    case = actions.resume_clock(case, by=hall.worker, at=MONDAY + 3 * DAY)
    assert [i.kind for i in case.intervals.order_by("id")] == ["running", "suspended", "running"]
    assert day_of(case.due) == "2026-11-09"


def test_each_step_is_told_once_the_responsible_before_and_after_then_the_head_then_the_head_above(case, monkeypatch):
    def run_at(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        notice_deadlines()
        notice_deadlines()
        return facts_of(case)[1:]

    ladder = ["cases.deadline_near", "cases.deadline_passed", "cases.escalated", "cases.escalated_higher"]
    assert run_at(MONDAY + DAY) == []
    assert run_at(MONDAY + 2 * DAY) == ladder[:1]  # the term ends on Thursday
    assert run_at(MONDAY + 3 * DAY) == ladder[:1]
    assert run_at(MONDAY + 4 * DAY) == ladder[:2]
    assert run_at(MONDAY + 6 * DAY) == ladder[:2]  # the weekend does not count
    assert run_at(MONDAY + 7 * DAY) == ladder[:3]
    assert run_at(MONDAY + 8 * DAY) == ladder[:3]
    assert run_at(MONDAY + 9 * DAY) == ladder
    assert Deadline.objects.filter(overdue_at=None).count() == 1
    assert applicant_entries(case)[-1].sentence == "Die Frist ist abgelaufen: First answer"


def test_nobody_is_reminded_while_the_office_waits_and_more_time_is_noticed_anew(case, hall, monkeypatch):
    def run_at(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        notice_deadlines()
        return facts_of(case)

    actions.suspend_clock(case, reason="We wait.", by=hall.worker, at=MONDAY + DAY)
    assert run_at(MONDAY + 20 * DAY)[-1] == "cases.clock_suspended"
    actions.resume_clock(case, by=hall.worker, at=MONDAY + 21 * DAY)
    assert "cases.deadline_passed" in run_at(MONDAY + 28 * DAY)
    actions.set_terms(case, terms={"first_answer": Term(60), "done": Term(90)}, at=MONDAY + 28 * DAY)
    assert set(Deadline.objects.values_list("overdue_at", "escalated_at", "near_at")) == {(None, None, None)}


def test_new_terms_count_from_the_day_of_receipt(case):
    case = actions.set_terms(case, terms={"done": Term(1)}, at=MONDAY + 5 * DAY)
    assert [(d.code, day_of(d.due)) for d in case.deadlines.all()] == [("done", "2026-11-03")]


def test_the_typed_code_opens_only_with_its_number_and_five_times_an_hour(case):
    assert queries.by_number_and_code(case.number.lower(), case.spelled_code, kind="testing") == case
    assert queries.by_number_and_code("not a number", case.typed_code, kind="testing") is None
    for _try in range(4):
        assert queries.by_number_and_code(case.number, "AAAAAAAAAA", kind="testing") is None
    with pytest.raises(TooOften):
        queries.by_number_and_code(case.number, case.typed_code, kind="testing")


def test_a_secret_of_another_kind_opens_nothing(case):
    assert queries.by_secret(case.secret, kind="testing") == case
    assert queries.by_secret(case.secret, kind="ticket") is None
    assert queries.by_secret(case.number, kind="testing") is None
