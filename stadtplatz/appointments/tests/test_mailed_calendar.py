"""The appointment as a file in the customer's mail, as a mail program receives it over SMTP."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from icalendar import Calendar

from stadtplatz.appointments import actions
from stadtplatz.appointments.tests.town import berlin, booked, chair, haircut, member, salon
from stadtplatz.kit import clock
from stadtplatz.kit import jobs as work
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.notifications.jobs import empty_old_messages
from stadtplatz.notifications.models import Message
from tests.support.servers import free_port

pytestmark = pytest.mark.django_db


class PostOffice:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - named by aiosmtpd
        self.mails.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"

    def files(self, address):
        """Of every mail to this address its calendar file: how the mail announces it, and what stands in it."""
        work.run_all()
        mails = [mail for to, mail in self.mails if to == address]
        return [(part, part.get_content()) for mail in mails for part in mail.iter_attachments()]


@pytest.fixture
def office(settings):
    handler = PostOffice()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
    yield handler
    controller.stop()


@pytest.fixture
def shop():
    return salon("Salon Schönhaar (erfunden)", "schoenhaar", hours="Mo-Su 00:00-24:00; PH 00:00-24:00")


@pytest.fixture
def owner(shop):
    return member(shop)


@pytest.fixture
def service(shop, owner):
    chair(shop)
    return haircut(shop, lead_hours=0, title="Schneiden & Föhnen für Größere")


def soon(hour=10):
    return f"{clock.today() + timedelta(days=3):%Y-%m-%d} {hour:02d}:00"


def event_of(content):
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def test_booking_moving_and_cancelling_are_one_entry_in_the_customers_calendar(office, service):
    row = booked(service, soon(), at=clock.now())
    office.files("anna@example.org")
    actions.move(row, starts_at=berlin(soon(12)), by=LINK_HOLDER)
    office.files("anna@example.org")
    actions.advance(row, move="cancel", by=LINK_HOLDER)
    files = office.files("anna@example.org")
    told = [(part.get_content_type(), part.get_param("method"), part.get_filename()) for part, _content in files]
    assert told == [("text/calendar", method, "termin.ics") for method in ("PUBLISH", "PUBLISH", "CANCEL")]
    entries = [event_of(content) for _part, content in files]
    assert len({str(entry["UID"]) for entry in entries}) == 1
    assert [int(entry["SEQUENCE"]) for entry in entries] == [1, 2, 3]
    assert [str(entry["STATUS"]) for entry in entries] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [entry["DTSTART"].dt for entry in entries] == [berlin(soon(10)), berlin(soon(12)), berlin(soon(12))]


def test_umlauts_and_ends_of_lines_arrive_as_they_were_written(office, service):
    booked(service, soon(), at=clock.now())
    ((part, content),) = office.files("anna@example.org")
    assert part["content-transfer-encoding"] == "base64"
    raw = part.get_payload(decode=True)
    assert b"\n" not in raw.replace(b"\r\n", b"")
    entry = event_of(content)
    assert str(entry["SUMMARY"]) == "Schneiden & Föhnen für Größere – Salon Schönhaar (erfunden)"
    assert (str(entry["ORGANIZER"]), entry["ORGANIZER"].params["CN"]) == (
        "mailto:schoenhaar@example.org",
        "Salon Schönhaar (erfunden)",
    )
    assert "ATTENDEE" not in entry  # a published event asks nobody for an answer


def test_a_time_only_asked_for_is_tentative_and_gone_when_the_shop_says_no(office, service, owner):
    service.ask_first = True
    service.save()
    row = booked(service, soon(), at=clock.now())
    office.files("anna@example.org")
    actions.advance(row, move="decline", by=owner, reason="Da ist schon jemand.")
    files = office.files("anna@example.org")
    assert [part.get_param("method") for part, _content in files] == ["PUBLISH", "CANCEL"]
    assert [str(event_of(content)["STATUS"]) for _part, content in files] == ["TENTATIVE", "CANCELLED"]


def test_the_shop_gets_no_file_because_its_calendar_reads_ours(office, service):
    booked(service, soon(), at=clock.now())
    office.files("anna@example.org")
    mails = [mail for to, mail in office.mails if to != "anna@example.org"]
    assert mails
    assert not any(list(mail.iter_attachments()) for mail in mails)


def test_the_file_is_forgotten_with_the_text_of_the_mail(service):
    booked(service, soon(), at=clock.now())
    work.run_all()
    message = Message.objects.get(address="anna@example.org")
    assert "BEGIN:VEVENT" in message.calendar
    Message.objects.update(created_at=clock.now() - timedelta(days=4000))
    empty_old_messages()
    message.refresh_from_db()
    assert (message.calendar, message.text) == ("", "")
