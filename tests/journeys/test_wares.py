"""Goods: a file full of mistakes becomes a shop's shelf, and somebody who mistypes finds a thing in two shops."""

import re

from playwright.sync_api import expect

HEAD = "Artikelnummer;EAN;Bezeichnung;Kategorie;VK brutto;Bestand;Inhalt;Rückgabe;Allergene;Zutaten;Alter"
GOOD = "J1;;Laugenkranz;Brötchen und Brezeln;3,20;12;250 g;verderblich;Weizen;Weizenmehl, Wasser, Salz, Lauge;"
FAULTY = (
    ("J2;;;Brot;4,80;3;1 kg;verderblich;Roggen;Roggenmehl;", "Der Titel fehlt"),
    ("J3;;Kastanienbrot;Brot;;3;1 kg;verderblich;Weizen;Weizenmehl;", "Der Preis fehlt"),
    ("J4;;Hanfbrot;Brot;auf Anfrage;3;1 kg;verderblich;Weizen;Weizenmehl;", "ist kein Betrag"),
    ("J5;;Emmerbrot;Brot;0,00;3;1 kg;verderblich;Weizen;Weizenmehl;", "über null"),
    ("J6;4006381333932;Leinsamenbrot;Brot;5,20;3;1 kg;verderblich;Weizen;Weizenmehl;", "letzte Ziffer"),
    ("J7;4,00638E+12;Malzbrot;Brot;4,20;3;1 kg;verderblich;Weizen;Weizenmehl;", "gerundet"),
    ("J8;;Kürbisbrot;Broot;4,20;3;1 kg;verderblich;Weizen;Weizenmehl;", "Meinten Sie „Brot“?"),
    ("J9;;Zwiebelbrot;Brot;4,20;viele;1 kg;verderblich;Weizen;Weizenmehl;", "keine Stückzahl"),
    ("J10;;Tomatenbrot;Brot;4,20;3;ein Laib;verderblich;Weizen;Weizenmehl;", "750 g"),
    ("J11;;Olivenbrot;Brot;4,20;3;1 kg;vielleicht;Weizen;Weizenmehl;", "verderblich"),
    ("J12;;Walnussbrot;Brot;4,20;3;1 kg;verderblich;Weizen;Weizenmehl;99", "Altersgrenze"),
    ("J1;;Laugenstern;Brot;4,20;3;1 kg;verderblich;Weizen;Weizenmehl;", "steht schon in Zeile 2"),
)  # fmt: skip
MENDED = [
    f"J{number};;{name};Brot;4,20;3;1 kg;verderblich;Weizen;Weizenmehl;"
    for number, name in enumerate(
        ["Dreikornbrot", "Kastanienbrot", "Hanfbrot", "Emmerbrot", "Leinsamenbrot", "Malzbrot", "Kürbisbrot", "Zwiebelbrot", "Tomatenbrot", "Olivenbrot", "Walnussbrot", "Laugenstern"],
        2,
    )
]  # fmt: skip
OPEN_OR_WHEN = re.compile("geöffnet|geschlossen|öffnet", re.IGNORECASE)
IMPORTS = "/laden/baeckerei-musterkorn/angebote/datei/"


def send(keeper, name, *lines):
    keeper.visit(IMPORTS, check=False)
    content = "\r\n".join([HEAD, GOOD, *lines]).encode("cp1252")
    keeper.attach("Tabelle mit Ihren Angeboten", {"name": name, "mimeType": "text/csv", "buffer": content})
    keeper.press("Datei ansehen")


def numbers(keeper, state):
    """What the counters say once a worker is done."""
    expect(keeper.page.locator("#import-state .badge")).to_have_text(re.compile(state), timeout=15_000)
    return dict(
        zip(
            keeper.page.locator(".counts dt").all_inner_texts(),
            keeper.page.locator(".counts dd").all_inner_texts(),
            strict=True,
        )
    )


def test_a_file_with_twelve_kinds_of_mistakes_is_tried_out_corrected_and_taken_in(visitor):
    keeper = visitor("shop", width=1280)
    send(keeper, "kasse.csv", *(line for line, _words in FAULTY))
    keeper.sees("Welche Spalte ist was?")
    keeper.press("Ausprobieren")
    counted = numbers(keeper, "geprüft, nichts gespeichert")
    assert (counted["Zeilen"], counted["neu"], counted["nicht eingelesen"]) == ("13", "1", "12")
    keeper.page.reload()
    keeper.sees("Bitte sehen Sie diese Zeilen an")
    rows = keeper.page.locator("table.table tbody tr")
    for place, (_line, words) in enumerate(FAULTY):
        expect(rows.nth(place)).to_contain_text(str(place + 3))
        expect(rows.nth(place)).to_contain_text(words)
    send(keeper, "kasse-neu.csv", *MENDED)
    keeper.press("Endgültig einlesen")
    counted = numbers(keeper, "^eingelesen")
    assert (counted["neu"], counted["nicht eingelesen"]) == ("13", "0")
    keeper.visit("/laden/baeckerei-musterkorn/angebote/?q=Kastanienbrot", check=False)
    keeper.reads("Kastanienbrot", "Im Verkauf")


def test_somebody_who_mistypes_finds_the_screwdriver_in_two_shops_and_sees_which_is_open(visitor):
    customer = visitor(width=360)
    customer.visit("/")
    customer.page.get_by_role("searchbox").first.fill("Schraubenziher")
    customer.page.keyboard.press("Enter")
    customer.reads("Schraubenzieher Kreuz PH 2", "Radwerk Beispielkette", "Werkstatt Holz & Ton")
    found = customer.page.locator(".hit", has_text="Schraubenzieher Kreuz")
    expect(found.locator(".open-state")).to_have_text([OPEN_OR_WHEN, OPEN_OR_WHEN])
    customer.page.locator("main").get_by_role("link", name=re.compile("Schraubenzieher Kreuz")).first.click()
    customer.sees("Schraubenzieher Kreuz PH 2")
    customer.follow("1 weiteres Geschäft")
    customer.reads("In 2 Geschäften in der Stadt")
    rows = customer.page.locator(".shop-row")
    expect(rows).to_have_count(2)
    for row in (rows.nth(0), rows.nth(1)):
        expect(row.locator(".open-state")).to_have_text(OPEN_OR_WHEN)
    customer.check()
