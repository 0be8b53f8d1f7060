"""Reporting something, and following it until it is done."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.test_ordering import WAYS

KIND = "Straße oder Gehweg"
THEO = "theo.tiefbau@example.org"


@pytest.mark.parametrize("way", WAYS)
def test_somebody_without_account_reports_a_pothole_with_a_photo(visitor, way):
    citizen = visitor(**WAYS[way])
    errand = steps.report(
        citizen,
        f"Ein tiefes Schlagloch ({way}).",
        address="Marktplatz 5",
        kind=KIND,
        email=f"{way.replace(' ', '-')}@example.org",
    )
    citizen.reads("Marktplatz 5", "Tiefbauamt")
    expect(citizen.page.locator("main img").first).to_be_visible()
    stranger = visitor(width=360)
    steps.newest_mail(stranger, f"{way.replace(' ', '-')}@example.org", about=errand.number)


def test_the_clerk_asks_the_citizen_answers_and_the_clerk_closes_with_a_reason(visitor):
    citizen, clerk = visitor(width=360), visitor(role=steps.ROADS, width=1280)
    errand = steps.report(
        citizen, "Ein Loch so tief wie ein Eimer.", address="Marktplatz 5", kind=KIND, email="eimer@example.org"
    )
    steps.open_at_desk(clerk, errand)
    clerk.press("Annehmen")
    clerk.reads("Angenommen")
    clerk.write("Text", "Auf welcher Seite der Straße?", within=clerk.page.locator("#message"))
    clerk.press("Rückfrage stellen, Frist ruht")
    clerk.reads("Gespeichert.")
    clerk.check()
    citizen.visit(errand.path)
    citizen.sees("Die Stadt fragt Sie")
    citizen.reads("Auf welcher Seite der Straße?")
    citizen.write("Nachricht", "Vor dem Haus mit der Linde, rechts.", within=citizen.page.locator("#answer"))
    citizen.press("Absenden", within=citizen.page.locator("#answer"))
    citizen.reads("Vor dem Haus mit der Linde, rechts.")
    steps.open_at_desk(clerk, errand)
    clerk.reads("Vor dem Haus mit der Linde, rechts.")
    steps.close_with_reason(clerk, "Das Loch ist gefüllt. Danke für den Hinweis.")
    citizen.visit(errand.path)
    citizen.reads("Erledigt", "Das Loch ist gefüllt. Danke für den Hinweis.")
    citizen.sees("Nicht gelöst?", check=False)
    citizen.follow("Zwei Fragen beantworten")
    citizen.sees("Zwei Fragen, eine halbe Minute")
    citizen.pick(citizen.page.get_by_role("radio", name="Ja"))
    citizen.pick(citizen.page.get_by_role("radio", name="Sehr zufrieden"))
    citizen.press("Antworten senden")
    citizen.reads("Danke für Ihre Antworten.")
    citizen.check()


@pytest.mark.parametrize("way", ["on a phone", "by keyboard at a desk", "without scripts on a phone"])
def test_who_says_that_it_is_not_solved_opens_the_report_again(visitor, way):
    citizen, clerk = visitor(**WAYS[way]), visitor(role=steps.ROADS, width=1280)
    errand = steps.report(citizen, "Das Gitter fehlt immer noch.", address="Marktplatz 5", kind=KIND, photo=False)
    steps.open_at_desk(clerk, errand)
    steps.close_with_reason(clerk, "Das Gitter ist wieder da.")
    citizen.visit(errand.path)
    citizen.follow("Zwei Fragen beantworten")
    citizen.pick(citizen.page.get_by_role("radio", name="Nein"))
    citizen.write("Was fehlt noch?", "Es fehlt weiterhin.")
    citizen.press("Antworten senden")
    citizen.reads("Ihr Anliegen ist wieder offen")
    citizen.check()


@pytest.mark.parametrize("way", ["on a phone", "by keyboard at a desk", "without scripts on a phone"])
def test_with_the_pin_somebody_leaves_an_address_and_has_the_data_erased(visitor, way):
    citizen = visitor(**WAYS[way])
    steps.describe(citizen, "Am Spielplatz liegt Glas.", photo=False)
    steps.name_place(citizen, "Marktplatz 5")
    steps.choose_kind(citizen, KIND)
    citizen.press("Anliegen absenden")
    citizen.sees("Danke. Ihr Anliegen ist angekommen.")
    pin = re.search(r"^\d{6}$", citizen.page.locator("main").inner_text(), re.MULTILINE)[0]
    citizen.follow("Zu meinem Anliegen")
    citizen.follow("Kontakt ändern, Daten mitnehmen, löschen")
    citizen.write("Code oder PIN", pin)
    citizen.press("Weiter")
    citizen.sees("Wohin Nachrichten gehen")
    citizen.write("Ihre E-Mail-Adresse", "spaeter@example.org")
    citizen.press("Diese Adresse verwenden")
    citizen.reads("spaeter@example.org")
    citizen.check()
    citizen.use(citizen.page.locator("summary", has_text="Meine Daten löschen"))
    citizen.reads("Möchten Sie Ihre Daten löschen?")
    citizen.press("Ja, löschen")
    citizen.reads("Ihr Kontakt und Ihre Nachrichten sind gelöscht.")
    citizen.check()


def test_the_way_from_the_first_page_to_a_sent_report_is_short(visitor, capsys):
    """How long it takes depends on the machine and on the person, so it is printed; how much has to be done does not."""
    citizen = visitor(width=360)
    begun = time.monotonic()
    steps.report(citizen, "Tiefes Schlagloch vor dem Tor.", address="Marktplatz 5", kind=KIND, photo=True)
    seconds = time.monotonic() - begun
    with capsys.disabled():
        print(
            f"\nA report with photo on a phone: {citizen.taps} taps, {citizen.signs} characters typed, "
            f"{seconds:.0f} s with a browser that looks at each page for hindrances on the way"
        )
    assert citizen.taps <= 10
    assert citizen.signs <= 50


def test_a_matter_for_politics_gets_an_honest_pointer(visitor):
    """The administration says that it does not decide this, who said so, where the words went, and what people can do themselves."""
    citizen, clerk = visitor(width=360), visitor(role="bea.buergernah@example.org", width=1280)
    errand = steps.report(
        citizen, "Die Hundesteuer ist zu hoch.", address="Marktplatz 5", kind="Idee oder Lob", photo=False
    )
    steps.open_at_desk(clerk, errand)
    form = clerk.page.locator("#close")
    clerk.press("Das entscheidet der Gemeinderat", role="link", within=form)
    expect(form.get_by_role("radio", name="Nicht zuständig")).to_be_checked()
    clerk.write("Von wem stammt die Auskunft", "Kämmerei, heute am Telefon", within=form)
    clerk.write("Weitergeleitet an", "Geschäftsstelle des Gemeinderats", within=form)
    clerk.press("Abschließen und mitteilen")
    clerk.reads("Gespeichert.")
    citizen.visit(errand.path)
    citizen.reads("Weitergeleitet an: Geschäftsstelle des Gemeinderats", "das entscheidet nicht die Verwaltung")


def test_a_report_that_came_to_the_wrong_unit_is_passed_on(visitor):
    citizen, clerk = visitor(width=1280), visitor(role=steps.ROADS, width=1280)
    errand = steps.report(citizen, "Eine Fahrbahn voller Sand.", address="Marktplatz 5", kind=KIND, photo=False)
    steps.open_at_desk(clerk, errand)
    clerk.use(clerk.page.get_by_role("link", name="Weitergeben"))
    clerk.sees("Weitergeben")
    clerk.page.get_by_label("An wen?").select_option(label="Bauhof")
    clerk.write("Grund", "Der Bauhof kehrt hier ohnehin.")
    clerk.press("Weitergeben")
    clerk.reads("Weitergegeben. Die andere Stelle weiß Bescheid.")
    clerk.check()
    citizen.visit(errand.path)
    citizen.reads("Bauhof")
    expect(citizen.page.get_by_text("Der Bauhof kehrt hier ohnehin.")).to_have_count(0)
    citizen.check()


@pytest.mark.parametrize("hand", ["keyboard", "finger"])
def test_the_place_can_be_chosen_on_the_map(visitor, hand):
    citizen = visitor(width=360, keyboard=hand == "keyboard")
    steps.describe(citizen, "Hier fehlt ein Pflasterstein.", photo=False)
    steps.choose_on_map(citizen)
    citizen.press("Weiter")
    citizen.sees("Worum geht es?")
    steps.choose_kind(citizen, KIND)
    steps.send(citizen)


def test_a_report_can_be_made_in_english(visitor):
    guest = visitor(width=360)
    guest.visit("/")
    guest.use(guest.page.get_by_role("contentinfo").get_by_role("link", name="English"))
    guest.sees("What would you like to do")
    guest.follow("Report something")
    guest.sees("What have you noticed?")
    guest.write("In your words", "A street light is dark.")
    guest.press("Continue")
    guest.sees("Where is it?")
    guest.write("Street and house number, or a place", "Marktplatz 5")
    expect(guest.page.get_by_role("option").first).to_be_visible()
    guest.page.keyboard.press("Escape")
    guest.press("Continue")
    guest.sees("What is it about?")
    guest.use(guest.page.get_by_role("button", name="Broken street light").first)
    steps.answer_questions(guest, "en")
    guest.sees("Check and send")
    guest.press("Send the report")
    guest.sees("Thank you. Your report has arrived.")
    assert guest.page.url.startswith(f"{guest.town}/en/")


def test_number_and_typed_code_lead_back_to_the_report(visitor):
    citizen = visitor(width=360)
    errand = steps.report(citizen, "Ein Deckel klappert.", address="Marktplatz 5", kind=KIND, photo=False)
    later = visitor(width=1280)
    later.visit("/finden/")
    later.write("Nummer", errand.number)
    later.write("Code", errand.code)
    later.press("Meinen Vorgang zeigen")
    later.reads("Ein Deckel klappert.")
    later.check()


def test_a_danger_at_night_is_alarmed_with_two_taps_and_a_place(visitor):
    citizen, clerk = visitor(width=360), visitor(width=1280)
    citizen.visit("/anliegen/neu/")
    citizen.write("In Ihren Worten", "Vor der Schule fehlt ein Kanaldeckel!")
    citizen.press("Weiter")
    citizen.sees("Kann dort jetzt jemand hineinfallen?")
    citizen.press("Ja, jetzt")
    citizen.sees("Offener Schacht")
    expect(citizen.page.get_by_role("link", name="112")).to_be_visible()
    citizen.write("Straße und Hausnummer oder ein Ort", "Marktplatz 5")
    expect(citizen.page.get_by_role("option").first).to_be_visible()
    citizen.page.keyboard.press("Escape")
    citizen.press("Bereitschaft alarmieren")
    citizen.sees("Danke. Ihr Anliegen ist angekommen.")
    citizen.reads("Ihre PIN")
    number = steps.errand_on(citizen).number
    steps.newest_mail(clerk, "bodo.bauhof@example.org", about=number)
    clerk.sees("GEFAHR: Offener Schacht")


def test_what_a_neighbour_reported_is_joined_and_not_doubled(visitor):
    first, second = visitor(width=360), visitor(width=360)
    place = "Bahnhofstraße 1"
    steps.report(first, "Der Papierkorb quillt über.", address=place, kind="Papierkorb oder Container", photo=False)
    steps.describe(second, "Hier ist der Mülleimer voll.", photo=False)
    steps.name_place(second, place)
    second.use(second.page.get_by_role("button", name="Papierkorb oder Container").first)
    second.sees("Ist es eines davon?")
    second.press("Betrifft mich auch")
    second.reads("Die Stadt weiß jetzt, dass es auch Sie betrifft.")
    second.write("Ihre E-Mail-Adresse", "nachbarin@example.org")
    second.press("Ja, schreiben Sie mir")
    second.reads("Wir schreiben Ihnen, wenn etwas geschieht.")
    second.check()


def test_a_report_written_without_a_connection_is_sent_later(visitor):
    citizen = visitor(width=360)
    citizen.visit("/anliegen/neu/")
    citizen.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    citizen.write("In Ihren Worten", "Am Wanderweg liegt eine Matratze.")
    citizen.page.wait_for_timeout(400)
    citizen.page.reload()
    expect(citizen.page.get_by_label("In Ihren Worten")).to_have_value("Am Wanderweg liegt eine Matratze.")
    citizen.context.set_offline(True)
    citizen.press("Weiter")
    citizen.sees("Melden ohne Verbindung", check=False)
    expect(citizen.page.get_by_label("In Ihren Worten")).to_have_value("Am Wanderweg liegt eine Matratze.")
    citizen.write("Straße und Hausnummer oder ein Ort", "Marktplatz 7")
    citizen.page.get_by_label("Art (freiwillig)").select_option("Etwas anderes")
    citizen.press("Speichern und senden")
    citizen.reads("wartet auf diesem Gerät auf eine Verbindung")
    citizen.context.set_offline(False)
    citizen.reads("Gesendet:")
    citizen.check()
    citizen.follow("Zu meinem Anliegen")
    citizen.reads("Am Wanderweg liegt eine Matratze.")
    citizen.complaints[:] = [line for line in citizen.complaints if "ERR_INTERNET_DISCONNECTED" not in line]


def test_whoever_is_away_is_stood_in_for_and_the_head_asks_somebody_outside(visitor):
    """Sabine is on leave in the demo: her report lies with Theo, who sees why, and asks a company by link without an account."""
    citizen, deputy, firm = visitor(width=360), visitor(role=THEO, width=1280), visitor(width=360)
    errand = steps.report(
        citizen, "Neben der Leitung sackt der Weg ab.", address="Marktplatz 5", kind=KIND, photo=False
    )
    deputy.visit("/desk/anliegen/?liste=mine")
    deputy.reads("Neben der Leitung sackt der Weg ab.")
    steps.open_at_desk(deputy, errand)
    deputy.reads("Theo Tiefbau (erfunden) vertritt.")
    deputy.use(deputy.page.get_by_role("link", name="Andere fragen"))
    deputy.sees("Andere fragen")
    deputy.write("In Worten", "Dürfen wir hier graben?")
    deputy.write("oder E-Mail von jemandem außerhalb", "leitung@example.org")
    deputy.press("Andere fragen")
    deputy.reads("Gefragt. Die Nachricht ist unterwegs.", "Dürfen wir hier graben?")
    deputy.check()
    steps.newest_mail(firm, "leitung@example.org", about="fragt Sie")
    firm.follow("Zur Frage")
    firm.reads("Dürfen wir hier graben?")
    firm.check()
    firm.write("Ihre Antwort", "Ja, ab drei Metern Abstand.")
    firm.press("Antwort senden")
    firm.sees("Vielen Dank")
    steps.open_at_desk(deputy, errand)
    deputy.reads("Ja, ab drei Metern Abstand.")
