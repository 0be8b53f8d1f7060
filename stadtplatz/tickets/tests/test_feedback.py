"""After the end: two questions; and what the reporter may do only after proving that the report is theirs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stadtplatz.accounts.models import Guest, Proof
from stadtplatz.audit.models import Record
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.notifications.models import Message
from stadtplatz.tickets import actions
from stadtplatz.tickets.models import Feedback, Pin, Ticket
from stadtplatz.tickets.tests.conftest import MONDAY
from stadtplatz.tickets.tests.test_danger import work_off
from stadtplatz.tickets.tests.test_pages import walked

pytestmark = pytest.mark.usefixtures("town", "at_noon")
DAY = timedelta(days=1)


@pytest.fixture
def done(ticket, worker):
    return actions.close(ticket, outcome="done", words="Geflickt.", by=worker, at=MONDAY)


def test_two_answers_by_the_link(browser, done):
    client = browser()
    address = reverse("tickets-feedback", args=[done.case.secret])
    assert "Ist es gelöst?" in client.get(reverse("tickets-page", args=[done.case.secret])).content.decode()
    assert client.post(address, {}).status_code == 422
    client.post(address, {"solved": "yes", "score": "4"})
    row = Feedback.objects.get()
    assert (row.solved, row.score, row.reopened) == ("yes", 4, False)
    assert client.get(address).status_code == 302
    assert Ticket.objects.get().case.state == "done"


def test_not_solved_opens_it_again_by_rule(browser, done):
    client = browser()
    client.post(reverse("tickets-feedback", args=[done.case.secret]), {"solved": "no", "words": "Nur halb gefüllt."})
    ticket = Ticket.objects.get()
    assert (ticket.case.state, Feedback.objects.get().reopened) == ("new", True)
    assert ticket.case.messages.latest("id").body == "Nur halb gefüllt."


def test_a_second_not_solved_goes_to_the_responsible_and_their_head(done, worker, reporter):
    actions.give_feedback(done, solved="no", score=None, by=reporter)
    ticket = actions.close(done, outcome="done", words="Jetzt aber.", by=worker)
    row = actions.give_feedback(ticket, solved="no", score=1, by=reporter)
    assert (row.reopened, Ticket.objects.get().case.state) == (False, "done")
    work_off("tickets.feedback_given")
    told = Message.objects.filter(subject__startswith="Nicht gelöst").values_list("address", flat=True)
    assert set(told) == {"worker@example.org", "head@example.org"}


@pytest.mark.parametrize("why", ["open", "twice", "late", "stranger"])
def test_feedback_that_has_no_place_is_refused(ticket, worker, reporter, why):
    by, at = reporter, MONDAY
    if why != "open":
        actions.close(ticket, outcome="done", words="Fertig.", by=worker, at=MONDAY)
    if why == "twice":
        actions.give_feedback(ticket, solved="yes", score=None, by=by, at=at)
    if why == "late":
        at = MONDAY + 61 * DAY
    if why == "stranger":
        by = ANONYMOUS
    before = (Feedback.objects.count(), Record.objects.count())
    with pytest.raises((ActionRefused, NotAllowed)):
        actions.give_feedback(ticket, solved="no", score=None, by=by, at=at)
    assert (Feedback.objects.count(), Record.objects.count()) == before


def test_the_closing_mail_leads_to_the_two_questions(done):
    work_off("tickets.done")
    assert (
        reverse("tickets-feedback", args=[done.case.secret]) in Message.objects.get(subject__contains="erledigt").html
    )


def test_the_link_reads_and_changes_nothing_without_a_code(browser, ticket):
    client = browser()
    address = reverse("tickets-data", args=[ticket.case.secret])
    page = client.get(address).content.decode()
    assert "r…@example.org" in page
    assert "reporter@example.org" not in page
    for given in ({"email": "dieb@example.org"}, {"erase": "1"}, {"remove": "1"}):
        client.post(address, given)
    assert client.get(reverse("tickets-data-file", args=[ticket.case.secret])).status_code == 302
    ticket.refresh_from_db()
    assert ticket.case.applicant_guest.email == "reporter@example.org"
    assert ticket.text != "–"


def test_with_the_code_from_the_mail_the_reporter_changes_takes_along_and_erases(browser, ticket, worker, guest):
    client = browser()
    address = reverse("tickets-data", args=[ticket.case.secret])
    client.post(address, {"send": "1"})
    assert client.post(address, {"code": "000000"}).status_code == 409
    client.post(address, {"code": Proof.objects.get().code})
    assert "reporter@example.org" in client.get(address).content.decode()
    file = client.get(reverse("tickets-data-file", args=[ticket.case.secret]))
    assert file.json()[0]["number"] == ticket.case.number
    client.post(address, {"email": "neu@example.org"})
    ticket = Ticket.objects.select_related("case__applicant_guest").get()
    assert ticket.case.applicant_guest.email == "neu@example.org"
    assert not Guest.objects.filter(email="reporter@example.org").exists()
    actions.close(ticket, outcome="done", words="Fertig.", by=worker)
    client.post(address, {"erase": "1"})
    ticket = Ticket.objects.select_related("case").get()
    assert (ticket.text, ticket.case.applicant_guest) == ("–", None)
    assert client.get(address).status_code == 404


def test_without_a_mail_address_the_pin_is_shown_once_and_proves_it(browser):
    client = browser()
    sent = client.post(walked(client), {})["Location"]
    ticket = Ticket.objects.get()
    pin = client.cookies["pin"].value
    assert pin in client.get(sent).content.decode()
    assert pin not in browser().get(sent).content.decode()
    assert pin not in client.get(reverse("tickets-page", args=[ticket.case.secret])).content.decode()
    assert pin not in Pin.objects.get().digest
    stranger = browser()
    address = reverse("tickets-data", args=[ticket.case.secret])
    wrong = "111111" if pin != "111111" else "222222"
    assert stranger.post(address, {"code": wrong}).status_code == 409
    stranger.post(address, {"code": pin})
    stranger.post(address, {"email": "spaet@example.org"})
    assert Ticket.objects.get().case.applicant_guest.email == "spaet@example.org"


def test_a_pin_cannot_be_tried_out(browser):
    client = browser()
    client.post(walked(client), {})
    address = reverse("tickets-data", args=[Ticket.objects.get().case.secret])
    answers = [browser().post(address, {"code": f"{n:06d}"}).status_code for n in range(7)]
    assert answers[-1] == 429
    assert answers.count(429) >= 2


def test_an_open_report_goes_on_without_its_reporter(ticket):
    assert actions.erase(ticket) is False
    ticket = Ticket.objects.select_related("case").get()
    assert (ticket.case.applicant_guest, ticket.text == "–") == (None, False)
