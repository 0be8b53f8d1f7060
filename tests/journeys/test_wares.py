"""Goods: a file full of mistakes becomes a shop's shelf, and somebody who mistypes finds a thing in two shops."""

import csv
import io
import re

from playwright.sync_api import expect

COLUMNS = (
    "Artikelnummer",
    "EAN",
    "Bezeichnung",
    "Kategorie",
    "VK brutto",
    "Bestand",
    "Inhalt",
    "Rückgabe",
    "Allergene",
    "Zutaten",
    "Alter",
)
BREAD = ("", "", "", "Brot", "4,20", "3", "1 kg", "verderblich", "Weizen", "Weizenmehl, Wasser, Salz", "")
FAULTS = (
    ("Dreikornbrot", "Bezeichnung", "", "Der Titel fehlt"),
    ("Kastanienbrot", "VK brutto", "", "Der Preis fehlt"),
    ("Hanfbrot", "VK brutto", "auf Anfrage", "ist kein Betrag"),
    ("Emmerbrot", "VK brutto", "0,00", "über null"),
    ("Leinsamenbrot", "EAN", "4006381333932", "letzte Ziffer"),
    ("Malzbrot", "EAN", "4,00638E+12", "gerundet"),
    ("Kürbisbrot", "Kategorie", "Broot", "Meinten Sie „Brot“?"),
    ("Zwiebelbrot", "Bestand", "viele", "keine Stückzahl"),
    ("Tomatenbrot", "Inhalt", "ein Laib", "750 g"),
    ("Olivenbrot", "Rückgabe", "vielleicht", "verderblich"),
    ("Walnusslaib", "Alter", "99", "Altersgrenze"),
    ("Laugenstern", "Artikelnummer", "J1", "steht schon in Zeile 2"),
)  # fmt: skip
"""Each fault once: the bread, the cell that is wrong, what stands there, and what the shop is told."""
OPEN_OR_WHEN = re.compile("geöffnet|geschlossen|öffnet", re.IGNORECASE)
IMPORTS = "/laden/baeckerei-musterkorn/angebote/datei/"


def line(number, name, **wrong):
    """One bread in the file, with what is wrong in it."""
    cells = dict(zip(COLUMNS, BREAD, strict=True)) | {"Artikelnummer": f"J{number}", "Bezeichnung": name}
    return ";".join((cells | wrong).values())


def send(keeper, name, *lines):
    keeper.visit(IMPORTS, check=False)
    content = "\r\n".join([";".join(COLUMNS), line(1, "Laugenkranz"), *lines]).encode("cp1252")
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


def report(keeper):
    """The report as the table that a shop opens beside its file: line and what is wrong, one for each fault."""
    address = keeper.page.get_by_role("link", name="Als Tabelle (CSV)").get_attribute("href")
    words = keeper.context.request.get(f"{keeper.town}{address}").body().decode("utf-8-sig")
    return [(row[0], row[-1]) for row in csv.reader(io.StringIO(words))][1:]


def test_a_file_with_twelve_kinds_of_mistakes_is_tried_out_taken_in_and_corrected(visitor):
    keeper = visitor("shop", width=1280)
    send(keeper, "kasse.csv", *(line(at, name, **{cell: wrong}) for at, (name, cell, wrong, _) in enumerate(FAULTS, 2)))
    keeper.sees("Welche Spalte ist was?")
    keeper.press("Ausprobieren")
    counted = numbers(keeper, "geprüft, nichts gespeichert")
    assert (counted["Zeilen"], counted["neu"], counted["nicht eingelesen"]) == ("13", "1", "12")
    keeper.page.reload()
    keeper.sees("Bitte sehen Sie diese Zeilen an")
    rows = keeper.page.locator("table.table tbody tr")
    for place, (_name, _cell, _wrong, words) in enumerate(FAULTS):
        expect(rows.nth(place)).to_contain_text(str(place + 3))
        expect(rows.nth(place)).to_contain_text(words)

    keeper.press("Endgültig einlesen")
    counted = numbers(keeper, "^eingelesen")
    assert (counted["neu"], counted["nicht eingelesen"]) == ("1", "12")
    keeper.page.reload()
    keeper.sees("Bitte sehen Sie diese Zeilen an")
    told = report(keeper)
    assert [number for number, _said in told] == [str(place) for place in range(3, 15)]
    assert [words for (_number, said), (*_, words) in zip(told, FAULTS, strict=True) if words not in said] == []

    send(keeper, "kasse-neu.csv", *(line(at, name) for at, (name, *_) in enumerate(FAULTS, 2)))
    keeper.press("Endgültig einlesen")
    counted = numbers(keeper, "^eingelesen")
    assert (counted["neu"], counted["wie vorher"], counted["nicht eingelesen"]) == ("12", "1", "0")
    for name in ("Kastanienbrot", "Laugenstern"):
        keeper.visit(f"/laden/baeckerei-musterkorn/angebote/?q={name}", check=False)
        keeper.reads(name, "Im Verkauf")


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
    states = rows.locator(".open-state")
    expect(states).to_have_text([OPEN_OR_WHEN, OPEN_OR_WHEN])
    customer.check()
    offers = rows.locator("h2 a").evaluate_all("links => links.map(link => link.href)")
    for offer, words in zip(offers, states.all_inner_texts(), strict=True):
        customer.page.goto(offer)
        expect(customer.page.locator("main .open-state").first).to_have_text(words)
