"""What is written to the outbox, for whom, and when it is held back."""

import pytest
from django.test import override_settings

from stadtplatz.accounts.actions import leave_contact
from stadtplatz.accounts.models import Person
from stadtplatz.kit.models import Job
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.notifications import actions, queries, rules
from stadtplatz.notifications.models import Message

pytestmark = pytest.mark.django_db
MAIL = "notifications/tests/example"


@pytest.fixture(autouse=True)
def _example_template(settings, tmp_path):
    folder = tmp_path / "notifications/tests"
    folder.mkdir(parents=True)
    (folder / "example.html").write_text(
        '{% extends "notifications/mail.html" %}{% load i18n %}'
        "{% block subject %}{{ what }}{% endblock %}"
        "{% block body %}<h1>{{ what }}</h1><p>Guten Tag {{ name }},</p>"
        "<ul><li>Erstens</li><li>Zweitens</li></ul><blockquote>{{ quote }}</blockquote>"
        '<p class="action"><a href="{{ link }}">Vorgang ansehen</a></p>{% endblock %}'
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def _tell(to, **changes):
    given = {
        "context": {"what": "Ihr Schlagloch", "quote": "Zeile <b>eins</b>"},
        "link": "/v/abc/",
        "errand_number": "A-234-5678",
    }
    return actions.notify(to=to, template=MAIL, **given | changes)


def test_a_guest_gets_text_and_html_from_one_template():
    message = _tell(leave_contact(name="Erika Muster", email="Erika@Example.org"))
    assert message.address == "erika@example.org"
    assert message.subject == "Ihr Schlagloch"
    assert "Guten Tag Erika Muster," in message.text
    assert "- Erstens\n- Zweitens" in message.text
    assert "> Zeile <b>eins</b>" in message.text
    assert "Vorgang ansehen: http://localhost:8000/v/abc/" in message.text
    assert "Zeile &lt;b&gt;eins&lt;/b&gt;" in message.html
    assert "<h1>" not in message.fragment
    assert "<li>Erstens</li>" in message.fragment
    assert "<style" not in message.fragment


def test_without_a_mail_server_mails_stay_in_the_mailbox():
    message = _tell(leave_contact(email="erika@example.org"))
    assert message.state == Message.KEPT
    assert queries.mailbox() == [message]
    assert not Job.objects.exists()


@override_settings(EMAIL_HOST="mail.example.org")
def test_with_a_mail_server_a_job_waits():
    assert _tell(leave_contact(email="erika@example.org")).state == Message.WAITING
    assert Job.objects.get().name == "notifications.jobs.send"


def test_a_guest_without_address_is_not_written_to():
    assert _tell(leave_contact(name="Erika", phone="07032 123")) is None
    assert not Message.objects.exists()


def test_the_same_cause_writes_once():
    guest = leave_contact(email="erika@example.org")
    assert _tell(guest, once="fact:7") == _tell(guest, once="fact:7")
    assert Message.objects.count() == 1


def test_nobody_can_flood_a_strangers_mailbox():
    for _turn in range(12):
        _tell(leave_contact(email="opfer@example.org"))
    states = list(Message.objects.order_by("id").values_list("state", flat=True))
    limit = rules.CAPS["news"][0][0]
    assert states == [Message.KEPT] * limit + [Message.HELD] * (12 - limit)


def test_the_confirmation_of_an_order_is_not_held_by_other_mails():
    for _turn in range(12):
        _tell(leave_contact(email="kunde@example.org"))
    assert _tell(leave_contact(email="kunde@example.org"), kind="contract").state == Message.KEPT


def test_people_with_an_account_are_not_capped():
    erika = Person.objects.create_user("erika@example.org")
    for _turn in range(10):
        _tell(erika)
    assert set(Message.objects.values_list("state", flat=True)) == {Message.KEPT}


def test_a_stopped_kind_is_not_mailed_but_shown_to_people_with_an_account():
    erika = Person.objects.create_user("erika@example.org")
    actions.stop(address="Erika@example.org", kind="errand")
    assert _tell(erika).state == Message.IN_APP
    assert _tell(leave_contact(email="erika@example.org")) is None
    assert _tell(erika, kind="contract").state == Message.KEPT


def test_what_the_law_asks_for_cannot_be_stopped():
    with pytest.raises(ValueError, match="cannot be stopped"):
        actions.stop(address="erika@example.org", kind="contract")


def test_no_header_can_be_smuggled_in():
    message = _tell(
        leave_contact(name="Erika\r\nBcc: x@example.org", email="erika@example.org"),
        context={"what": "A\r\nBcc: y@example.org"},
    )
    assert "\n" not in message.subject
    with pytest.raises(ActionRefused):
        leave_contact(email="a@example.org\nBcc: x@example.org")


def test_paper_lies_in_the_mailbox():
    paper = actions.keep_paper(kind="label", title="Abholschein", html="<p>B-234</p>", errand_number="B-234")
    assert queries.mailbox(kind="label") == [paper]
    with pytest.raises(ValueError, match="Paper is"):
        actions.keep_paper(kind="stone", title="x", html="")
