"""All pages of which docs/screens/ shows a picture: what each is called, who looks at it, and its address or the way to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import expect

from stadtplatz.accounts.demo import CAREFUL, CITIZEN
from stadtplatz.operate.demo import walk
from tests.journeys import account_pages, steps
from tests.journeys.account_pages import behind_the_second_door, looks, proved
from tests.journeys.mailed_pages import gone, linked_in
from tests.journeys.town import Visitor

MAIN = {
    "start", "search", "market", "offer", "shop", "basket", "checkout-review", "order-ready", "tickets", "ticket-map", "ticket-sent",
    "ticket-page", "ticket-list", "ticket-public-map", "ticket-public", "mine", "desk", "desk-tickets", "desk-ticket", "desk-figures",
}  # fmt: skip
"""Pages that are pictured in the dark, too."""


@dataclass(frozen=True)
class Screen:
    name: str
    sentence: str
    where: str | Callable[[Visitor], None]
    who: str = "stranger"


def soon() -> str:
    """The next Wednesday on which the hairdresser works."""
    today = date.today()  # noqa: DTZ011 - the town's own day, as its visitors see it
    return str(today + timedelta(days=(2 - today.weekday()) % 7 or 7))


def first_link(start: str, selector: str, then: str = "") -> Callable[[Visitor], None]:
    """Open a page and go where its first such link leads."""

    def find(visitor: Visitor) -> None:
        visitor.page.goto(start)
        target = visitor.page.locator(selector).first.get_attribute("href")
        visitor.page.goto(target + then)

    find.start = start
    return find


def basket(visitor: Visitor) -> None:
    visitor.page.goto("/warenkorb/")
    if visitor.page.locator(".basket-shop").count() == 0:
        steps.put_into_basket(visitor, steps.PRETZEL, quantity=2)
        steps.put_into_basket(visitor, steps.POTATOES)


def slots(visitor: Visitor) -> None:
    basket(visitor)
    visitor.page.goto("/kasse/")


def contact(visitor: Visitor) -> None:
    basket(visitor)
    steps.choose_slots(visitor)


def review(visitor: Visitor) -> None:
    contact(visitor)
    steps.leave_contact(visitor, name="Greta Beispiel", email="greta@example.org")


def ordered(visitor: Visitor) -> None:
    review(visitor)
    steps.press_order(visitor)


def reserve(visitor: Visitor) -> None:
    steps.open_offer(visitor, "Quittengelee")
    visitor.follow("Kostenlos zurücklegen")


def ask_price(visitor: Visitor) -> None:
    steps.open_offer(visitor, "Hochzeitstorte")
    visitor.follow("Preis anfragen")


def reserved(visitor: Visitor) -> None:
    reserve(visitor)
    visitor.write("Name oder Spitzname", "Greta Beispiel")
    visitor.press("Kostenlos zurücklegen")
    visitor.sees("Zurückgelegt", check=False)


def marked(visitor: Visitor) -> None:
    for title in ("Quittengelee", "Bauernbrot"):
        steps.open_offer(visitor, title)
        if visitor.page.get_by_role("button", name=re.compile("^Merken")).count():
            steps.mark(visitor)
    visitor.page.goto("/gemerkt/")


def watch(visitor: Visitor) -> None:
    steps.open_offer(visitor, "Kräutersenf")
    visitor.follow("Bescheid sagen, wenn wieder da")


def scanner(visitor: Visitor) -> None:
    """The dialog without a camera: what it says then, and that a photo will do."""
    visitor.page.goto(f"{SHOP}angebote/schnell/")
    visitor.press("Strichcode scannen")
    visitor.reads("Machen Sie ein Foto")


def half_typed(visitor: Visitor) -> None:
    """A new offer whose title has proposed its category."""
    visitor.page.goto(f"{SHOP}angebote/neu/")
    visitor.write("Was ist es?", "Walnussbrot")
    visitor.reads("Aus dem Titel vorgeschlagen.")


def columns(visitor: Visitor) -> None:
    """A file was sent, and the assistant asks which column is what."""
    table = "Artikelnummer;EAN;Bezeichnung;Kategorie;VK brutto;Bestand;Allergene\nB1;;Laugenkranz;Brötchen und Brezeln;3,20;12;Weizen\n"
    visitor.page.goto(f"{SHOP}angebote/datei/")
    visitor.attach(
        "Tabelle mit Ihren Angeboten", {"name": "kasse.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    visitor.press("Datei ansehen")
    visitor.sees("Welche Spalte ist was?", check=False)


def letter(about: str) -> Callable[[Visitor], None]:
    def find(visitor: Visitor) -> None:
        for page in range(1, 40):
            visitor.page.goto(f"/demo/briefkasten/?art=mail&page={page}")
            found = visitor.page.locator(".desk-list a", has_text=about)
            if found.count():
                visitor.page.goto(found.first.get_attribute("href"))
                return
            if visitor.page.locator("a[rel=next]").count() == 0:
                break
        raise LookupError(about)

    return find


def errand_in_state(about: str) -> Callable[[Visitor], None]:
    """The errand page that a mail with this subject leads to."""

    def find(visitor: Visitor) -> None:
        letter(about)(visitor)
        visitor.page.goto(walk_link(visitor))

    return find


def errand_to_look_at(about: str, then: str = "") -> Callable[[Visitor], None]:
    """As `errand_in_state`, or the page behind it, for a page that nothing happens to: looked at in all views."""

    def find(visitor: Visitor) -> None:
        errand_in_state(about)(visitor)
        if then:
            visitor.page.goto(visitor.page.url + then)

    find.start = "/demo/briefkasten/"
    return find


def walk_link(visitor: Visitor) -> str:
    links = visitor.page.locator("main a").evaluate_all("found => found.map(link => link.getAttribute('href') || '')")
    found = [link for link in links if walk.SECRET_LINK.search(link) or "/v/" in link]
    if not found:
        raise LookupError(f"no way to the errand on {visitor.page.url}")
    return re.sub(r"^https?://[^/]+", "", found[0])


def typed_text(visitor: Visitor) -> None:
    steps.describe(visitor, "Tiefes Schlagloch vor dem Eingang, ein Rad ist schon hängen geblieben.")


def changed_words(visitor: Visitor) -> None:
    visitor.page.goto("/anliegen/neu/")
    visitor.write("In Ihren Worten", "Die Bank am Brunnen ist zerbrochen.")
    visitor.press("Weiter")
    visitor.sees("Wo ist es?", check=False)
    visitor.follow("Zurück")
    visitor.sees("Was ist Ihnen aufgefallen?", check=False)


def map_open(visitor: Visitor) -> None:
    typed_text(visitor)
    visitor.page.get_by_role("button", name="Auf der Karte wählen").click()
    visitor.page.locator(".leaflet-container").wait_for()
    visitor.page.wait_for_load_state("networkidle")


def kinds(visitor: Visitor) -> None:
    typed_text(visitor)
    steps.name_place(visitor, "Marktplatz 5")


def report_review(visitor: Visitor) -> None:
    kinds(visitor)
    steps.choose_kind(visitor, "Straße oder Gehweg")


def reported(visitor: Visitor) -> None:
    report_review(visitor)
    visitor.press("Anliegen absenden")
    visitor.sees("Danke", check=False)


def danger_asked(visitor: Visitor) -> None:
    visitor.page.goto("/anliegen/neu/")
    visitor.write("In Ihren Worten", "Vor der Schule fehlt ein Kanaldeckel!")
    visitor.press("Weiter")
    visitor.sees("Kann dort jetzt jemand hineinfallen?")


def danger_said(visitor: Visitor) -> None:
    danger_asked(visitor)
    visitor.press("Ja, jetzt")
    visitor.sees("Offener Schacht")


def dark_lamp(visitor: Visitor) -> None:
    steps.describe(visitor, "Die Straßenlampe vor dem Haus ist dunkel.", photo=False)
    steps.name_place(visitor, "Marktplatz 5")
    visitor.use(visitor.page.locator("button[value=street-light]").first)
    expect(visitor.page.locator("h1")).not_to_have_text("Worum geht es?")


def reported_nearby(visitor: Visitor) -> None:
    dark_lamp(visitor)
    if visitor.page.locator("h1").inner_text() != steps.NEARBY["de"][0]:
        steps.answer_questions(visitor)
        steps.send(visitor)
        dark_lamp(visitor)
    visitor.sees(steps.NEARBY["de"][0])


def asked_more(visitor: Visitor) -> None:
    dark_lamp(visitor)
    if visitor.page.locator("h1").inner_text() == steps.NEARBY["de"][0]:
        visitor.press(steps.NEARBY["de"][1])
    visitor.sees(steps.ASKED["de"][0])


def own_data(visitor: Visitor) -> None:
    errand_in_state("Eine Frage zu")(visitor)
    visitor.follow("Kontakt ändern, Daten mitnehmen, löschen")


def two_questions(visitor: Visitor) -> None:
    """The first of the finished reports that still asks."""
    for page in range(1, 40):
        visitor.page.goto(f"/demo/briefkasten/?art=mail&page={page}")
        rows = visitor.page.locator(".desk-list a", has_text="ist erledigt")
        for address in rows.evaluate_all("links => links.map(link => link.getAttribute('href'))"):
            visitor.page.goto(address)
            visitor.page.goto(walk_link(visitor))
            asked = visitor.page.get_by_role("link", name="Zwei Fragen beantworten")
            if asked.count():
                asked.first.click()
                return
    raise LookupError("no report asks")


def some_chosen(visitor: Visitor) -> None:
    visitor.page.goto("/desk/anliegen/?liste=unit")
    for at in range(3):
        visitor.page.locator("input[name=n]").nth(at).check()
    visitor.page.locator("#bulk-do").select_option("message")
    visitor.press("Weiter")


def free_times(visitor: Visitor) -> None:
    visitor.page.goto(f"/geschaefte/{steps.SALON}/")
    visitor.page.goto(visitor.page.locator(".offer-card a", has_text="Haarschnitt lang").first.get_attribute("href"))
    visitor.page.goto(visitor.page.locator("a[href*='/termin/neu/']").first.get_attribute("href"))


free_times.start = f"/geschaefte/{steps.SALON}/"


def chosen_time(visitor: Visitor) -> None:
    free_times(visitor)
    visitor.page.goto(visitor.page.locator("a.chooser__time").first.get_attribute("href"))


chosen_time.start = free_times.start


def looked_at() -> dict[str, Screen]:
    """Pages that are there without anybody doing anything first, by name; the others are seen on the way of a journey."""
    return {
        screen.name: screen for screen in SCREENS if isinstance(screen.where, str) or hasattr(screen.where, "start")
    }


def opened_map(address: str) -> Callable[[Visitor], None]:
    def find(visitor: Visitor) -> None:
        visitor.page.goto(address)
        opener = visitor.page.get_by_role("button", name="Karte öffnen")
        if opener.count():
            opener.first.click()
        visitor.page.locator(".leaflet-container").first.wait_for()
        visitor.page.wait_for_load_state("networkidle")

    return find


def refused_report(visitor: Visitor) -> None:
    visitor.page.goto("/anliegen/neu/")
    visitor.press("Weiter")


SHOP = f"/laden/{steps.BAKERY}/"
SALON = f"/laden/{steps.SALON}/termine/"
SCREENS = [
    Screen("start", "The start page", "/"),
    Screen("start-english", "The start page in English", "/en/"),
    Screen("search", "Search over offers, shops, places and streets", "/suche/?q=brot"),
    Screen("search-nothing", "Search that finds nothing", "/suche/?q=xylophonquark"),
    Screen("search-explanation", "How the search orders", "/suche/erklaerung/"),
    Screen("market", "The market", "/einkaufen/"),
    Screen("category", "Offers of a category", first_link("/einkaufen/", ".tiles a")),
    Screen("offers", "All offers", "/einkaufen/alles/"),
    Screen("offer", "An offer with its unit price", first_link("/einkaufen/alles/?q=Bauernbrot", ".offer-card a")),
    Screen("product", "Who has a thing, and at what price", "/produkt/9520000000011/"),
    Screen("shops", "Shops and businesses", "/geschaefte/"),
    Screen("shop", "A shop", f"/geschaefte/{steps.BAKERY}/"),
    Screen("place", "A place from the map that nobody has claimed", first_link("/geschaefte/", "a[href*='/orte/']")),
    Screen("place-claim", "Claiming a place", first_link("/geschaefte/", "a[href*='/orte/']", "uebernehmen/"), "shop"),
    Screen("place-removal", "Asking to remove an entry", first_link("/geschaefte/", "a[href*='/orte/']", "entfernen/")),
    Screen("letter-removal", "Asking to remove an entry with the code of a letter", linked_in("Ihr Eintrag", "austragen", art="letter")),
    Screen("place-code", "Taking over an entry with the code of a letter", first_link("/geschaefte/", "a[href*='/orte/']", "code/"), "shop"),
    Screen("new-business", "A business that is not on the map", "/geschaefte-neu/"),
    Screen("shop-text", "The imprint of a shop", f"/geschaefte/{steps.BAKERY}/rechtliches/impressum/"),
    Screen("shop-ask", "Asking a shop something", f"/geschaefte/{steps.BAKERY}/frage/"),
    Screen("shop-market-stall", "A shop with pictures and market days", f"/geschaefte/{steps.FARM}/"),
    Screen("districts", "The parts of the town", "/stadtteile/"),
    Screen("district", "Shopping in a part of the town", "/stadtteile/herrenberg-kernstadt/"),
    Screen("district-empty", "A part of the town without shops", "/stadtteile/kayh/"),
    Screen("notices", "How to report content", "/inhalte-melden/"),
    Screen("notice", "Reporting an offer", first_link("/einkaufen/alles/?q=Bauernbrot", ".offer-card a", "melden/")),
    Screen("notice-shop", "Reporting a shop", f"/geschaefte/{steps.BAKERY}/melden/"),
    Screen("notice-place", "Reporting an entry", first_link("/geschaefte/", "a[href*='/orte/']", "melden/")),
    Screen("measure", "Warned for reports without ground", linked_in("udo.ungeduldig", "inhalte-melden/massnahme")),
    Screen("notice-page", "A report about content, decided", errand_to_look_at("Entscheidung zu")),
    Screen("basket-empty", "The empty basket", "/warenkorb/"),
    Screen("basket", "The basket over two shops", basket),
    Screen("checkout-slots", "Choosing collection times", slots),
    Screen("checkout-contact", "The contact", contact),
    Screen("checkout-review", "Checking and ordering", review),
    Screen("order-placed", "The order's page, just placed", ordered),
    Screen("order-ready", "An order ready for collection", errand_to_look_at("Abholbereit bei")),
    Screen("order-withdraw", "Withdrawing from part of an order", errand_to_look_at("Abholbereit bei", "widerruf/")),
    Screen("reserve", "Putting something aside free of charge", reserve),
    Screen("reservation", "Something put aside, just asked for", reserved),
    Screen("reservation-ready", "Something put aside that lies ready", errand_to_look_at("Liegt bereit bei Bäckerei")),
    Screen("ask-price", "Asking for a price", ask_price),
    Screen("quote", "A price was named", errand_to_look_at("nennt einen Preis")),
    Screen("marked", "Marked offers and shops", marked),
    Screen("watch", "Told when it is there again", watch),
    Screen("watch-mailed", "Told when it is there again: pressing the link", linked_in("wanda.wartegern", "bescheid")),
    Screen("watch-gone", "Told when it is there again: a link that is over", gone("/bescheid/AAAAAAAAAAAAAAAAAAAAAA/")),
    Screen("stock-question", "Is the stock still right?", linked_in("Stimmt der Bestand", "bestand")),
    Screen("order-terms", "Terms of order", "/bestellbedingungen/"),
    Screen("guarantee", "The legal guarantee", "/gewaehrleistung/"),
    Screen("appointment-new", "Choosing the time of an appointment", free_times),
    Screen("appointment-contact", "The contact for an appointment", chosen_time),
    Screen("appointment", "An appointment that the shop has moved", errand_to_look_at("Neue Zeit:")),
    Screen("appointment-move", "Moving an appointment", errand_to_look_at("Neue Zeit:", "verschieben/")),
    Screen("withdrawal", "Withdrawing from a contract", "/widerruf/"),
    Screen("withdrawal-text", "The instruction on withdrawal", "/widerrufsbelehrung/"),
    Screen("tickets", "Reports: what it is about", "/anliegen/"),
    Screen("ticket-text", "Reporting: the words", "/anliegen/neu/"),
    Screen("ticket-refused", "Reporting: nothing was typed", refused_report),
    Screen("ticket-place", "Reporting: the place", typed_text),
    Screen("ticket-map", "Reporting: the place on the map", map_open),
    Screen("ticket-category", "Reporting: the kind", kinds),
    Screen("ticket-review", "Reporting: checking", report_review),
    Screen("ticket-sent", "Reporting: number, code and QR", reported),
    Screen("ticket-page", "A report that is done", errand_in_state("ist erledigt")),
    Screen("ticket-question", "A report the city asks about", errand_in_state("Eine Frage zu")),
    Screen("ticket-danger", "Reporting: danger first", danger_asked),
    Screen("ticket-alarm", "Reporting: whom to call, and the alarm", danger_said),
    Screen("ticket-nearby", "Reporting: was it reported already?", reported_nearby),
    Screen("ticket-questions", "Reporting: the questions of the kind", asked_more),
    Screen("ticket-offline", "Reporting without a connection", "/anliegen/neu/ohne-netz/"),
    Screen("ticket-feedback", "Two questions after the end", two_questions),
    Screen("ticket-changed", "Reporting: the words once more", looks(changed_words, "/anliegen/neu/")),
    Screen("ticket-echo", "A report somebody joined", linked_in("nina.nachbarin", "anliegen/mit")),
    Screen("ticket-echo-feedback", "Two questions to somebody who joined", linked_in("nina.nachbarin", "anliegen/mit", then="rueckmeldung/")),
    Screen("case-task", "Somebody outside the town hall is asked", linked_in("fragt Sie", "aufgabe")),
    Screen("ticket-data", "Contact, file and erasure: proving it first", own_data),
    Screen("tickets-arabic", "Reporting in Arabic", "/ar/anliegen/"),
    Screen("ticket-text-arabic", "Reporting in Arabic: the words", "/ar/anliegen/neu/"),
    Screen("ticket-list", "Reports everybody may read", "/anliegen/liste/"),
    Screen("ticket-public-map", "Reports on the map", opened_map("/anliegen/karte/")),
    Screen("ticket-public", "A report everybody may read", first_link("/anliegen/liste/", ".public-line__title a")),
    Screen("ticket-district", "Reports of a district", "/anliegen/stadtteil/gueltstein/"),
    Screen("ticket-weekly", "The weekly letter", "/anliegen/woechentlich/", "citizen"),
    Screen("ticket-open-data", "Reports as open data", "/anliegen/daten/"),
    Screen("ticket-help", "Questions about reporting", "/anliegen/hilfe/"),
    Screen("ticket-programs", "Reports for programs", "/anliegen/schnittstelle/"),
    Screen("find", "Finding an errand by number and code", "/finden/"),
    Screen("mine", "My errands, without an account", "/meine/"),
    Screen("for-shops", "For businesses", "/fuer-betriebe/"),
    Screen("imprint", "The imprint", "/impressum/"),
    Screen("privacy", "Privacy", "/datenschutz/"),
    Screen("accessibility", "The accessibility statement", "/barrierefreiheit/"),
    Screen("terms", "Terms of use", "/nutzungsbedingungen/"),
    Screen("not-found", "A page that does not exist", "/gibt-es-nicht/"),
    Screen("login", "Signing in", "/konto/login/"),
    Screen("signup", "Making an account", "/konto/signup/"),
    Screen("password-reset", "A forgotten password", "/konto/password/reset/"),
    Screen("login-code", "Signing in with a code", "/konto/login/code/"),
    Screen("login-code-sent", "Typing the code of the mail", looks(account_pages.code_sent, "/konto/login/code/")),
    Screen("login-code-wrong", "A code that is wrong", looks(account_pages.wrong_code, "/konto/login/code/")),
    Screen("login-second-factor", "Signing in: the second factor", looks(account_pages.second_door, "/konto/login/"), CAREFUL),
    Screen("account-inactive", "An account that is closed", "/konto/inactive/"),
    Screen("signup-code", "A new account: the code of the mail", looks(account_pages.signed_up, "/konto/signup/")),
    Screen("password-reset-sent", "A forgotten password: look into the mailbox", "/konto/password/reset/done/"),
    Screen("password-reset-new", "A forgotten password: the new one", looks(account_pages.choose_password, "/konto/password/reset/")),
    Screen("password-reset-used", "A link for a new password that was used", "/konto/password/reset/key/a-b/"),
    Screen("password-reset-done", "A forgotten password: the new one is kept", "/konto/password/reset/key/done/"),
    Screen("logout", "Signing out", "/konto/logout/", CITIZEN),
    Screen("account-email", "Another mail address", proved("/konto/email/"), CITIZEN),
    Screen("account-password", "Another password", proved("/konto/password/change/"), CITIZEN),
    Screen("account-prove", "Typing the password once more", "/konto/reauthenticate/", CITIZEN),
    Screen("account-sessions", "Where one is signed in", "/konto/sessions/", CITIZEN),
    Screen("account-app", "Setting up the authenticator app", proved("/konto/2fa/totp/activate/"), CITIZEN),
    Screen("account-app-off", "Switching the authenticator app off", behind_the_second_door("/konto/2fa/totp/deactivate/"), CAREFUL),
    Screen("account-app-prove", "Typing a code of the app once more", behind_the_second_door("/konto/2fa/reauthenticate/"), CAREFUL),
    Screen("account-protected", "The second factor, switched on", behind_the_second_door("/konto/2fa/"), CAREFUL),
    Screen("recovery-codes", "Recovery codes", behind_the_second_door("/konto/2fa/recovery-codes/"), CAREFUL),
    Screen("recovery-codes-new", "New recovery codes", behind_the_second_door("/konto/2fa/recovery-codes/generate/"), CAREFUL),
    Screen("account", "My account", "/konto/", "clerk"),
    Screen("account-message", "One message in the account", first_link("/konto/nachrichten/", "main a[href*='/konto/nachrichten/']"), "clerk"),
    Screen("account-erase", "Erasing the account", proved("/konto/daten/loeschen/"), CITIZEN),
    Screen("unsubscribe", "Ending mails of a kind", linked_in("Anliegen", "abmelden")),
    Screen("invitation", "Invited to work in a shop", linked_in("benno.brotzeit", "einladung")),
    Screen("account-messages", "Messages in the account", "/konto/nachrichten/", "clerk"),
    Screen("account-notifications", "What may be sent", "/konto/benachrichtigungen/", "clerk"),
    Screen("account-profile", "My profile", "/konto/profil/", "clerk"),
    Screen("account-data", "My data: export and erasure", "/konto/daten/", "clerk"),
    Screen("account-second-factor", "The second factor", "/konto/2fa/", "clerk"),
    Screen("shop-side", "The shop's own side", SHOP, "shop"),
    Screen("shop-orders", "Orders of a shop", f"{SHOP}bestellungen/", "shop"),
    Screen("shop-order", "One order at the shop", first_link(f"{SHOP}bestellungen/", ".order-rows a"), "shop"),
    Screen("shop-finished", "Finished orders", f"{SHOP}bestellungen/fertig/", "shop"),
    Screen("shop-packing-list", "The packing list", f"{SHOP}bestellungen/packliste/", "shop"),
    Screen("shop-quotes", "Asked prices at the shop", f"{SHOP}preisanfragen/", "shop"),
    Screen("shop-quote", "Naming a price", first_link(f"{SHOP}preisanfragen/", ".order-rows a"), "shop"),
    Screen("shop-reservations", "What a shop has put aside", f"{SHOP}zurueckgelegt/", "shop"),
    Screen("shop-reservation", "One thing put aside at the shop", first_link(f"{SHOP}zurueckgelegt/", ".order-rows a"), "shop"),
    Screen("shop-reservations-over", "What is no longer put aside", f"{SHOP}zurueckgelegt/vorbei/", "shop"),
    Screen("shop-hand-over", "Handing over by code", f"{SHOP}uebergabe/", "shop"),
    Screen("shop-pickup", "Collection times of a shop", f"{SHOP}abholung/", "shop"),
    Screen("shop-offers", "Offers of a shop", f"{SHOP}angebote/", "shop"),
    Screen("shop-offer", "Editing an offer", first_link(f"{SHOP}angebote/", ".shelf-rows a[href*='/angebote/']"), "shop"),
    Screen("shop-offer-times", "When an offer can be had", first_link(f"{SHOP}angebote/", ".shelf-rows a[href*='/angebote/']", "zeiten/"), "shop"),
    Screen("shop-offer-new", "A new offer: the title has proposed the category", half_typed, "shop"),
    Screen("shop-offer-quick", "An offer by its barcode", f"{SHOP}angebote/schnell/", "shop"),
    Screen("shop-offer-scan", "Scanning a barcode where no camera is allowed", scanner, "shop"),
    Screen("shop-offer-known", "A product that another shop has described", f"{SHOP}angebote/schnell/?gtin=9520000000028", "shop"),
    Screen("shop-imports", "Offers from a file", f"{SHOP}angebote/datei/", "shop"),
    Screen("shop-import-columns", "Which column of a file is what", columns, "shop"),
    Screen("shop-profile", "The shop window", f"{SHOP}profil/", "shop"),
    Screen("shop-setup", "What a shop still has to state", f"{SHOP}einrichten/", "shop"),
    Screen("shop-hours", "Opening hours", f"{SHOP}oeffnungszeiten/", "shop"),
    Screen("shop-team", "The shop's team", f"{SHOP}team/", "shop"),
    Screen("shop-pictures", "Pictures of a shop", f"{SHOP}bilder/", "shop"),
    Screen("shop-market-days", "Market days of a shop", f"{SHOP}markttage/", "shop"),
    Screen("shop-decisions", "Decisions about a shop's content", f"{SHOP}entscheidungen/", "shop"),
    Screen("shop-inbox", "Messages to a shop", f"{SHOP}nachrichten/", "shop"),
    Screen("shop-places", "Further places of a shop", f"{SHOP}standorte/", "shop"),
    Screen("shop-help", "Help from the market desk", f"{SHOP}hilfe/", "shop"),
    Screen("shop-appointments", "A shop's calendar, one day", f"{SALON}?tag={soon()}", steps.HAIRDRESSER),
    Screen("shop-appointments-week", "A shop's calendar, one week", f"{SALON}?ansicht=woche&tag={soon()}", steps.HAIRDRESSER),
    Screen("shop-appointment", "One appointment at the shop", first_link(f"{SALON}?ansicht=woche&tag={soon()}", ".calendar-entry a"), steps.HAIRDRESSER),
    Screen("shop-appointment-enter", "Writing an appointment down", f"{SALON}neu/", steps.HAIRDRESSER),
    Screen("shop-calendars", "Calendars and services", f"{SALON}kalender/", steps.HAIRDRESSER),
    Screen("shop-calendar", "One calendar", first_link(f"{SALON}kalender/", ".desk-list a[href*='/kalender/']"), steps.HAIRDRESSER),
    Screen("shop-service", "How a service is booked", first_link(f"{SALON}kalender/", ".desk-list a[href*='/leistungen/']"), steps.HAIRDRESSER),
    Screen("shop-connections", "Calendars of others", f"{SALON}verbinden/", steps.HAIRDRESSER),
    Screen("desk", "The desk", "/desk/", "clerk"),
    Screen("desk-tickets", "Reports at the desk", "/desk/anliegen/", "lead"),
    Screen("desk-ticket", "One report at the desk", first_link("/desk/anliegen/?liste=unit", ".ticket-list__what a"), steps.ROADS),
    Screen("desk-pass-on", "Passing a report on", first_link("/desk/anliegen/?liste=unit", ".ticket-list__what a", "weitergeben/"), steps.ROADS),
    Screen("desk-tickets-map", "Reports beside the map", opened_map("/desk/anliegen/?liste=all&karte=1"), "lead"),
    Screen("desk-tickets-many", "Writing to several reporters at once", some_chosen, "lead"),
    Screen("desk-ticket-new", "Writing a report down for somebody", "/desk/anliegen/neu/", "clerk"),
    Screen("desk-category", "Moving a report to another category", first_link("/desk/anliegen/?liste=unit", ".ticket-list__what a", "kategorie/"), steps.ROADS),
    Screen("desk-task", "Asking another unit or somebody outside", first_link("/desk/anliegen/?liste=unit", ".ticket-list__what a", "aufgabe/"), steps.ROADS),
    Screen("desk-publication-queue", "What is to be published", "/desk/anliegen/veroeffentlichen/", "lead"),
    Screen("desk-publication", "Publishing one report", first_link("/desk/anliegen/veroeffentlichen/", ".release-row a"), "lead"),
    Screen("desk-field", "On the road", "/desk/unterwegs/", "clerk"),
    Screen("desk-post", "Incoming mail", "/desk/post/", "lead"),
    Screen("desk-replies", "Standard answers", "/desk/antworten/", "lead"),
    Screen("desk-reply", "Changing a standard answer", first_link("/desk/antworten/", ".desk-list a"), "lead"),
    Screen("desk-figures", "Figures for heads and councillors", "/desk/anliegen/auswertung/", "lead"),
    Screen("desk-rules", "Trying out a changed rule", "/desk/regeln/", "operator"),
    Screen("desk-languages", "What is missing in which language", "/desk/anliegen/sprachen/", "operator"),
    Screen("desk-retention", "What is kept how long", "/desk/anliegen/aufbewahrung/", "operator"),
    Screen("desk-interfaces", "Other systems", "/desk/schnittstellen/", "operator"),
    Screen("desk-machine-room", "The machine room", "/desk/betrieb/", "operator"),
    Screen("desk-organisation", "The organisation", "/desk/organisation/", "lead"),
    Screen("desk-unit", "A unit with its people", "/desk/organisation/tiefbau/", "lead"),
    Screen("desk-duties", "Who answers for what", "/desk/zustaendigkeiten/", "lead"),
    Screen("shop-stale", "What waits for a count", "/laden/baeckerei-musterkorn/angebote/zaehlen/", "shop"),
    Screen("desk-searches", "What people looked for in vain, and words that mean the same", "/desk/suche/", "mira.markt@example.org"),
    Screen("desk-synonym", "Saying that words mean the same", "/desk/suche/woerter/?wort=semmel", "mira.markt@example.org"),
    Screen("desk-search-tell", "Telling shops what is looked for", "/desk/suche/sagen/?wort=hafermilch", "mira.markt@example.org"),
    Screen("desk-categories", "The tree of categories", "/desk/kategorien/", "mira.markt@example.org"),
    Screen("desk-category-of-goods", "One category of goods", "/desk/kategorien/bread/", "mira.markt@example.org"),
    Screen("desk-category-dissolve", "What follows if a category is dissolved", "/desk/kategorien/bread/aufloesen/?into=cakes", "mira.markt@example.org"),
    Screen("desk-guarantee", "The notice of the legal guarantee, and what is to be put in", "/desk/gewaehrleistung/", "operator"),
    Screen("desk-guarantee-words", "The words of the notice", "/desk/gewaehrleistung/worte/de/", "operator"),
    Screen("desk-shops", "Claims and removals of places", "/desk/geschaefte/", "mira.markt@example.org"),
    Screen("desk-sellers", "Sellers that wait for approval", "/desk/geschaefte/anbieter/", "mira.markt@example.org"),
    Screen("desk-care", "What the market desk does for shops", "/desk/geschaefte/aufgaben/", "mira.markt@example.org"),
    Screen("desk-notices", "Reported content", "/desk/inhalte/", "operator"),
    Screen("desk-green", "Environmental claims that wait for a look", "/desk/inhalte/umweltaussagen/", "operator"),
    Screen("desk-green-word", "Words that claim something for the environment", first_link("/desk/inhalte/umweltaussagen/", ".desk-list a[href*='/worte/']"), "operator"),
    Screen("desk-notice", "Deciding about an offer", first_link("/desk/inhalte/", ".desk-list a[href*='/angebot/']"), "operator"),
    Screen("seller-terms", "All versions of the terms for sellers", "/fuer-betriebe/bedingungen/"),
    Screen("seller-terms-version", "Terms for sellers in a version, with what is different", "/fuer-betriebe/bedingungen/1/"),
    Screen("shop-terms", "Accepting the terms for sellers", "/laden/baeckerei-musterkorn/bedingungen/", "shop"),
    Screen("desk-terms", "Writing the terms for sellers", "/desk/geschaefte/bedingungen/", "operator"),
    Screen("desk-periods", "Days that the law or the town gives", "/desk/geschaefte/fristen/", "operator"),
    Screen("product-warnings", "Warnings for buyers", "/produktwarnungen/"),
    Screen("shop-lacking", "What offers must newly say", "/laden/baeckerei-musterkorn/angebote/fehlt/", "shop"),
    Screen("desk-misuse", "Who misused the pages how often, and the rules", "/desk/inhalte/missbrauch/", "operator"),
    Screen("desk-misuse-subject", "Warning or suspending a shop", first_link("/desk/inhalte/missbrauch/", ".desk-list a[href*='/missbrauch/owner/']"), "operator"),
    Screen("misuse-rules", "The rules against misuse, for everybody", "/inhalte-melden/missbrauch/"),
    Screen("desk-notices-grounds", "Kinds of notices and their law", "/desk/inhalte/arten/", "operator"),
    Screen("desk-notices-figures", "Notices in figures", "/desk/inhalte/zahlen/", "operator"),
    Screen("mailbox", "The demo's mailbox", "/demo/briefkasten/"),
    Screen("mail-order", "A mail about an order", letter("Bestellung")),
    Screen("mail-ticket", "A mail about a report", letter("Anliegen")),
    Screen("style", "The living style page", "/stil/"),
]  # fmt: skip
