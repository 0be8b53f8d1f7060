"""What is forgotten of closed reports, and when: photos, the reporter, at last the report; and the ledger of it."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from stadtplatz.accounts.actions import set_operator
from stadtplatz.accounts.models import Guest
from stadtplatz.audit.models import Record
from stadtplatz.cases.models import Case, CaseDocument
from stadtplatz.kit.packs import Report, keep_row
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.kit.uploads import accept_image
from stadtplatz.tickets import actions
from stadtplatz.tickets.actions.retention_rules import stamp
from stadtplatz.tickets.models import Category, Forgotten, Ticket
from stadtplatz.tickets.queries import retention
from stadtplatz.tickets.tests.conftest import MONDAY, picture

DAY = timedelta(days=1)


@pytest.fixture
def rules(town):
    """Photos for 30 days, the reporter for 100, the report for 400."""
    town.pothole.photo_days, town.pothole.retention_days, town.pothole.delete_days = 30, 100, 400
    town.pothole.save()
    return town.pothole


@pytest.fixture
def closed(rules, report, guest, worker):
    """A pothole with a photo and a contact, closed on that Monday."""
    ticket = report(contact=guest, photos=[accept_image(picture())])
    actions.accept(ticket, by=worker, at=MONDAY)
    actions.close(ticket, outcome="done", words="Repariert.", by=worker, at=MONDAY)
    return Ticket.objects.get()


def _say(*words):
    out = io.StringIO()
    call_command("tickets", "retention", *words, stdout=out)
    return out.getvalue()


def test_photos_then_the_reporter_then_the_report(closed, django_capture_on_commit_callbacks):
    number = closed.case.number
    assert not actions.keep_retention(at=MONDAY + 29 * DAY)
    assert CaseDocument.objects.exists()
    assert actions.keep_retention(at=MONDAY + 31 * DAY) == {"photos": 1}
    assert not CaseDocument.objects.exists()
    assert Guest.objects.get().email == "reporter@example.org"
    assert actions.keep_retention(at=MONDAY + 101 * DAY) == {"reporter": 1}
    kept = Ticket.objects.get()
    assert (kept.text, kept.place_note, kept.case.applicant_guest) == ("–", "", None)
    assert kept.category.code == "road-damage"
    assert not Guest.objects.filter(email="reporter@example.org").exists()
    assert actions.keep_retention(at=MONDAY + 401 * DAY) == {"report": 1}
    assert not Ticket.objects.exists()
    assert not Case.objects.exists()
    assert not actions.keep_retention(at=MONDAY + 900 * DAY)
    assert [(line.number, line.step, line.days) for line in Forgotten.objects.order_by("at")] == [
        (number, "photos", 30),
        (number, "reporter", 100),
        (number, "report", 400),
    ]


def test_without_a_rule_photos_go_with_the_reporter_and_the_report_stays(closed, rules):
    rules.photo_days = rules.delete_days = None
    rules.save()
    assert not actions.keep_retention(at=MONDAY + 99 * DAY)
    assert actions.keep_retention(at=MONDAY + 5_000 * DAY) == {"reporter": 1}
    assert not CaseDocument.objects.exists()
    assert Ticket.objects.count() == 1


def test_open_reports_are_never_touched(rules, report, guest):
    ticket = report(contact=guest, photos=[accept_image(picture())])
    assert not actions.keep_retention(at=MONDAY + 5_000 * DAY)
    kept = Ticket.objects.get(pk=ticket.pk)
    assert kept.text == ticket.text
    assert kept.case.documents.count() == 1
    assert not Forgotten.objects.exists()


def test_a_late_run_does_all_steps_one_after_the_other(closed):
    assert actions.keep_retention(at=MONDAY + 500 * DAY) == {"photos": 1, "reporter": 1}
    assert actions.keep_retention(at=MONDAY + 500 * DAY) == {"report": 1}


def test_the_ledger_and_the_facts_lead_to_nobody(closed):
    actions.keep_retention(at=MONDAY + 500 * DAY)
    words = " ".join(str(list(model.objects.values())) for model in (Forgotten, Record))
    for private in ("reporter@example.org", "Schlagloch vor dem Haus"):
        assert private not in words


def test_the_dry_run_names_what_is_due_and_changes_nothing(closed, monkeypatch):
    from stadtplatz.kit import clock

    monkeypatch.setattr(clock, "now", lambda: MONDAY + 120 * DAY)
    shown = _say()
    assert closed.case.number in shown
    assert "2 steps are due. Nothing was changed" in shown
    assert Ticket.objects.get().text == closed.text
    assert not Forgotten.objects.exists()
    assert "photos 1, reporter 1" in _say("--apply")
    assert "nothing was due" in _say("--apply")
    assert "reporter  1" in _say("--ledger")
    waiting = {rule.category.code: rule.waiting for rule in retention.rules()}
    assert waiting["road-damage"] == {"photos": 0, "reporter": 0, "report": 0}


def test_the_operator_sees_the_dry_run_and_presses_the_button(
    closed, town, browser, monkeypatch, django_assert_max_num_queries
):
    from stadtplatz.kit import clock

    set_operator(email=town.people.operator.email, is_operator=True)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + 120 * DAY)
    desk = browser(town.people.operator)
    with django_assert_max_num_queries(16):
        page = desk.get("/desk/anliegen/aufbewahrung/").content.decode()
    assert closed.case.number in page
    assert desk.post("/desk/anliegen/aufbewahrung/").status_code == 302
    assert Ticket.objects.get().text == "–"
    assert closed.case.number in desk.get("/desk/anliegen/aufbewahrung/").content.decode()


def test_nobody_else_may(closed, town, browser, worker, monkeypatch):
    from stadtplatz.kit import clock

    monkeypatch.setattr(clock, "now", lambda: MONDAY + 120 * DAY)
    for somebody in (browser(), browser(town.people.worker), browser(town.people.citizen)):
        assert somebody.get("/desk/anliegen/aufbewahrung/").status_code in {302, 403, 404}
        assert somebody.post("/desk/anliegen/aufbewahrung/").status_code in {302, 403, 404}
    with pytest.raises(NotAllowed):
        actions.keep_retention_by_hand(by=worker)
    assert Ticket.objects.get().text == closed.text
    assert not Forgotten.objects.exists()


def rule(category, **changed):
    return {
        "stamp": stamp(category),
        "photo_days": "30",
        "retention_days": "60",
        "delete_days": "",
        "source": "Löschkonzept der Stadt, 3.11.2026",
        **changed,
    }


def test_the_operator_sets_a_rule_with_what_it_rests_on_and_the_pack_leaves_it_alone(town, browser):
    where = "/desk/anliegen/aufbewahrung/road-damage/"
    assert browser(town.people.operator).post(where, rule(town.pothole)).status_code == 302
    town.pothole.refresh_from_db()
    assert (town.pothole.photo_days, town.pothole.retention_days, town.pothole.delete_days) == (30, 60, None)
    assert "Löschkonzept der Stadt" in browser(town.people.operator).get("/desk/anliegen/aufbewahrung/").text
    assert Record.objects.get(verb="tickets.retention_set").keys["reporter"] == 60
    told = Report()
    keep_row(Category, {"code": "road-damage"}, {"retention_days": 365}, told)
    assert len(told.kept) == 1
    assert Category.objects.get(code="road-damage").retention_days == 60


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"source": ""}, 422),
        ({"retention_days": "0"}, 422),
        ({"photo_days": "90"}, 409),
        ({"delete_days": "59"}, 409),
        ({"stamp": "1/2/3"}, 409),
    ],
)
def test_a_rule_without_source_or_sense_is_refused(town, browser, changed, status):
    answer = browser(town.people.operator).post(
        "/desk/anliegen/aufbewahrung/road-damage/", rule(town.pothole, **changed)
    )
    assert answer.status_code == status
    assert Category.objects.get(code="road-damage").retention_days == 100
    assert not Record.objects.filter(verb="tickets.retention_set").exists()
