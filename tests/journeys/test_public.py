"""What everybody may read of reports: found, opened and joined by hand, by keyboard and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_ordering import WAYS


@pytest.mark.parametrize("way", WAYS)
def test_somebody_looks_what_was_reported_and_joins(visitor, way):
    somebody = visitor(**WAYS[way])
    page = somebody.page
    somebody.visit("/anliegen/liste/")
    somebody.use(page.locator("main summary").filter(has_text="Eingrenzen"))
    choice = page.get_by_label("Stand")
    if somebody.keyboard:
        somebody._reach(choice)
        page.keyboard.type("Off")
    else:
        choice.select_option(label="Offen")
    somebody.press("Anzeigen")
    expect(page).to_have_url(re.compile("status="))
    somebody.check()
    somebody.use(page.locator(".public-line__title a").first)
    somebody.sees("Was gemeldet wurde")
    somebody.use(page.get_by_role("button", name="Betrifft mich auch"))
    somebody.reads("Die Stadt weiß jetzt, dass es auch Sie betrifft.")
    somebody.check()


@pytest.mark.parametrize("way", ["by keyboard at a desk", "without scripts on a phone", "on a phone"])
def test_the_map_of_reports_has_its_list_for_everybody(visitor, way):
    somebody = visitor(**WAYS[way])
    page = somebody.visit("/anliegen/karte/")
    somebody.reads("Das Gleiche als Liste, Neues zuerst")
    if somebody.javascript:
        panel = page.locator(".map__panel.leaflet-container")
        panel.wait_for()
        count = page.locator(".map-count, .map-spot").first
        count.wait_for()
        somebody.check()
        if somebody.keyboard:
            count.focus()
            page.keyboard.press("Enter")
            page.locator(".leaflet-popup, .map-count, .map-spot").first.wait_for()
        somebody.settle()
    somebody.use(page.locator(".public-line__title a").first)
    somebody.sees("Was gemeldet wurde")
