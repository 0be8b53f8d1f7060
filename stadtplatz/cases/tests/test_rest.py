"""Messages, files, tasks, decisions, and forgetting."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from stadtplatz.cases import actions, queries, rules
from stadtplatz.cases.models import CaseMessage, Decision
from stadtplatz.cases.tests.conftest import MONDAY
from stadtplatz.cases.tests.test_moving import DAY, facts_of, moved, unchanged
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.refusals import ActionRefused, NotAllowed


def test_both_sides_write_and_only_staff_read_notes(case, hall):
    link = rules.link_holder(case)
    actions.write_message(case, body="Where is it?", by=hall.worker, meets=("answer",), at=MONDAY + DAY)
    actions.write_message(case, body="At the corner.", by=link, at=MONDAY + 2 * DAY)
    actions.write_message(case, body="Difficult.", by=hall.worker, visibility=CaseMessage.INTERNAL, at=MONDAY + 3 * DAY)
    case.refresh_from_db()
    assert case.deadlines.get(code="answer").met_at == MONDAY + DAY
    seen = [(entry.who, entry.body, entry.kind) for entry in queries.applicant_entries(case)]
    assert seen[1:] == [("Tiefbauamt", "Where is it?", "message"), ("Sie", "At the corner.", "message")]
    assert queries.staff_entries(case)[-1].kind == "internal"
    assert queries.staff_entries(case)[-1].who == "worker"


@pytest.mark.parametrize("who", ["gardener", "operator"])
def test_strangers_do_not_write(case, hall, who):
    same = unchanged(case)
    with pytest.raises(NotAllowed):
        actions.write_message(case, body="hello", by=getattr(hall, who))
    assert same()
    assert not case.messages.exists()


@pytest.mark.parametrize("body", ["", "   ", "x" * 10_001])
def test_empty_and_endless_messages_are_refused(case, hall, body):
    same = unchanged(case)
    with pytest.raises(ActionRefused):
        actions.write_message(case, body=body, by=hall.worker)
    assert same()


def test_the_applicant_cannot_write_notes_and_nobody_writes_when_it_is_finished(case, hall):
    same = unchanged(case)
    with pytest.raises(NotAllowed):
        actions.write_message(case, body="x", by=hall.reporter, visibility=CaseMessage.INTERNAL)
    assert same()
    case = moved(case, ("take", hall.worker), ("grant", hall.worker))
    case = actions.advance(case, move="end", by=SYSTEM, at=MONDAY + 30 * DAY)
    same = unchanged(case)
    with pytest.raises(ActionRefused):
        actions.write_message(case, body="x", by=hall.reporter)
    assert same()


def test_a_file_is_opened_by_those_who_may_and_never_in_quarantine(case, hall, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = actions.add_document(
        case, content=b"%PDF-1.7", content_type="application/pdf", purpose="attachment", by=hall.reporter
    )
    assert queries.document(case, document.pk, hall.worker) is None
    actions.release_document(document)
    assert queries.document(case, document.pk, hall.worker) == document
    assert queries.document(case, document.pk, hall.reporter) == document
    assert queries.document(case, document.pk, hall.gardener) is None
    with pytest.raises(NotAllowed):
        actions.add_document(case, content=b"x", content_type="image/jpeg", purpose="photo", by=hall.gardener)
    with pytest.raises(ActionRefused):
        actions.add_document(case, content=b"<svg/>", content_type="image/svg+xml", purpose="photo", by=hall.worker)


def test_an_internal_file_is_hidden_from_the_applicant(case, hall, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = actions.add_document(
        case, content=b"jpeg", content_type="image/jpeg", purpose="photo", by=hall.worker, internal=True, harmless=True
    )
    assert queries.document(case, document.pk, hall.worker) == document
    assert queries.document(case, document.pk, hall.reporter) is None
    assert "cases.internal_document_added" in facts_of(case)


def test_a_unit_that_is_asked_may_read_until_it_has_answered(case, hall):
    assert not rules.may_read(hall.gardener, case)
    task = actions.add_task(case, kind="consult", question="Is the tree yours?", by=hall.worker, unit=hall.green)
    assert rules.may_read(hall.gardener, case)
    assert list(queries.for_staff(hall.gardener, kind="testing")) == [case]
    assert not rules.may_handle(hall.gardener, case)
    actions.finish_task(task, answer="Yes.", by=hall.gardener)
    case.refresh_from_db()
    assert not rules.may_read(hall.gardener, case)
    with pytest.raises(ActionRefused):
        actions.finish_task(task, answer="No.", by=hall.worker)
    task.refresh_from_db()
    assert task.answer == "Yes."


def test_an_outsider_answers_with_the_link_of_the_task_and_reads_nothing_else(case, hall):
    task = actions.add_task(case, kind="inspection", question="Please look.", by=hall.worker, outsider=hall.guest)
    assert queries.task_by_token(task.token) == task
    holder = rules.task_holder(task)
    assert not rules.may_read(holder, case)
    actions.finish_task(task, answer="Looked.", by=holder)
    assert queries.task_by_token(task.token) is None


def test_a_task_asks_one_side_and_needs_a_question(case, hall):
    same = unchanged(case)
    for asked in ({}, {"unit": hall.green, "outsider": hall.guest}):
        with pytest.raises(ActionRefused):
            actions.add_task(case, kind="consult", question="?", by=hall.worker, **asked)
    with pytest.raises(ActionRefused):
        actions.add_task(case, kind="consult", question=" ", by=hall.worker, unit=hall.green)
    with pytest.raises(NotAllowed):
        actions.add_task(case, kind="consult", question="?", by=hall.gardener, unit=hall.green)
    assert same()
    assert not case.tasks.exists()


def test_a_decision_needs_two_pairs_of_eyes(case, hall):
    decision = actions.prepare_decision(case, outcome="granted", reasons="All is there.", by=hall.worker)
    with pytest.raises(NotAllowed):
        actions.approve_decision(decision, by=hall.worker)
    with pytest.raises(ActionRefused):
        actions.issue_notice(decision, pdf=b"%PDF", template_version="1")
    decision = actions.approve_decision(decision, by=hall.head)
    notice = actions.issue_notice(decision, pdf=b"%PDF", template_version="1")
    assert len(notice.sha256) == 64
    with pytest.raises(ActionRefused):
        actions.issue_notice(decision, pdf=b"%PDF", template_version="2")


def test_the_database_itself_refuses_a_decision_approved_by_its_author(case, hall):
    decision = actions.prepare_decision(case, outcome="granted", reasons="x", by=hall.worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(approved_by=hall.people["worker"])
    decision.refresh_from_db()
    assert decision.approved_by is None


def test_forgetting_an_applicant_breaks_the_link_and_keeps_what_the_office_wrote(case, hall, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    old = case.secret
    actions.write_message(case, body="Call me: 0123", by=hall.reporter)
    actions.write_message(case, body="We will.", by=hall.worker)
    actions.add_document(
        case, content=BytesIO(b"x").read(), content_type="image/jpeg", purpose="photo", by=hall.reporter
    )
    actions.forget_applicant(case, why="request")
    assert actions.delete_files(case) == 1
    case.refresh_from_db()
    assert case.applicant_guest is None
    assert queries.by_secret(old, kind="testing") is None
    assert [m.body for m in case.messages.order_by("id")] == ["–", "We will."]
    assert not case.documents.exists()


def test_each_visitor_reads_what_they_may(case, hall):
    expected = {"worker": True, "colleague": True, "head": True, "gardener": False, "operator": False, "reporter": True}
    assert {who: rules.may_read(getattr(hall, who), case) for who in expected} == expected
    staff = {who: list(queries.for_staff(getattr(hall, who), kind="testing")) == [case] for who in expected}
    assert staff == {**expected, "reporter": False}
    assert rules.may_read(rules.link_holder(case), case)
