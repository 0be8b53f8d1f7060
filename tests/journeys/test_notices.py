"""An offer is reported by somebody without an account, decided at the desk, and both sides can follow it."""

import re

from tests.journeys.test_ordering import WAYS


def test_an_offer_is_reported_and_decided(visitor):
    somebody = visitor(**WAYS["without scripts on a phone"])
    page = somebody.page
    somebody.visit("/einkaufen/alles/?sort=name")
    somebody.use(page.locator(".offer-card a").last)
    offer = re.sub(r"^https?://[^/]+", "", page.url)
    somebody.follow("Diesen Inhalt melden")
    somebody.sees("Inhalt melden")
    somebody.press("Meldung senden")
    somebody.reads("Bitte sehen Sie sich das noch einmal an")
    somebody.pick(page.get_by_label("Preis oder Grundpreis stimmt nicht"))
    somebody.write("Warum darf das hier nicht stehen?", "Im Laden steht ein anderer Preis als hier.")
    somebody.write("Ihr Name", "Greta Genau")
    somebody.write("Ihre E-Mail-Adresse", "greta.genau@example.org")
    somebody.use(page.get_by_label("Meine Angaben sind nach meinem Wissen richtig"))
    somebody.press("Meldung senden")
    somebody.reads("Ihre Meldung ist angekommen.")
    somebody.check()
    notice, number = page.url, page.locator(".errand__number").inner_text()
    operator = visitor(role="operator", width=1280)
    operator.visit("/desk/inhalte/")
    operator.use(operator.page.locator(".desk-list li", has_text=number).get_by_role("link"))
    operator.reads("Im Laden steht ein anderer Preis als hier.")
    operator.pick(operator.page.get_by_label("Nicht mehr zeigen", exact=True))
    operator.write("Was Sie festgestellt haben und warum Sie so entscheiden", "Der Preis im Laden ist höher als hier.")
    operator.press("Entscheiden und beide Seiten benachrichtigen")
    operator.sees("Gemeldete Inhalte")
    assert page.goto(offer).status == 404
    page.goto(notice)
    somebody.reads("Der Inhalt wird nicht mehr gezeigt.", "Der Preis im Laden ist höher als hier.")
    somebody.check()
    operator.use(operator.page.locator(".desk-list li", has_text=number).get_by_role("link"))
    operator.pick(operator.page.get_by_label("Der Inhalt bleibt oder wird wieder gezeigt"))
    operator.write("Was Sie festgestellt haben und warum Sie so entscheiden", "Der Preis wurde inzwischen berichtigt.")
    operator.press("Entscheiden und beide Seiten benachrichtigen")
    operator.sees("Gemeldete Inhalte")
    page.goto(offer)
    somebody.follow("Diesen Inhalt melden")
