"""The whole way of letters: real SMTP out, a real mailbox, a real reply, real IMAP in, over TLS, on this machine."""

from email.message import EmailMessage
from smtplib import SMTP

import pytest

from stadtplatz.kit import jobs
from stadtplatz.kit.identity import set_identity
from stadtplatz.notifications.incoming import imap
from stadtplatz.notifications.models import Incoming, MailFolder, Message
from stadtplatz.tickets import actions
from stadtplatz.tickets.models import Ticket
from tests.support.mailhouse import PASSWORD, MailHouse, mail_house

pytestmark = pytest.mark.django_db
ERIKA = "erika@stadt.example"


@pytest.fixture(scope="module")
def running_house():
    with mail_house() as house:
        yield house


@pytest.fixture
def house(running_house, settings, monkeypatch) -> MailHouse:
    set_identity({"name": "Herrenberg", "contact": {"townhall_email": "rathaus@stadt.example"}})
    for user in ("rathaus", "erika", "worker"):
        running_house.empty(user)
    monkeypatch.setenv("SSL_CERT_FILE", str(running_house.certificate))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", running_house.smtp_port, False
    settings.EMAIL_HOST_USER = ""
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_SECURITY = "localhost", running_house.imap_port, "tls"
    settings.IMAP_USER, settings.IMAP_PASSWORD, settings.MAIL_IN = "rathaus", PASSWORD, True
    return running_house


def post(house, made: EmailMessage) -> None:
    with SMTP("127.0.0.1", house.smtp_port) as server:
        server.send_message(made)


def reply(to: EmailMessage, text: str) -> EmailMessage:
    """What a mail program makes when somebody presses "answer"."""
    made = EmailMessage()
    made["From"], made["To"] = f"Erika Muster <{ERIKA}>", to["Reply-To"]
    made["Subject"] = f"Re: {to['Subject']}"
    made["In-Reply-To"], made["References"] = to["Message-ID"], f"{to['References'] or ''} {to['Message-ID']}".strip()
    quoted = "\n".join(f"> {line}" for line in to.get_body(("plain",)).get_content().splitlines())
    made.set_content(f"{text}\n\nAm Mo., 2. Nov. 2026 um 10:00 Uhr schrieb Rathaus Herrenberg:\n\n{quoted}")
    return made


def fetch() -> int:
    count = imap.fetch()
    jobs.run_all()
    return count


def test_a_report_by_mail_a_question_the_answer_and_the_end(house, town, worker):
    first = EmailMessage()
    first["From"], first["To"], first["Subject"] = f"Erika Muster <{ERIKA}>", "rathaus@stadt.example", "Schlagloch"
    first["Message-ID"] = "<erste@stadt.example>"
    first.set_content("In der Straße vor der Schule ist ein tiefes Schlagloch.\n\n-- \nErika Muster\nTel. 07032 0815")
    post(house, first)
    assert fetch() == 1
    ticket = Ticket.objects.select_related("case").get()
    case = ticket.case
    assert (case.channel, ticket.text) == (
        "mail",
        "In der Straße vor der Schule ist ein tiefes Schlagloch.",
    )
    (confirmation,) = house.mails("erika")
    assert confirmation["In-Reply-To"] == "<erste@stadt.example>"
    assert confirmation["Auto-Submitted"] == "auto-replied"
    assert "Straße und Hausnummer" in " ".join(confirmation.get_body(("plain",)).get_content().split())

    actions.ask(ticket, words="In welcher Straße?", by=worker)
    jobs.run_all()
    question = house.mails("erika")[-1]
    case.refresh_from_db()
    assert (case.state, case.resting, case.due) == ("waiting", True, None)
    assert confirmation["Message-ID"] in question["References"]
    post(house, reply(question, "In der Marktstraße, vor Nummer 3."))
    assert fetch() == 1
    case.refresh_from_db()
    assert (case.state, case.resting) == ("accepted", False)
    assert case.due is not None
    answer = case.messages.get(from_applicant=True)
    assert answer.body == "In der Marktstraße, vor Nummer 3."

    actions.close(ticket, outcome="done", words="Das Loch ist zu.", by=worker)
    jobs.run_all()
    end = house.mails("erika")[-1]
    assert "Das Loch ist zu." in end.get_body(("plain",)).get_content()
    assert [mail["From"] for mail in house.mails("erika")] == ["Rathaus Herrenberg <rathaus@stadt.example>"] * 3


