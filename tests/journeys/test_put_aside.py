"""Something is put aside without account and scripts, lies ready, and is handed over; what is sold out is waited for."""

import re

from playwright.sync_api import expect

from tests.journeys import steps

JAM = "frida.fruchtglueck@example.org"
KITCHEN = "marmeladenkueche-fruchtglueck-erfunden"


def test_a_shop_that_does_not_sell_yet_puts_something_aside(visitor):
    citizen = visitor(width=360, javascript=False)
    steps.open_offer(citizen, "Quittengelee")
    citizen.check()
    citizen.follow("Kostenlos zurücklegen")
    citizen.sees("Kostenlos zurücklegen")
    citizen.write("Name oder Spitzname", "Flitzer71")
    citizen.press("Kostenlos zurücklegen")
    citizen.sees("Zurückgelegt")
    aside = steps.errand_on(citizen)
    code = citizen.page.locator(".collection .code-block").inner_text()

    keeper = visitor(role=JAM, width=360)
    keeper.visit(f"/laden/{KITCHEN}/zurueckgelegt/")
    keeper.follow("Flitzer71", within=keeper.page.locator("li", has_text=aside.number))
    keeper.press("Liegt bereit")
    citizen.visit(aside.path)
    citizen.reads("Es liegt für Sie bereit")
    keeper.visit(f"/laden/{KITCHEN}/uebergabe/?nummer={aside.number}&code={code}")
    keeper.press("Übergeben")
    expect(keeper.page.locator(".order-part__head .badge")).to_have_text("abgeholt")
    citizen.visit(aside.path)
    citizen.reads("Sie haben es bei Marmeladenküche Fruchtglück (erfunden) abgeholt.")


def test_what_is_sold_out_is_marked_and_waited_for(visitor):
    citizen = visitor(width=360)
    steps.open_offer(citizen, "Kräutersenf")
    steps.mark(citizen)
    citizen.visit("/gemerkt/")
    citizen.reads("Kräutersenf")
    citizen.press("Alles hier vergessen")
    citizen.reads("Noch nichts gemerkt")
    steps.open_offer(citizen, "Kräutersenf")
    citizen.follow("Bescheid sagen, wenn wieder da")
    citizen.sees("Bescheid sagen, wenn wieder da")
    citizen.write("E-Mail-Adresse", "wartet@example.org")
    citizen.press("Bescheid sagen")
    citizen.reads("Bitte sehen Sie in Ihr Postfach")
    steps.newest_mail(citizen, "wartet@example.org", about="Bitte bestätigen")
    citizen.page.locator("main").get_by_role("link", name=re.compile("Bestätigen")).first.click()
    citizen.sees("Sollen wir Ihnen Bescheid sagen?")
    citizen.press("Ja, bitte Bescheid sagen")
    citizen.sees("Wir sagen Bescheid, wenn es wieder da ist")
    citizen.press("Beenden und meine Adresse löschen")
    citizen.reads("Beendet. Ihre Adresse ist gelöscht.")


def test_what_is_no_longer_needed_is_called_off_on_its_page(visitor):
    citizen = visitor(width=360)
    steps.open_offer(citizen, "Rhabarber-Chutney")
    citizen.follow("Kostenlos zurücklegen")
    citizen.write("Name oder Spitzname", "Greta")
    citizen.press("Kostenlos zurücklegen")
    citizen.press("Um mehr Zeit bitten")
    citizen.reads("Das Geschäft hat noch nicht geantwortet.")
    citizen.use(citizen.page.locator("summary", has_text="Ich brauche es nicht mehr"))
    citizen.press("Absagen")
    citizen.reads("Sie haben abgesagt.")
