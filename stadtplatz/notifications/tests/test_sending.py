"""Sending over real SMTP on this machine."""

import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from stadtplatz.accounts.actions import create_person, leave_contact
from stadtplatz.kit.identity import set_identity
from stadtplatz.kit.jobs import run_all
from stadtplatz.kit.models import Job
from stadtplatz.notifications import actions
from stadtplatz.notifications.jobs import NotTaken, send
from stadtplatz.notifications.models import Message

pytestmark = pytest.mark.django_db
TEMPLATE = "accounts/mail/guest_code"


class PostOffice:
    """Takes every mail, or answers as it is told."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - named by aiosmtpd
        if self.answer.startswith("250"):
            self.received.append(envelope.content)
            self.recipients = envelope.rcpt_tos
        return self.answer

    def mails(self):
        return [message_from_bytes(raw, policy=policy.default) for raw in self.received]


@pytest.fixture
def office(settings):
    handler = PostOffice()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST_USER = ""
    yield handler
    controller.stop()


def _write(to=None, **more) -> Message:
    to = to or leave_contact(name="Jörg Müller", email="joerg@example.org")
    return actions.notify(to=to, template=TEMPLATE, context={"code": "123456"}, **more)


def test_a_mail_arrives_with_text_html_and_its_headers(office):
    set_identity({"name": "Herrenberg", "contact": {"townhall_email": "rathaus@stadt.example"}})
    message = _write(reply_to="ticket:7")
    run_all()
    mail = office.mails()[0]
    message.refresh_from_db()
    assert message.state == Message.SENT
    assert message.sent_at
    assert office.recipients == ["joerg@example.org"]
    assert mail["From"] == "Rathaus Herrenberg <rathaus@stadt.example>"
    assert mail["Reply-To"] == f"rathaus+{message.token}@stadt.example"
    assert mail["Message-ID"].startswith(f"<{message.token}.")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip() == f"<http://localhost:8000/abmelden/{message.token}/>"
    assert "123456" in mail.get_body(("plain",)).get_content()
    assert "123456" in mail.get_body(("html",)).get_content()


def test_the_marketplace_writes_in_its_own_name(office):
    set_identity({"name": "Herrenberg", "contact": {"market_email": "markt@stadt.example"}})
    _write(sender="market")
    run_all()
    assert office.mails()[0]["From"] == "Marktplatz Herrenberg <markt@stadt.example>"


def test_what_must_arrive_carries_no_unsubscribe_link(office):
    _write(kind="contract")
    run_all()
    assert office.mails()[0]["List-Unsubscribe"] is None
    assert "Abbestellen" not in office.mails()[0].get_body(("plain",)).get_content()


def test_a_busy_server_is_asked_again_and_nothing_is_lost(office):
    message = _write()
    office.answer = "451 busy"
    run_all()
    with pytest.raises(NotTaken):
        send(message.pk)
    message.refresh_from_db()
    assert (message.state, message.error) == (Message.WAITING, "SMTPDataError 451")
    job = Job.objects.get(name=send.name)
    assert "joerg@example.org" not in job.error
    office.answer = "250 OK"
    send(message.pk)
    message.refresh_from_db()
    assert message.state == Message.SENT
    assert len(office.received) == 1


def test_a_lasting_refusal_fails_the_message_and_ends_the_trying(office):
    message = _write()
    office.answer = "550 no such user"
    run_all()
    message.refresh_from_db()
    assert message.state == Message.FAILED
    assert not Job.objects.filter(name=send.name).exists()


def test_a_killed_worker_sends_at_worst_twice_with_the_same_id(office):
    message = _write()
    send(message.pk)
    Message.objects.update(
        state=Message.WAITING
    )  # the worker died before it could write down that the server had taken it
    send(message.pk)
    first, second = office.mails()
    assert first["Message-ID"] == second["Message-ID"]
    send(message.pk)
    assert len(office.received) == 2


def test_an_unreachable_server_leaves_the_message_waiting(office, settings):
    settings.EMAIL_PORT = 1
    message = _write()
    with pytest.raises(NotTaken):
        send(message.pk)
    message.refresh_from_db()
    assert (message.state, message.error) == (Message.WAITING, "ConnectionRefusedError")


def test_people_hear_it_in_their_language(office):
    _write(create_person(email="joan@example.org", language="en"))
    run_all()
    assert office.mails()[0]["Subject"] == "Your code: 123456"
