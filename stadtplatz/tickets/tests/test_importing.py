"""Reports of another system are taken over as they stood, and nobody is written to."""

from datetime import timedelta

import pytest

from stadtplatz.audit.models import Record
from stadtplatz.cases.actions import Hand
from stadtplatz.cases.models import Case
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM
from stadtplatz.kit.models import Job
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.actions import PastReport
from stadtplatz.tickets.models import Imported, Ticket
from stadtplatz.tickets.tests.conftest import MONDAY, PLACE


@pytest.fixture
def past(town):
    def made(**fields):
        given = {"text": "Altes Loch.", "category": town.pothole, "to": Hand(town.roads), "received_at": MONDAY}
        return PastReport(**{**given, "place": PLACE, **fields})

    return made


def test_a_long_closed_report_stands_here_finished_with_its_outcome_and_kept_dates(past):
    rows = [past(accepted_at=MONDAY + timedelta(days=1), closed_at=MONDAY + timedelta(days=30), outcome="done")]
    actions.import_reports(rows, source="Altstadt", licence="CC0", by=SYSTEM, at=MONDAY + timedelta(days=100))
    case = Case.objects.get()
    assert (case.state, case.outcome, case.due) == ("archived", "done", None)
    assert not case.deadlines.filter(met_at=None).exists()
    assert case.deadlines.get(code="first_answer").overdue_at is None
    assert case.deadlines.get(code="done").overdue_at is not None
    assert case.intervals.get().ended_at == case.closed_at


def test_an_open_report_keeps_its_deadlines_from_the_day_it_came(past):
    actions.import_reports([past()], source="Altstadt", by=SYSTEM, at=MONDAY)
    case = Case.objects.get()
    assert case.due == case.deadlines.get(code="first_answer").due
    assert case.due > MONDAY
    assert case.ticket.text == "Altes Loch."


def test_one_fact_is_recorded_for_all_and_nobody_is_told(past):
    actions.import_reports([past() for _ in range(501)], source="Altstadt", licence="CC0", by=SYSTEM, at=MONDAY)
    assert Record.objects.count() == 1
    assert not Job.objects.exists()
    assert (Imported.objects.get().count, Imported.objects.get().licence) == (501, "CC0")
    assert Ticket.objects.count() == 501


def test_public_is_what_was_public_there(past):
    rows = [past(public_text="Loch."), past()]
    actions.import_reports(rows, source="Altstadt", by=SYSTEM, at=MONDAY)
    assert [t.publication.text for t in queries.visible().select_related("publication")] == ["Loch."]


def test_only_the_installation_takes_reports_over(past, worker):
    for stranger in (ANONYMOUS, worker):
        with pytest.raises(NotAllowed):
            actions.import_reports([past()], source="x", by=stranger, at=MONDAY)
    assert not Ticket.objects.exists()
