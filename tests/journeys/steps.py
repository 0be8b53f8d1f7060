"""What people of the town do, step by step, in the words that stand on the pages."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from stadtplatz.operate.demo import walk
from stadtplatz.operate.demo.client import Client
from tests.journeys.town import Visitor, own_address

BAKER = "erna.musterkorn@example.org"
FARMER = "karl.beispielacker@example.org"
ROADS = "sabine.schlagloch@example.org"
NUMBER = re.compile(r"\b[A-Z]-[2-9A-Z]{3}-[2-9A-Z]{4}\b")
PRETZEL, POTATOES = "Schwäbische Laugenbrezel", "Kartoffeln festkochend"
BAKERY, FARM = "baeckerei-musterkorn", "gemuesehof-beispielacker"
SALON, HAIRDRESSER = "salon-beispielschnitt", "bea.beispielschnitt@example.org"


PHOTO = {"name": "nachher.jpg", "mimeType": "image/jpeg", "buffer": walk.photo()}


@dataclass(frozen=True)
class Errand:
    number: str
    code: str
    path: str


# --- the market ------------------------------------------------------------------------------------------------------
def put_into_basket(visitor: Visitor, title: str, *, quantity: int = 1) -> None:
    """Look for an offer on the market page and put it into the basket."""
    visitor.visit("/einkaufen/")
    visitor.write("Was suchen Sie?", title)
    visitor.use(visitor.page.locator("main form[role=search] button").first)
    visitor.sees("Alle Angebote")
    visitor.follow(title)
    visitor.sees(title)
    visitor.write("Menge", str(quantity))
    visitor.press("In den Warenkorb")
    visitor.sees("Warenkorb")


def open_offer(visitor: Visitor, title: str) -> None:
    """The first offer that is found under this title."""
    visitor.page.goto(f"/einkaufen/alles/?q={title}")
    visitor.page.goto(visitor.page.locator(".offer-card a").first.get_attribute("href") or "")


def mark(visitor: Visitor) -> None:
    """Mark what the page shows, to find it again."""
    visitor.use(visitor.page.get_by_role("button", name=re.compile("^Merken")).first)
    expect(visitor.page.get_by_role("button", name=re.compile("^Nicht mehr merken")).first).to_be_visible()


def choose_slots(visitor: Visitor) -> None:
    """The last free time of each shop on the two days that are shown at once."""
    visitor.follow("Abholzeiten wählen")
    visitor.sees("Wann holen Sie ab?")
    groups = visitor.page.locator("fieldset").filter(has=visitor.page.locator("input[name^=slot-]"))
    expect(groups.last).to_be_visible()
    for at in range(groups.count()):
        shown = groups.nth(at).locator("label:visible").filter(has=visitor.page.locator("input:not([disabled])"))
        visitor.pick(shown.last.locator("input"))
    visitor.press("Weiter")


def leave_contact(visitor: Visitor, *, name: str, email: str) -> None:
    visitor.sees("Wem geben wir Bescheid?")
    visitor.write("Ihr Name", name)
    visitor.write("E-Mail-Adresse", email)
    visitor.press("Bestellung prüfen")
    visitor.sees("Prüfen und bestellen")


def press_order(visitor: Visitor) -> Errand:
    """Press the button; the errand's page opens."""
    visitor.press("zahlungspflichtig bestellen")
    expect(visitor.page.get_by_text("Vielen Dank, Ihre Bestellung ist eingegangen")).to_be_visible()
    visitor.check()
    return errand_on(visitor)


def errand_on(visitor: Visitor) -> Errand:
    """Number, typed code and address of the errand whose page is open."""
    main = visitor.page.locator("main")
    number = NUMBER.search(main.inner_text())
    assert number, f"no number on {visitor.page.url}"
    code = typed_code(*main.locator(".code-block").all_inner_texts())
    return Errand(number[0], code, visitor.page.url.removeprefix(visitor.town))


def typed_code(*texts: str) -> str:
    """The code of ten signs that opens an errand together with its number."""
    lines = [line.strip() for text in texts for line in text.splitlines()]
    return next(
        line
        for line in lines
        if re.fullmatch(r"[2-9A-Z]+(?:[ -][2-9A-Z]+)*", line) and len(re.sub(r"\W", "", line)) == 10
    )


def shop_makes_ready(keeper: Visitor, shop: str, errand: Errand) -> None:
    """The shop finds the new order in its list, accepts it, and packs it."""
    keeper.visit(f"/laden/{shop}/bestellungen/")
    for button, state in (("Bestellung annehmen", "angenommen"), ("Gepackt und bereit", "abholbereit")):
        keeper.visit(f"/laden/{shop}/bestellungen/{errand.number}/")
        keeper.press(button)
        keeper.visit(f"/laden/{shop}/bestellungen/{errand.number}/", check=False)
        expect(keeper.page.locator(".order-part__head .badge")).to_have_text(state)


def hand_over(keeper: Visitor, shop: str, errand: Errand, code: str) -> None:
    """The customer shows the code at the counter, the shop types it."""
    keeper.visit(f"/laden/{shop}/uebergabe/")
    keeper.write("Bestellnummer", errand.number)
    keeper.write("Abholcode", code)
    keeper.press("Übergeben und bezahlt")
    keeper.visit(f"/laden/{shop}/bestellungen/{errand.number}/")
    expect(keeper.page.locator(".order-part__head .badge")).to_have_text("abgeholt")


