"""At the desk: by keys, many at once, for somebody on the telephone, and on the road."""

import re
import secrets
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.town import Visitor

THEO = "theo.tiefbau@example.org"


@dataclass(frozen=True)
class Desk:
    """Two reports of this moment, which lie with Sabine's deputy, who is at the desk; and their reporter. No other story's reports are in the list."""

    deputy: Visitor
    citizen: Visitor
    found: list[steps.Errand]
    shown: str


@pytest.fixture
def desk(visitor, town) -> Desk:
    word = f"Kennwort{secrets.token_hex(3)}"
    found = [steps.reported_before(town, f"Tiefes Schlagloch auf der Fahrbahn. {word}") for _ in range(2)]
    desk = Desk(visitor(role=THEO), visitor(width=360), found, f"/desk/anliegen/?liste=mine&sort=newest&q={word}")
    desk.deputy.visit(desk.shown, check=False)
    desk.deputy.until(lambda page: page.locator("[data-rows] > li").count() == len(found))
    return desk


def test_the_desk_is_worked_by_keys_alone(desk):
    """j and k wander, Enter opens, a assigns, t writes with a standard answer, c closes: the pointer is never used."""
    deputy, found = desk.deputy, desk.found
    page, keys = deputy.page, deputy.page.keyboard
    deputy.visit(desk.shown)
    keys.press("j")
    first = page.locator("[data-rows] > li > div > a").first
    expect(first).to_be_focused()
    keys.press("j")
    keys.press("k")
    expect(first).to_be_focused()
    keys.press("Enter")
    deputy.sees(found[-1].number)
    keys.press("a")
    assign = page.get_by_role("link", name="Zuweisen")
    expect(assign).to_be_focused()
    keys.press("Enter")
    deputy.sees("Zuweisen")
    page.go_back()
    deputy.sees(found[-1].number)
    keys.press("t")
    template = page.locator("#message").get_by_role("link").first
    expect(template).to_be_focused()
    keys.press("Enter")
    words = page.locator("#message-words")
    expect(words).to_be_focused()
    expect(words).not_to_have_value("")
    keys.press("ControlOrMeta+End")
    keys.type("Wir kommen am Montag.")
    page.locator("#message").get_by_role("button", name="An die meldende Person senden").focus()
    keys.press("Enter")
    deputy.reads("Wir kommen am Montag.")
    page.locator("h1").click()
    keys.press("c")
    deputy.keyboard = True
    steps.close_with_reason(deputy, "Der Deckel liegt wieder fest.")
    desk.citizen.visit(found[-1].path)
    desk.citizen.reads("Wir kommen am Montag.", "Der Deckel liegt wieder fest.")


def test_many_are_accepted_and_answered_at_once(desk):
    deputy, found = desk.deputy, desk.found
    page = deputy.page
    for do, words in (("accept", ""), ("message", "Zu {number}: Wir sehen uns die Stelle diese Woche an.")):
        deputy.visit(desk.shown)
        for errand in found:
            page.get_by_role("checkbox", name=errand.number).check()
        page.locator("#bulk-do").select_option(do)
        deputy.press("Weiter")
        if words:
            deputy.sees("Den Meldenden schreiben")
            deputy.write("Text", words)
            deputy.press("Den Meldenden schreiben")
        elif page.locator("form input[name=sure]").count():
            deputy.use(page.locator("main form button[type=submit]").first)
        deputy.sees("Was geschehen ist")
        expect(page.locator(".badge--success")).to_have_count(2)
    for errand in found:
        desk.citizen.visit(errand.path)
        desk.citizen.reads("Angenommen", f"Zu {errand.number}: Wir sehen uns die Stelle diese Woche an.")


def test_a_call_is_written_down_and_its_letter_printed(visitor):
    """Who calls gets a letter with number and code; the code opens the report at home."""
    clerk, caller = visitor(role=steps.ROADS, width=1280), visitor(width=360)
    clerk.visit("/desk/anliegen/neu/")
    clerk.write("Was die Person sagt", "Herr Beispiel ruft an: Vor der Bücherei fehlt eine Gehwegplatte.")
    clerk.write("Straße und Hausnummer oder ein Ort", "Marktplatz 5")
    clerk.page.keyboard.press("Escape")
    clerk.page.get_by_label("Kategorie").select_option(label="Straße oder Gehweg beschädigt")
    clerk.write("Name", "Bernd Beispiel")
    clerk.press("Aufnehmen und drucken")
    letter = clerk.page.locator("main .card")
    expect(letter).to_contain_text(steps.NUMBER)
    clerk.check()
    clerk.page.emulate_media(media="print")
    expect(letter).to_be_visible()
    for part in (".site-search", ".site-tools", ".desk__nav", ".demo-bar"):
        expect(clerk.page.locator(part)).to_be_hidden()
    clerk.page.emulate_media(media="screen")
    number, code = steps.NUMBER.search(letter.inner_text())[0], steps.typed_code(letter.inner_text())
    caller.visit("/finden/")
    caller.write("Nummer", number)
    caller.write("Code", code)
    caller.press("Meinen Vorgang zeigen")
    caller.reads("Vor der Bücherei fehlt eine Gehwegplatte.")


def test_on_the_road_a_report_is_closed_with_a_picture_afterwards(visitor, desk):
    errand = desk.found[0]
    road = visitor(role=THEO, width=360)
    road.visit("/desk/unterwegs/")
    stop = road.page.locator(".stops > li").filter(has_text=errand.number)
    expect(stop.get_by_role("link", name=re.compile("Weg dorthin"))).to_have_attribute("href", re.compile("^geo:"))
    done = stop.locator("details").filter(has_text="Abschließen und mitteilen")
    done.locator("summary").click()
    done.locator("input[type=file]").set_input_files(steps.PHOTO)
    expect(done.locator("[data-names]")).to_have_text("nachher.jpg")
    road.check()
    done.locator("textarea").fill("Der Deckel ist getauscht.")
    done.get_by_role("button", name="Abschließen und mitteilen").click()
    road.sees("Unterwegs")
    desk.citizen.visit(errand.path)
    desk.citizen.reads("Der Deckel ist getauscht.")
