"""Reporting something, and following it until it is done."""

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.test_ordering import WAYS

KIND = "Straße oder Gehweg"


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
    citizen, clerk = visitor(width=360), visitor(width=1280)
    errand = steps.report(
        citizen, "Ein Loch so tief wie ein Eimer.", address="Marktplatz 5", kind=KIND, email="eimer@example.org"
    )
    clerk.sign_in(steps.ROADS)
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


def test_a_report_that_came_to_the_wrong_unit_is_passed_on(visitor):
    citizen, clerk = visitor(width=1280), visitor(width=1280)
    errand = steps.report(citizen, "Eine Fahrbahn voller Sand.", address="Marktplatz 5", kind=KIND, photo=False)
    clerk.sign_in(steps.ROADS)
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
    guest.use(guest.page.locator(".kind-button").first)
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
