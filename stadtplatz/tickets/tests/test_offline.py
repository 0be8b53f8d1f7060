"""What was written without a connection arrives later, once, and nothing of it is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.questionnaires.actions import publish
from stadtplatz.tickets import actions, limits
from stadtplatz.tickets.models import Draft, Ticket
from stadtplatz.tickets.tests.conftest import PLACE, picture
from stadtplatz.tickets.tests.test_danger import TEXT

pytestmark = pytest.mark.usefixtures("town")
KEY = "abcdefghijklmnopqrst_-"
OURS = {"Sec-Fetch-Site": "same-origin"}


def kept(**more):
    return {
        "key": KEY,
        "text": "Ein Schlagloch in der Straße.",
        "lon": PLACE[0],
        "lat": PLACE[1],
        "address": "",
        **more,
    }


def send(client, **more):
    return client.post(reverse("tickets-take"), kept(**more), headers=OURS)


def test_it_becomes_a_report_once_however_often_it_is_sent(browser, town):
    client = browser()
    told = send(client, photos=[picture()], email="unterwegs@example.org").json()
    ticket = Ticket.objects.get()
    assert told["sent"] is True
    assert told["number"] == ticket.case.number
    assert (ticket.category, ticket.case.applicant_guest.email) == (town.pothole, "unterwegs@example.org")
    assert ticket.case.documents.count() == 1
    assert send(client).json()["number"] == ticket.case.number
    assert Ticket.objects.count() == 1


def test_what_is_missing_is_asked_for_and_the_rest_is_kept(browser):
    told = send(browser(), lon="", lat="", address="Nirgendwoweg 9", photos=[picture()]).json()
    assert told["sent"] is False
    assert told["url"] == reverse("tickets-draft-place", args=[KEY])
    draft = Draft.objects.get()
    assert (draft.text, draft.photos.count()) == ("Ein Schlagloch in der Straße.", 1)
    assert not Ticket.objects.exists()


def test_a_danger_kept_on_the_way_is_alarmed_by_its_words(browser, shaft):
    told = send(browser(), text=TEXT).json()
    ticket = Ticket.objects.get()
    assert (told["sent"], ticket.danger) == (True, shaft)
    assert "07032 0000-911" in browser().get(told["url"]).text


QUESTION = {"name": "depth", "kind": "number", "labels": {"de": "Wie tief?"}, "required": True}


@pytest.mark.parametrize("due", ["questions", "nearby"])
def test_the_step_that_is_due_is_still_asked(browser, report, due):
    client, before = browser(), 0
    if due == "questions":
        publish("tickets:road-damage", [QUESTION], by=SYSTEM)
    else:
        report(at=clock.now())
        before = 1
    told = send(client, email="unterwegs@example.org", photos=[picture()]).json()
    assert (told["sent"], told["url"]) == (False, reverse(f"tickets-draft-{due}", args=[KEY]))
    assert "zwei Stunden" in told["why"]
    assert client.get(told["url"]).status_code == 200
    assert Ticket.objects.count() == before
    review = reverse("tickets-draft-review", args=[KEY])
    client.post(
        told["url"], {"q-depth": "5", "q-shown": "depth"} if due == "questions" else {"other": "1", "none": "1"}
    )
    assert "unterwegs@example.org" in client.get(review).text
    client.post(review, {"email": "unterwegs@example.org"})
    assert Ticket.objects.count() == before + 1
    assert send(client).json()["sent"] is True


def test_what_nobody_answers_is_sent_as_it_is_and_not_lost(browser):
    publish("tickets:road-damage", [QUESTION], by=SYSTEM)
    send(browser(), email="unterwegs@example.org", photos=[picture()])
    assert actions.send_waiting_drafts() == 0
    assert not Ticket.objects.exists()
    later = clock.now() + timedelta(hours=3)
    assert actions.send_waiting_drafts(later) == 1
    ticket = Ticket.objects.get()
    assert (ticket.case.applicant_guest.email, ticket.case.documents.count()) == ("unterwegs@example.org", 1)
    assert actions.send_waiting_drafts(later) == 0
    draft = Draft.objects.get()
    assert (draft.email, draft.send_by) == ("", None)


def test_other_sites_and_floods_send_nothing(browser, monkeypatch):
    address = reverse("tickets-take")
    assert browser().post(address, kept(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert browser().post(address, kept(key="short"), headers=OURS).status_code == 400
    monkeypatch.setattr(limits, "DRAFTS", 0)
    assert send(browser()).status_code == 429
    assert not Draft.objects.exists()


def test_the_page_for_dead_connections_holds_nothing_of_anybody(browser):
    client = browser()
    page = client.get(reverse("tickets-offline"))
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert not client.cookies
    worker = client.get("/melden-dienst.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "/en/anliegen/neu/ohne-netz/" in worker.content.decode()
