"""The columns of a file of offers, and the words shops call them by."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue import particulars


@dataclass(frozen=True)
class Column:
    """`name` is ours, `header` the word in files we write, `words` what others call it."""

    name: str
    header: str
    label: object
    words: tuple[str, ...] = ()


COLUMNS = (
    Column("sku", "Artikelnummer", _("Article number"), (
        "artikelnr", "art nr", "artnr", "artikel nr", "sku", "nummer", "id", "bestellnummer", "artikel id", "produktnummer",
        "variant sku", "item number", "itemid", "item id")),
    Column("gtin", "GTIN", _("Barcode (GTIN, EAN)"), (
        "ean", "ean13", "ean code", "barcode", "strichcode", "gtin13", "gtin ean", "upc", "isbn", "variant barcode", "ean gtin")),
    Column("title", "Titel", _("Title"), (
        "bezeichnung", "name", "artikelbezeichnung", "artikelname", "produktname", "produkt", "artikel", "title", "warenbezeichnung",
        "kurztext", "bezeichnung1", "artikelbezeichnung1")),
    Column("description", "Beschreibung", _("Description"), (
        "langtext", "artikelbeschreibung", "produktbeschreibung", "description", "text", "kurzbeschreibung", "body html", "details")),
    Column("brand", "Marke", _("Brand"), ("hersteller", "brand", "herstellername", "vendor", "manufacturer", "lieferant")),
    Column("category", "Kategorie", _("Category"), (
        "warengruppe", "category", "produktkategorie", "kategoriename", "google product category", "product type", "gruppe",
        "artikelgruppe", "hauptkategorie", "rubrik", "google produktkategorie")),
    Column("price", "Preis", _("Price (euros, with VAT)"), (
        "vk", "verkaufspreis", "brutto", "preis brutto", "bruttopreis", "vk brutto", "price", "endpreis", "ladenpreis", "vk preis",
        "preis eur", "preis in euro", "preis euro", "variant price", "uvp", "einzelpreis", "brutto vk")),
    Column("vat", "MwSt", _("VAT"), (
        "mwst satz", "ust", "mehrwertsteuer", "umsatzsteuer", "steuersatz", "steuer", "vat", "tax", "mwst prozent", "ust satz",
        "steuerklasse")),
    Column("deposit", "Pfand", _("Deposit (euros)"), ("pfandbetrag", "deposit", "flaschenpfand", "pfand eur")),
    Column("content", "Inhalt", _("Content"), (
        "menge", "fuellmenge", "nettofuellmenge", "gewicht", "volumen", "content", "packungsgroesse", "inhalt menge", "gebinde",
        "unit pricing measure", "verpackungseinheit", "nennfuellmenge", "nettogewicht", "groesse inhalt")),
    Column("unit", "Einheit", _("Unit of measure"), (
        "mengeneinheit", "inhalt einheit", "me", "unit", "masseinheit", "grundeinheit", "einheit inhalt")),
    Column("drained", "Abtropfgewicht", _("Drained weight"), ("drained weight", "abtropfgewicht g", "atg")),
    Column("stock", "Bestand", _("Stock"), (
        "lagerbestand", "anzahl", "stueckzahl", "stock", "quantity", "verfuegbar", "lager", "auf lager", "menge auf lager",
        "variant inventory qty", "bestand ist", "verfuegbare menge", "lagermenge")),
    Column("kind", "Verkaufsart", _("How it is sold"), ("art", "kind", "lose ware", "lose")),
    Column("withdrawal", "Rueckgabe", _("May the customer return it?"), (
        "widerruf", "widerrufsrecht", "rueckgaberecht", "withdrawal", "umtausch")),
    Column("age", "Alter", _("Age limit"), ("altersgrenze", "ab alter", "fsk", "altersfreigabe", "age", "jugendschutz", "mindestalter")),
    Column("allergens", "Allergene", _("Allergens"), ("allergen", "allergenhinweis", "allergens", "enthaelt allergene", "allergenhinweise")),
    Column("food_info", "Zutaten", _("Ingredients and food information"), (
        "zutatenliste", "inhaltsstoffe", "ingredients", "zutatenverzeichnis", "lebensmittelinformation")),
    Column("maker", "Herstellerangaben", particulars.BY_NAME["maker"].label, (
        "herstelleradresse", "gpsr hersteller", "hersteller adresse", "verantwortlicher hersteller", "gpsr")),
    Column("origin", "Herkunft", particulars.BY_NAME["origin"].label, ("herkunftsland", "ursprung", "ursprungsland", "origin")),
    Column("warnings", "Warnhinweise", particulars.BY_NAME["warnings"].label, ("sicherheitshinweise", "warnhinweis", "warnings")),
    Column("organic", "Oeko-Kontrollstelle", particulars.BY_NAME["organic"].label, ("oeko nr", "kontrollstelle", "bio kontrollnummer", "oeko")),
    Column("alcohol", "Alkoholgehalt", particulars.BY_NAME["alcohol"].label, ("alkohol", "alkohol vol", "alcohol", "alkohol in vol")),
    Column("fibres", "Material", particulars.BY_NAME["fibres"].label, ("faser", "fasern", "zusammensetzung", "materialzusammensetzung", "textil")),
    Column("battery", "Batterien", particulars.BY_NAME["battery"].label, ("batterie", "akku", "battery")),
    Column("energy", "Energieklasse", particulars.BY_NAME["energy"].label, ("energieeffizienzklasse", "energieeffizienz", "energielabel")),
    Column("picture", "Bild", _("Picture (address or file in the ZIP)"), (
        "bild url", "bildurl", "bildlink", "image", "image link", "image src", "foto", "picture", "abbildung", "bild1", "bild 1",
        "hauptbild", "bilddatei")),
    Column("visible", "Sichtbar", _("On sale (yes or no)"), (
        "aktiv", "online", "status", "veroeffentlicht", "active", "published", "im verkauf", "freigegeben", "anzeigen")),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
REQUIRED = ("title", "price")
"""What a file needs that brings new offers."""


def lacking(chosen: list[str]) -> tuple[str, ...]:
    """Columns that are missing among the chosen ones. A file that names articles of the shop without titles may change price or stock
    of those that exist (a local inventory)."""
    if "title" not in chosen and {"sku", "gtin"} & set(chosen) and {"price", "stock"} & set(chosen):
        return ()
    return tuple(name for name in REQUIRED if name not in chosen)


def plain(header: str) -> str:
    """A header without capitals, umlauts, signs and what stands in brackets."""
    words = re.sub(r"\(.*?\)|\[.*?\]", " ", header.casefold())
    words = words.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", unicodedata.normalize("NFKD", words)).split())


_KNOWN = {
    word: column.name for column in reversed(COLUMNS) for word in (*column.words, plain(column.header), column.name)
}


def guess(headers: list[str]) -> list[str]:
    """For each header the column it probably is, or empty; no column twice, the better fit first."""
    found = [_KNOWN.get(plain(header), "") for header in headers]
    taken = {name for name in found if name}
    for place, header in enumerate(headers):
        if found[place]:
            continue
        near = next((name for word, name in _KNOWN.items() if len(word) > 4 and word in plain(header)), "")
        if near and near not in taken:
            found[place] = near
            taken.add(near)
    seen: set[str] = set()
    for place, name in enumerate(found):
        if name in seen:
            found[place] = ""
        seen.add(name)
    return found


def signature(headers: list[str]) -> str:
    """The same for files with the same columns, so that a mapping is found again."""
    return "|".join(plain(header) for header in headers)[:2000]
