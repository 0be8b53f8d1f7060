"""On the road without a connection: what the server gives for it. How it works in a phone is in tests/journeys."""

from stadtplatz.audit.models import Record
from stadtplatz.cases.models import CaseMessage
from stadtplatz.tickets.tests.conftest import picture


def test_the_worker_holds_nothing_of_anybody_and_is_checked_anew_each_time(browser, town):
    worker = browser().get("/unterwegs-dienst.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "no-cache" in worker["Cache-Control"]
    assert '"/desk/unterwegs/", "/en/desk/unterwegs/"' in worker.text
    assert not worker.cookies


def test_the_list_names_session_and_person_without_telling_them(browser, town, ticket):
    client, other = browser(town.people.worker), browser(town.people.worker)
    page = client.get("/desk/unterwegs/").text
    assert client.session.session_key not in page
    assert town.people.worker.key not in page
    tokens = [part.split('"')[1] for part in page.split("data-session=")[1:2]]
    assert tokens[0] not in other.get("/desk/unterwegs/").text
    assert "no-store" in client.get("/desk/unterwegs/")["Cache-Control"]


def test_a_note_from_the_road_leads_back_to_the_list(browser, town, ticket):
    client = browser(town.people.worker)
    sent = {
        "words": "Hier fehlt ein Deckel.",
        "version": ticket.case.version,
        "note": "1",
        "back": "field",
        "keeper": "x",
        "title": "y",
    }
    answer = client.post(f"/desk/anliegen/{ticket.case.number}/nachricht/", sent)
    assert answer["Location"] == "/desk/unterwegs/"
    assert CaseMessage.objects.get(body="Hier fehlt ein Deckel.").visibility == CaseMessage.INTERNAL


def test_a_note_whose_answer_was_lost_in_a_dead_spot_is_written_once(browser, town, ticket):
    client, sent = browser(town.people.worker), {"words": "Hier fehlt ein Deckel.", "version": 1, "note": "1"}
    where = f"/desk/anliegen/{ticket.case.number}/nachricht/"
    for words in ("Hier fehlt ein Deckel.", "Hier fehlt ein Deckel.", "Nun ist er da."):
        once = "the-first" if "fehlt" in words else "the-second"
        assert client.post(where, {**sent, "words": words, "once": once, "photos": picture()}).status_code == 302
    notes = CaseMessage.objects.filter(case=ticket.case, visibility=CaseMessage.INTERNAL)
    assert [(note.body, note.documents.count()) for note in notes.order_by("id")] == [
        ("Hier fehlt ein Deckel.", 1),
        ("Nun ist er da.", 1),
    ]
    assert Record.objects.filter(subject_id=ticket.case_id, verb="cases.note_written").count() == 2


def test_closing_what_a_colleague_has_closed_meanwhile_is_refused_in_words(browser, town, ticket):
    client = browser(town.people.worker)
    sent = {"words": "Geflickt.", "outcome": "done", "version": ticket.case.version, "back": "field"}
    where = f"/desk/anliegen/{ticket.case.number}/abschliessen/"
    assert client.post(where, sent)["Location"] == "/desk/unterwegs/"
    again = client.post(where, sent)
    assert again.status_code == 409
    assert 'class="error-summary"' in again.text
