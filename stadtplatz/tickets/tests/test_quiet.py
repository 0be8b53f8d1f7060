"""Reporters may switch automatic messages off; those who joined are asked how it ended, too."""

from datetime import timedelta

import pytest

from stadtplatz.audit.models import Record
from stadtplatz.kit import jobs
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.notifications.models import Message
from stadtplatz.tickets import actions
from stadtplatz.tickets.models import Echo, EchoFeedback, Feedback, Ticket
from stadtplatz.tickets.tests.conftest import MONDAY

pytestmark = pytest.mark.usefixtures("town", "at_noon")


def mails(address="reporter@example.org"):
    jobs.run_all()
    return list(Message.objects.filter(address=address).order_by("id").values_list("subject", flat=True))


def test_switched_off_no_mail_says_how_it_goes_on_and_a_persons_words_still_come(ticket, worker, browser):
    assert len(mails()) == 1
    page, client = f"/anliegen/{ticket.case.secret}/", browser()
    assert f"{page}#nachrichten" in Message.objects.get(address="reporter@example.org").html
    assert client.post(f"{page}nachrichten/", {"news": "off"}).status_code == 302
    assert "keine automatischen Nachrichten" in client.get(page).text
    actions.accept(ticket, by=worker)
    assert len(mails()) == 1
    actions.write(ticket, body="Wir kommen morgen.", by=worker)
    assert len(mails()) == 2
    assert client.post(f"{page}nachrichten/", {"news": "on"}).status_code == 302
    actions.close(ticket, outcome="done", words="Geflickt.", by=worker)
    assert len(mails()) == 3
    verbs = list(Record.objects.filter(verb__startswith="tickets.news").order_by("id").values_list("verb", flat=True))
    assert verbs == ["tickets.news_off", "tickets.news_on"]


def test_nobody_else_switches_anything_off(ticket, worker):
    for by in (ANONYMOUS, worker):
        with pytest.raises(NotAllowed):
            actions.keep_quiet(ticket, quiet=True, by=by)
    assert not Ticket.objects.get().quiet
    assert not Record.objects.filter(verb="tickets.news_off").exists()


def test_without_a_mail_address_there_is_nothing_to_switch_off(report, browser):
    ticket = report()
    assert 'id="nachrichten"' not in browser().get(f"/anliegen/{ticket.case.secret}/").text


@pytest.fixture
def joined(ticket, worker):
    """Somebody whom it concerns too, with an address; the report is done since then."""
    echo = actions.join(ticket, kind=Echo.ME_TOO, by=ANONYMOUS, email="nachbar@example.org", at=MONDAY)
    actions.close(ticket, outcome="done", words="Geflickt.", by=worker, at=MONDAY + timedelta(hours=1))
    return echo


def test_who_joined_is_asked_by_their_own_link_and_counted_apart(joined, browser, town, settings):
    where = f"/anliegen/mit/{joined.secret}/rueckmeldung/"
    jobs.run_all()
    assert (
        f'href="{settings.BASE_URL}{where}"' in Message.objects.filter(address="nachbar@example.org").latest("id").html
    )
    client = browser()
    assert where in client.get(f"/anliegen/mit/{joined.secret}/").text
    page = client.get(where).text
    assert joined.ticket.case.number not in page
    assert client.post(where, {}).status_code == 422
    assert client.post(where, {"solved": "yes", "score": "5"}).status_code == 302
    row = EchoFeedback.objects.get()
    assert (row.solved, row.score) == ("yes", 5)
    assert not Feedback.objects.exists()
    assert client.post(where, {"solved": "no"}).status_code == 302
    assert EchoFeedback.objects.count() == 1


def test_their_no_is_told_to_the_responsible_and_opens_nothing(joined, browser):
    browser().post(f"/anliegen/mit/{joined.secret}/rueckmeldung/", {"solved": "no"})
    assert Ticket.objects.get().case.state == "done"
    assert Echo.objects.filter(kind=Echo.STILL_THERE).count() == 1
    assert any("Noch da" in subject or "noch da" in subject for subject in mails("worker@example.org"))


def test_followers_and_strangers_are_not_asked(joined, browser, ticket):
    Echo.objects.filter(pk=joined.pk).update(kind=Echo.FOLLOW)
    with pytest.raises(ActionRefused):
        actions.give_echo_feedback(joined, solved="no", score=None, by=ANONYMOUS)
    assert browser().get(f"/anliegen/mit/{'x' * 22}/rueckmeldung/").status_code == 404
    assert not EchoFeedback.objects.exists()


def test_heads_read_both_apart(joined, browser, town):
    browser().post(f"/anliegen/mit/{joined.secret}/rueckmeldung/", {"solved": "yes"})
    assert "sagt 1 Person, die es auch betrifft" in browser(town.people.head).get("/desk/anliegen/auswertung/").text
