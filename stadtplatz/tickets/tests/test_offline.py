"""What was written without a connection arrives later, once, and nothing of it is lost."""

import pytest
from django.urls import reverse

from stadtplatz.tickets import limits
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
    assert send(browser(), text=TEXT).json()["sent"] is True
    assert Ticket.objects.get().danger == shaft


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