# --- the town hall ---------------------------------------------------------------------------------------------------
def describe(visitor: Visitor, words: str, *, photo: bool = True) -> None:
    visitor.visit("/anliegen/")
    visitor.follow("Jetzt melden")
    visitor.sees("Was ist Ihnen aufgefallen?")
    visitor.write("In Ihren Worten", words)
    if photo:
        visitor.attach("Fotos", {"name": "schlagloch.jpg", "mimeType": "image/jpeg", "buffer": walk.photo()})
    visitor.press("Weiter")
    visitor.sees("Wo ist es?")


def name_place(visitor: Visitor, address: str) -> None:
    """Type the address; where the page suggests, it is taken as typed."""
    visitor.write("Straße und Hausnummer oder ein Ort", address)
    if visitor.javascript:
        expect(visitor.page.get_by_role("option").first).to_be_visible()
        visitor.page.keyboard.press("Escape")
    visitor.press("Weiter")
    if visitor.page.get_by_role("group", name="Welchen Ort meinen Sie?").count():
        visitor.pick(visitor.page.locator("input[name=choice]").first)
        visitor.press("Weiter")
    visitor.sees("Worum geht es?")


NEARBY = {
    "de": ("Ist es eines davon?", "Nein, meines ist etwas anderes"),
    "en": ("Is it one of these?", "No, mine is something else"),
}
ASKED = {"de": ("Noch etwas genauer", "Weiter"), "en": ("A little more about it", "Continue")}


def answer_questions(visitor: Visitor, language: str = "de") -> None:
    """Say that it is none of what was reported close by, and answer what the kind asks; each only where it is asked."""
    title = visitor.page.locator("h1")
    expect(title).not_to_have_text("Worum geht es?" if language == "de" else "What is it about?")
    for heading, go_on in (NEARBY[language], ASKED[language]):
        if title.inner_text() != heading:
            continue
        visitor.check()
        if visitor.page.locator("#questions").count():
            visitor.pick(visitor.page.locator("#questions input[type=radio]").first)
        visitor.press(go_on)
        expect(title).not_to_have_text(heading)


def choose_kind(visitor: Visitor, name: str) -> None:
    """Choose what it is about; say that it is not what was reported close by, and answer what the kind asks."""
    visitor.use(visitor.page.get_by_role("button", name=re.compile(f"(^|„){re.escape(name)}")).first)
    answer_questions(visitor)
    visitor.sees("Prüfen und absenden")


def send(visitor: Visitor, *, email: str = "") -> Errand:
    """Send it; the page with number, code and link opens, then the errand's own page."""
    if email:
        visitor.write("Ihre E-Mail-Adresse", email)
    visitor.press("Anliegen absenden")
    visitor.sees("Danke. Ihr Anliegen ist angekommen.")
    expect(visitor.page.locator(".qr svg")).to_be_visible()
    given = errand_on(visitor)
    visitor.follow("Zu meinem Anliegen")
    visitor.reads(given.number)
    visitor.check()
    return Errand(given.number, given.code, visitor.page.url.removeprefix(visitor.town))


def report(visitor: Visitor, words: str, *, address: str, kind: str, email: str = "", photo: bool = True) -> Errand:
    describe(visitor, words, photo=photo)
    name_place(visitor, address)
    choose_kind(visitor, kind)
    return send(visitor, email=email)


def reported_before(town: str, words: str) -> Errand:
    """A report about a road that was sent before the story begins, without a browser: how people send one is a story of its own."""
    sent = walk.report(Client(town, address=own_address()), text=words, address="Marktplatz 5")
    return Errand(sent.number, "", f"/anliegen/{sent.secret}/")


def choose_on_map(visitor: Visitor) -> None:
    """Open the map and choose: with the arrow keys and Enter, or by a tap."""
    visitor.press("Auf der Karte wählen")
    panel = visitor.page.locator(".map__panel.leaflet-container")
    panel.wait_for()
    expect(panel).to_be_focused()
    if visitor.keyboard:
        visitor.page.keyboard.press("ArrowRight")
        visitor.page.keyboard.press("Enter")
    else:
        panel.click(position={"x": 120, "y": 90})
    expect(visitor.page.locator("[data-said]")).to_contain_text("Gewählt")
    visitor.check()


def open_at_desk(clerk: Visitor, errand: Errand) -> None:
    """The clerk types the number above the unit's list, which leads straight to the report."""
    clerk.visit("/desk/anliegen/?liste=unit")
    clerk.write("Nummer oder Wörter", errand.number)
    clerk.press("Anzeigen")
    clerk.sees(errand.number)


def close_with_reason(clerk: Visitor, words: str) -> None:
    form = clerk.page.locator("#close")
    clerk.pick(form.get_by_role("radio", name="Erledigt"))
    clerk.write("Text", words, within=form)
    clerk.press("Abschließen und mitteilen")
    clerk.reads("Gespeichert.")
    clerk.check()


# --- the mailbox of the demo -----------------------------------------------------------------------------------------
def newest_mail(visitor: Visitor, address: str, *, about: str) -> None:
    """Open the newest mail to this address about this errand; the worker sends it a moment after the click."""
    visitor.visit("/demo/briefkasten/", check=False)
    row = visitor.page.locator(".desk-list li").filter(has_text=address).filter(has_text=about)
    visitor.until(lambda page: row.count() > 0)
    row.first.get_by_role("link").click()
    visitor.check()
