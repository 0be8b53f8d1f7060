"""Where there is no connection: what was opened before is read and worked on, and what was written is sent later."""

from playwright.sync_api import expect

from tests.journeys import steps


def without_connection(somebody):
    """Complaints of the browser about the missing connection are no faults of the page."""
    somebody.complaints[:] = [line for line in somebody.complaints if "ERR_INTERNET_DISCONNECTED" not in line]


def test_what_was_kept_without_a_connection_asks_its_question_afterwards(visitor):
    citizen = visitor(width=360)
    citizen.visit("/anliegen/neu/")
    citizen.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    citizen.context.set_offline(True)
    citizen.page.goto(citizen.town + "/anliegen/neu/ohne-netz/")
    citizen.write("In Ihren Worten", "Auf dem Gehweg wackelt eine Platte.")
    citizen.write("Straße und Hausnummer oder ein Ort", "Tübinger Straße 10")
    citizen.page.get_by_label("Art (freiwillig)").select_option("Straße oder Gehweg beschädigt")
    citizen.press("Speichern und senden")
    citizen.reads("wartet auf diesem Gerät auf eine Verbindung")
    citizen.context.set_offline(False)
    citizen.page.locator("[data-list] a").first.click()
    citizen.sees("Noch etwas genauer")
    citizen.pick(citizen.page.get_by_label("Auf dem Gehweg"))
    citizen.press("Weiter")
    citizen.sees("Prüfen und absenden")
    citizen.reads("Auf dem Gehweg wackelt eine Platte.")
    assert steps.send(citizen).number.startswith("A-")
    without_connection(citizen)


def test_a_note_from_a_dead_spot_is_sent_later_and_signing_out_leaves_nothing(visitor):
    clerk = visitor(width=360)
    clerk.sign_in(steps.ROADS)
    clerk.visit("/desk/unterwegs/")
    page = clerk.page
    expect(page.locator("[data-kept-at]")).to_contain_text("Auf diesem Gerät gespeichert", timeout=60_000)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    clerk.check()
    report = page.locator("[data-keep]").first.get_attribute("href")
    clerk.context.set_offline(True)
    page.goto(clerk.town + report)
    expect(page.locator("#words-title")).to_be_visible()
    page.goto(clerk.town + "/desk/unterwegs/")
    stop = page.locator(".stops > li").first
    stop.locator("summary", has_text="Interne Notiz").click()
    stop.get_by_label("Was Ihre Kolleginnen und Kollegen lesen").fill("Hier fehlt Material.")
    stop.get_by_role("button", name="Als interne Notiz").click()
    expect(page.locator("[data-list]")).to_contain_text("Wartet auf diesem Gerät")
    clerk.context.set_offline(False)
    expect(page.locator("[data-said]")).to_contain_text("Gesendet.", timeout=20_000)
    page.goto(clerk.town + report)
    clerk.reads("Hier fehlt Material.")
    clerk.visit("/konto/")
    clerk.press("Abmelden")
    assert page.evaluate("caches.keys().then((names) => names.filter((name) => name.startsWith('session-')))") == []
    without_connection(clerk)
