"""The category asks its own questions, and the answers stand where they are needed."""

import pytest

from stadtplatz.kit.actors import SYSTEM
from stadtplatz.questionnaires.actions import publish
from stadtplatz.tickets import actions, privacy
from stadtplatz.tickets.models import Draft, Ticket
from stadtplatz.tickets.tests.conftest import PLACE
from stadtplatz.tickets.tests.test_pages import begun

pytestmark = pytest.mark.usefixtures("town")
SPOT = {
    "name": "spot",
    "kind": "choice",
    "labels": {"de": "Wo genau ist der Schaden?"},
    "options": [{"value": "road", "labels": {"de": "Fahrbahn"}}, {"value": "path", "labels": {"de": "Gehweg"}}],
    "required": True,
}
PASS = {
    "name": "passable",
    "kind": "yes_no",
    "labels": {"de": "Kommt man vorbei?"},
    "required": True,
    "when": {"question": "spot", "is": "path"},
}


@pytest.fixture
def asked(db):
    return publish("tickets:road-damage", [SPOT, PASS], by=SYSTEM)


def to_questions(client):
    place = begun(client)["Location"]
    kind = client.post(place, {"lon": PLACE[0], "lat": PLACE[1]})["Location"]
    return client.post(kind, {"category": "road-damage"})["Location"]


def test_the_questions_come_before_the_review_without_scripts(browser, asked):
    client = browser()
    questions = to_questions(client)
    assert questions.endswith("/fragen/")
    page = client.get(questions).content.decode()
    assert "Wo genau ist der Schaden?" in page
    assert "Kommt man vorbei?" not in page
    assert client.get(questions.replace("fragen", "absenden"))["Location"] == questions
    answer = client.post(questions, {"q-spot": "path", "q-shown": "spot"})
    page = answer.content.decode()
    assert "Kommt man vorbei?" in page
    assert "Dazu gibt es noch eine Frage." in page
    review = client.post(questions, {"q-spot": "path", "q-passable": "no", "q-shown": "spot,passable"})["Location"]
    page = client.get(review).content.decode()
    assert "Gehweg" in page
    sent = client.post(review, {})["Location"]
    ticket = Ticket.objects.get()
    assert (ticket.answers.version, ticket.answers.answers) == (asked, {"spot": "path", "passable": False})
    follow = client.get(sent.replace("gesendet/", "")).content.decode()
    assert "Kommt man vorbei?" in follow
    assert privacy.as_data(ticket)["answers"]["Kommt man vorbei?"] == "Nein"


def test_a_choice_asks_at_once_what_comes_next_and_says_nothing_of_what_is_missing(browser, asked):
    client = browser()
    questions = to_questions(client)
    answer = client.post(questions, {"q-spot": "path", "q-shown": "spot"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Kommt man vorbei?" in page
    assert "<html" not in page
    assert "field--error" not in page
    assert Draft.objects.get().answers == {}


def test_other_questions_of_a_newer_version_are_asked_before_sending(browser, asked):
    client = browser()
    questions = to_questions(client)
    review = client.post(questions, {"q-spot": "road", "q-shown": "spot"})["Location"]
    publish("tickets:road-damage", [SPOT, {**PASS, "when": {"question": "spot", "is": "road"}}], by=SYSTEM)
    assert client.post(review, {})["Location"] == questions
    assert not Ticket.objects.exists()


def test_answers_go_with_the_text(report, asked, worker):
    from stadtplatz.questionnaires.actions import keep_answers

    ticket = report(answers=keep_answers(asked, {"spot": "road"}))
    ticket = actions.close(ticket, outcome="done", words="Fertig.", by=worker)
    actions.anonymise(ticket, why="request")
    ticket.answers.refresh_from_db()
    assert ticket.answers.answers == {}