def test_what_was_fetched_is_not_fetched_again_and_nobody_else_reading_it_matters(house, town):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = ERIKA, "rathaus@stadt.example", "Laterne dunkel"
    made.set_content("Die Laterne ist dunkel.")
    post(house, made)
    with house.box("rathaus") as someone:  # a clerk opens the mailbox in a mail program before we do
        someone.select("INBOX")
        someone.fetch("1", "(RFC822)")
    assert (fetch(), fetch()) == (1, 0)
    MailFolder.objects.update(last_uid=0)  # as after bringing back an older backup
    assert fetch() == 1
    assert Incoming.objects.count() == Ticket.objects.count() == 1


def test_read_mails_are_moved_where_the_city_wants_them(house, town, settings):
    settings.IMAP_DONE = "Erledigt"
    with house.box("rathaus") as server:
        server.create("Erledigt")
    made = EmailMessage()
    made["From"], made["To"] = ERIKA, "rathaus@stadt.example"
    made.set_content("Die Laterne ist dunkel.")
    post(house, made)
    fetch()
    assert house.mails("rathaus") == []
    assert len(house.mails("rathaus", "Erledigt")) == 1


def test_a_mail_over_the_limit_is_not_even_fetched_and_its_sender_is_told(house, town, monkeypatch):
    from stadtplatz.notifications import rules

    monkeypatch.setattr(rules, "MOST_BYTES", 20_000)
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = ERIKA, "rathaus@stadt.example", "Viele Bilder"
    made.set_content("x" * 70 + "\n")
    made.add_attachment(b"y" * 40_000, maintype="image", subtype="jpeg", filename="a.jpg")
    post(house, made)
    fetch()
    row = Incoming.objects.get()
    assert (row.state, row.reason, row.subject) == ("aside", "too-big", "Viele Bilder")
    assert row.size > 40_000
    assert house.mails("erika")[0]["Subject"] == "Ihre E-Mail war zu groß"
    assert not Ticket.objects.exists()


def test_out_of_office_notices_and_robots_do_not_go_round_in_circles(house, town, worker):
    """Erika's mailbox answers every mail by itself, once politely and once by a robot that says nothing of it."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = ERIKA, "rathaus@stadt.example", "Laterne dunkel"
    made.set_content("Die Laterne ist dunkel.")
    post(house, made)
    fetch()
    answered = 0
    for _round in range(6):
        mails = house.mails("erika")
        for mail in mails[answered:]:
            notice = reply(mail, "Ich bin bis Montag nicht da.")
            notice["Auto-Submitted"] = "auto-replied"
            post(house, notice)
            robot = EmailMessage()
            robot["From"], robot["To"], robot["Subject"] = (
                ERIKA,
                "rathaus@stadt.example",
                "Ihre Nachricht ist eingegangen",
            )
            robot.set_content(f"Vorgang {answered}")
            post(house, robot)
        answered = len(mails)
        fetch()
    assert answered == 1
    assert Message.objects.filter(address=ERIKA).count() == 1
    assert Incoming.objects.filter(reason="automatic").count() == 1


def test_a_closed_mailbox_is_noted_for_the_operator_and_mended_by_itself(house, settings):
    settings.IMAP_PASSWORD = "falsch"
    assert fetch() == 0
    assert MailFolder.objects.get().error
    settings.IMAP_PASSWORD = PASSWORD
    fetch()
    assert MailFolder.objects.get().error == ""


def test_a_server_that_nobody_vouches_for_is_not_spoken_to(house, settings, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert fetch() == 0
    assert MailFolder.objects.get().error == "SSLCertVerificationError"
