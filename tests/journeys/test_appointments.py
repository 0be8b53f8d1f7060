"""An appointment at the hairdresser: booked, moved, cancelled, and seen each time in both calendars, the customer's and the shop's."""

import re
import secrets
import urllib.request

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.journeys import steps

SIDE = f"/laden/{steps.SALON}/termine/"
LONG = "Haarschnitt lang"


def feed_of(keeper, town):
    """The secret address that the shop makes for its own calendar program."""
    keeper.visit(f"{SIDE}verbinden/")
    keeper.press("Adresse anlegen")
    address = keeper.page.locator(".calendar-address code").last.inner_text()
    return town + re.sub(r"^https?://[^/]+", "", address)


def in_calendar(address, number):
    """What a calendar program at this address shows of the appointment."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        events = Calendar.from_ical(answer.read()).walk("VEVENT")
    return next((event for event in events if number in str(event["UID"])), None)


def both(own, shops, number):
    """How it stands and from when to when, in the customer's calendar and in the shop's: one line if they agree."""
    events = [in_calendar(address, number) for address in (own, shops)]
    return {(str(event["STATUS"]), event["DTSTART"].dt, event["DTEND"].dt) for event in events}


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_an_appointment_is_booked_moved_and_cancelled_in_both_calendars(visitor, town, javascript):
    keeper = visitor(width=1280, role=steps.HAIRDRESSER)
    address = feed_of(keeper, town)
    customer = visitor(width=360, javascript=javascript)
    page = customer.page

    customer.visit(f"/geschaefte/{steps.SALON}/", check=False)
    customer.follow(LONG)
    customer.follow("Zeit wählen")
    customer.sees("Wann möchten Sie kommen?")
    customer.follow("Bea")
    expect(page.get_by_role("link", name="Bea", exact=True)).to_have_attribute("aria-current", "true")
    customer.follow("Später")
    expect(page.get_by_role("link", name="Früher")).to_be_visible()
    customer.check()
    customer.use(page.locator("a.chooser__time").last)
    customer.sees("Wen erwartet das Geschäft?")
    customer.write("Ihr Name", "Greta Beispiel")
    customer.write("E-Mail-Adresse", f"greta.{secrets.token_hex(4)}@example.org")
    customer.press("Termin vereinbaren")
    customer.sees("Termin T-")
    number = steps.NUMBER.search(page.locator("h1").inner_text())[0]
    own = town + page.get_by_role("link", name="In meinen Kalender").get_attribute("href")
    booked = in_calendar(address, number)
    assert (str(booked["STATUS"]), str(booked["SUMMARY"])) == ("CONFIRMED", f"belegt: {LONG}")
    assert both(own, address, number) == {("CONFIRMED", booked["DTSTART"].dt, booked["DTEND"].dt)}
    keeper.visit(f"{SIDE}?tag={booked['DTSTART'].dt:%Y-%m-%d}")
    keeper.reads("Greta Beispiel")

    customer.follow("Verschieben")
    customer.sees("Termin verschieben")
    customer.use(page.locator("button.chooser__time").first)
    expect(page.get_by_text("Ihr Termin ist jetzt am")).to_be_visible()
    moved = in_calendar(address, number)
    assert moved["DTSTART"].dt != booked["DTSTART"].dt
    assert int(moved["SEQUENCE"]) == int(in_calendar(own, number)["SEQUENCE"]) == 2
    assert both(own, address, number) == {("CONFIRMED", moved["DTSTART"].dt, moved["DTEND"].dt)}
    keeper.visit(f"{SIDE}?tag={moved['DTSTART'].dt:%Y-%m-%d}", check=False)
    keeper.reads("Greta Beispiel")

    page.locator("summary", has_text="Termin absagen").click()
    customer.press("Endgültig absagen")
    expect(page.get_by_text("Der Termin ist abgesagt.")).to_be_visible()
    customer.check()
    assert both(own, address, number) == {("CANCELLED", moved["DTSTART"].dt, moved["DTEND"].dt)}
    keeper.visit(f"{SIDE}?tag={moved['DTSTART'].dt:%Y-%m-%d}", check=False)
    assert keeper.page.locator(f"a[href*='{number}']").count() == 0
