"""Reports by telephone, at the counter and by letter: staff write them down for somebody, with the channel and a letter to print."""

import re
from datetime import timedelta

import pytest

from stadtplatz.accounts.models import Guest
from stadtplatz.kit import clock
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.jobs import run_all
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.notifications.models import Message
from stadtplatz.tickets import actions
from stadtplatz.tickets.actions.entry import Told
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.tests.conftest import PLACE, picture

NEW = "/desk/anliegen/neu/"


def filled(**changed):
    given = {
        "channel": "phone",
        "text": "Frau ruft an: tiefes Loch im Gehweg vor der Post.",
        "lon": PLACE[0],
        "lat": PLACE[1],
        "address": "",
        "category": "road-damage",
        "language": "de",
        "once": "a" * 22,
    }
    return given | changed


def test_a_call_becomes_a_report_of_the_caller_with_channel_and_letter(browser, town):
    desk = browser(town.people.worker)
    assert desk.get(NEW).status_code == 200
    answer = desk.post(NEW, filled(name="Mia Muster", phone="07032 123456", photos=[picture()]))
    ticket = Ticket.objects.get()
    assert answer["Location"] == f"/desk/anliegen/{ticket.case.number}/brief/"
    assert ticket.case.channel == "phone"
    assert ticket.case.applicant_person is None
    assert (ticket.case.applicant_guest.name, ticket.case.applicant_guest.phone) == ("Mia Muster", "07032 123456")
    assert ticket.case.unit == town.roads
    assert ticket.case.documents.count() == 1
    letter = desk.get(answer["Location"]).content.decode()
    for part in (ticket.case.number, ticket.case.spelled_code, "<svg role=", f"/v/{ticket.case.secret}/", "Tiefbauamt"):
        assert part in letter
    kept = Message.objects.get(medium="letter")
    assert kept.errand_number == ticket.case.number
    assert ticket.case.number in kept.html


def test_without_contact_nobody_is_kept_and_the_staff_member_is_not_the_reporter(browser, town):
    browser(town.people.worker).post(NEW, filled(channel="counter", name="Nur ein Name"))
    case = Ticket.objects.get().case
    assert (case.channel, case.applicant_person, case.applicant_guest) == ("counter", None, None)
    assert not Guest.objects.exists()


def test_with_an_address_the_caller_gets_the_mail_in_their_language(browser, town):
    browser(town.people.worker).post(NEW, filled(email="mia@example.org", language="ar"))
    run_all()
    mail = Message.objects.get(address="mia@example.org")
    assert mail.language == "ar"
    assert 'dir="rtl"' in mail.html
    assert 'dir="rtl"' in Message.objects.get(medium="letter").html


def test_sent_twice_it_is_one_report(browser, town):
    desk = browser(town.people.worker)
    first, second = desk.post(NEW, filled()), desk.post(NEW, filled())
    assert first["Location"] == second["Location"]
    assert Ticket.objects.count() == 1
    assert Message.objects.filter(medium="letter").count() == 1


def test_the_words_suggest_the_kind_and_nothing_is_lost_or_sent(browser, town):
    page = browser(town.people.worker).post(
        NEW, filled(category="", suggest="1", name="Mia Muster", text="Da ist ein Schlagloch!")
    )
    shown = page.content.decode()
    assert page.status_code == 200
    assert '<option value="road-damage" selected>' in shown
    assert "Da ist ein Schlagloch!" in shown
    assert "Mia Muster" in shown
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    "changed", [{"text": ""}, {"category": ""}, {"channel": "web"}, {"lon": "", "lat": ""}, {"email": "no"}]
)
def test_what_is_missing_is_said_and_nothing_is_kept(browser, town, changed):
    page = browser(town.people.worker).post(NEW, filled(**changed))
    assert page.status_code == 422
    assert not Ticket.objects.exists()
    assert not Guest.objects.exists()


def test_only_staff_write_down_for_others(browser, town):
    for somebody in (browser(), browser(town.people.citizen)):
        assert somebody.get(NEW).status_code in {302, 403, 404}
        assert somebody.post(NEW, filled()).status_code in {302, 403, 404}
    told = Told(channel="phone", text="Ein Loch im Weg", category=town.pothole, place=PLACE)
    with pytest.raises(NotAllowed):
        actions.write_down(told, by=ANONYMOUS)
    assert not Ticket.objects.exists()


def test_other_channels_are_not_written_down_by_hand(worker, town):
    told = Told(channel="web", text="Ein Loch im Weg", category=town.pothole, place=PLACE)
    with pytest.raises(ActionRefused):
        actions.write_down(told, by=worker)
    assert not Ticket.objects.exists()


def test_whoever_wrote_it_down_prints_the_letter_even_if_another_unit_is_responsible(browser, town):
    desk = browser(town.people.worker)
    letter = desk.post(NEW, filled(category="green", text="Ein Ast hängt herab."))["Location"]
    case = Ticket.objects.get().case
    assert case.unit == town.green
    page = desk.get(letter)
    assert page.status_code == 200
    assert case.spelled_code in page.content.decode()
    assert f"/desk/anliegen/{case.number}/" not in page.content.decode().split("<main")[1]
    assert desk.get(f"/desk/anliegen/{case.number}/").status_code == 404


def test_nobody_else_prints_it_and_it_ends_after_a_day(browser, town, monkeypatch):
    letter = browser(town.people.worker).post(NEW, filled(category="green", text="Ein Ast hängt herab."))["Location"]
    assert browser(town.people.citizen).get(letter).status_code in {302, 403, 404}
    assert browser().get(letter).status_code in {302, 403, 404}
    tomorrow = clock.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    assert browser(town.people.worker).get(letter).status_code == 404


def test_reports_that_people_sent_themselves_have_no_letter_for_staff(browser, town, report):
    ticket = report()
    assert browser(town.people.worker).get(f"/desk/anliegen/{ticket.case.number}/").status_code == 200
    assert browser(town.people.worker).get(f"/desk/anliegen/{ticket.case.number}/brief/").status_code == 404


def test_the_letter_of_a_call_shows_the_pin_once(browser, town):
    desk = browser(town.people.worker)
    letter = desk.post(NEW, filled(phone="07032 123"))["Location"]
    page = desk.get(letter).text
    ticket = Ticket.objects.get()
    (digits,) = re.findall(r'class="code-block">(\d{6})<', page)
    actions.check_pin(ticket, digits)
    assert digits not in Message.objects.get(medium="letter").html
    assert digits not in browser(town.people.worker).get(letter).text


def test_who_gave_an_address_needs_no_pin(browser, town):
    desk = browser(town.people.worker)
    letter = desk.post(NEW, filled(email="mia@example.org"))["Location"]
    assert "PIN" not in desk.get(letter).text.split("<main")[1]
