"""In a town of one's own, because letters come by real mail servers and days pass."""

from collections.abc import Iterator
from email.message import EmailMessage
from smtplib import SMTP

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.conftest import copied_town
from tests.journeys.town import Visitor
from tests.support.mailhouse import PASSWORD, MailHouse, mail_house

ERIKA = "erika@stadt.example"
KIND = "Straße oder Gehweg"


@pytest.fixture(scope="module")
def house() -> Iterator[MailHouse]:
    with mail_house() as house:
        yield house


@pytest.fixture(scope="module")
def own_town(house, tmp_path_factory) -> Iterator[str]:
    settings = {
        "STADTPLATZ_SMTP_HOST": "127.0.0.1",
        "STADTPLATZ_SMTP_PORT": str(house.smtp_port),
        "STADTPLATZ_SMTP_STARTTLS": "0",
        "STADTPLATZ_IMAP_HOST": "localhost",
        "STADTPLATZ_IMAP_PORT": str(house.imap_port),
        "STADTPLATZ_IMAP_USER": "rathaus",
        "STADTPLATZ_IMAP_PASSWORD": PASSWORD,
        "SSL_CERT_FILE": str(house.certificate),
    }
    with copied_town(tmp_path_factory.mktemp("own") / "var", **settings) as address:
        yield address


@pytest.fixture
def somebody(browser, own_town):
    """Makes visitors of this town."""
    there: list[Visitor] = []

    def arrive(**options) -> Visitor:
        there.append(Visitor(browser, own_town, **options))
        return there[-1]

    yield arrive
    for visitor in there:
        visitor.leave()
    assert not [complaint for visitor in there for complaint in visitor.complaints]


def newest(house: MailHouse, box: str, visitor: Visitor, *, about: str) -> EmailMessage:
    """The newest mail about this that came into the mailbox, waited for."""

    def found() -> list[EmailMessage]:
        return [mail for mail in house.mails(box) if about in f"{mail['Subject']} {_words(mail)}"]

    visitor.until(lambda _page: bool(found()))
    return found()[-1]


def _words(mail: EmailMessage) -> str:
    return " ".join(mail.get_body(("plain",)).get_content().split())


def _answer(house: MailHouse, to: EmailMessage, text: str) -> None:
    """What a mail program sends when somebody presses "answer"."""
    made = EmailMessage()
    made["From"], made["To"] = f"Erika Muster <{ERIKA}>", to["Reply-To"]
    made["Subject"], made["In-Reply-To"] = f"Re: {to['Subject']}", to["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in to.get_body(("plain",)).get_content().splitlines())
    made.set_content(f"{text}\n\nAm Mo., 2. Nov. 2026 um 10:00 Uhr schrieb Rathaus Herrenberg:\n\n{quoted}")
    with SMTP("127.0.0.1", house.smtp_port) as server:
        server.send_message(made)


def _day_passes(visitor: Visitor) -> None:
    """The demo's clock moves on, and what falls due is done: post is fetched, deadlines are looked at."""
    _turn_the_clock(visitor, "Einen Tag vergehen lassen")


def _turn_the_clock(visitor: Visitor, how_far: str) -> None:
    """What falls due on the way is done before the page comes back: that takes as long as it takes."""
    visitor.page.locator(".demo-bar summary").click()
    visitor.page.get_by_role("button", name=how_far).click(timeout=60_000)
    visitor.page.wait_for_load_state()


def test_the_clerk_asks_by_mail_and_the_answer_to_that_mail_lands_on_the_report(house, somebody):
    """Out by SMTP into a real mailbox, the answer into the town hall's, from there by IMAP onto the report."""
    citizen, clerk = somebody(width=360), somebody(width=1280)
    errand = steps.report(
        citizen, "Das Pflaster senkt sich.", address="Marktplatz 5", kind=KIND, email=ERIKA, photo=False
    )
    confirmation = newest(house, "erika", citizen, about=errand.number)
    assert errand.path in _words(confirmation) or "/v/" in _words(confirmation)
    clerk.sign_in(steps.ROADS)
    steps.open_at_desk(clerk, errand)
    clerk.write("Text", "Auf welcher Seite?", within=clerk.page.locator("#message"))
    clerk.press("Rückfrage stellen, Frist ruht")
    clerk.reads("Gespeichert.")
    question = newest(house, "erika", citizen, about="Auf welcher Seite?")
    _answer(house, question, "Vor dem Rathaus, links vom Brunnen.")
    _day_passes(clerk)
    answer = clerk.page.get_by_text("Vor dem Rathaus, links vom Brunnen.")
    clerk.until(lambda _page: answer.count() > 0, tries=400)
    clerk.check()
    expect(clerk.page.get_by_text("schrieb Rathaus Herrenberg")).to_have_count(0)
    citizen.visit(errand.path)
    citizen.reads("Vor dem Rathaus, links vom Brunnen.")


def test_a_danger_at_night_wakes_the_service_on_duty_and_waits_for_no_working_day(house, somebody):
    citizen = somebody(width=360, dark=True)
    citizen.visit("/")
    _turn_the_clock(citizen, "Weiter bis in die Nacht (23 Uhr)")
    citizen.visit("/anliegen/neu/")
    citizen.write("In Ihren Worten", "Vor der Schule fehlt ein Kanaldeckel!")
    citizen.press("Weiter")
    citizen.press("Ja, jetzt")
    citizen.sees("Offener Schacht")
    expect(citizen.page.get_by_role("link", name="112")).to_be_visible()
    citizen.write("Straße und Hausnummer oder ein Ort", "Marktplatz 5")
    expect(citizen.page.get_by_role("option").first).to_be_visible()
    citizen.page.keyboard.press("Escape")
    citizen.press("Bereitschaft alarmieren")
    citizen.sees("Danke. Ihr Anliegen ist angekommen.")
    alarm = newest(house, "bodo.bauhof", citizen, about=steps.errand_on(citizen).number)
    assert str(alarm["Subject"]).startswith("GEFAHR: Offener Schacht")
    citizen.follow("Zu meinem Anliegen")
    citizen.reads("23:")


def test_a_report_that_nobody_answers_goes_to_the_head_and_then_to_the_head_above(house, somebody, own_town):
    lead = somebody(width=1280)
    errand = steps.reported_before(own_town, "Tiefes Schlagloch auf der Fahrbahn.")
    lead.sign_in("theo.tiefbau@example.org")
    told = {"Die Leitung wurde über die Verspätung informiert": 0, "Die Leitung über Tiefbauamt wurde": 0}
    steps.open_at_desk(lead, errand)
    for day in range(1, 15):
        _day_passes(lead)
        for words in told:
            if not told[words] and lead.page.locator("main").get_by_text(words).count():
                told[words] = day
        if all(told.values()):
            break
    first, then = told.values()
    assert 0 < first < then, told
    lead.check()
    head = newest(house, "tina.technik", lead, about=errand.number)
    assert errand.number in str(head["Subject"]) + _words(head)
