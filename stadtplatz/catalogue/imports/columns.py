"""The columns of a file of offers, and the words shops call them by."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

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
        "artikelnr", "art nr", "artnr", "artikel nr", "sku", "bestellnummer", "produktnummer",
        "variant sku", "item number", "itemid", "item id", "ordernumber", "order number", "product number", "produktnr", "custom sku", "nummer", "id", "artikel id", "handle")),
    Column("gtin", "GTIN", _("Barcode (GTIN, EAN)"), (
        "ean", "ean13", "ean code", "barcode", "strichcode", "gtin13", "gtin ean", "upc", "isbn", "variant barcode", "ean gtin",
        "gtin upc ean oder isbn", "gtin upc ean or isbn", "isbn13", "isbn 13", "isbn 10")),
    Column("title", "Titel", _("Title"), (
        "bezeichnung", "name", "artikelbezeichnung", "artikelname", "produktname", "produkt", "artikel", "title", "warenbezeichnung",
        "kurztext", "bezeichnung1", "artikelbezeichnung1")),
    Column("description", "Beschreibung", _("Description"), (
        "langtext", "artikelbeschreibung", "produktbeschreibung", "description", "text", "body html", "details", "kurzbeschreibung",
        "body")),
    Column("brand", "Marke", _("Brand"), (
        "hersteller", "brand", "herstellername", "vendor", "manufacturer", "lieferant", "supplier", "brand name", "manufacturer name", "markenname", "verlag")),
    Column("category", "Kategorie", _("Category"), (
        "warengruppe", "category", "produktkategorie", "kategoriename", "google product category", "product type", "gruppe",
        "artikelgruppe", "hauptkategorie", "rubrik", "google produktkategorie", "kategorien", "categories", "product category",
        "kategorie ebene 1", "type")),
    Column("price", "Preis", _("Price (euros, with VAT)"), (
        "vk", "verkaufspreis", "brutto", "preis brutto", "bruttopreis", "vk brutto", "price", "endpreis", "ladenpreis", "vk preis",
        "preis eur", "preis in euro", "preis euro", "variant price", "brutto vk", "regulaerer preis", "regular price", "price gross", "price ek", "retail price", "std vk brutto", "einzelpreis", "uvp")),
    Column("vat", "MwSt", _("VAT"), (
        "mwst satz", "ust", "mehrwertsteuer", "umsatzsteuer", "steuersatz", "steuer", "vat", "tax", "mwst prozent", "ust satz",
        "steuerklasse", "tax rate", "tax class", "vat rate")),
    Column("deposit", "Pfand", _("Deposit (euros)"), ("pfandbetrag", "deposit", "flaschenpfand", "pfand eur")),
    Column("content", "Inhalt", _("Content"), (
        "menge", "fuellmenge", "nettofuellmenge", "gewicht", "volumen", "content", "packungsgroesse", "inhalt menge", "gebinde",
        "unit pricing measure", "verpackungseinheit", "nennfuellmenge", "nettogewicht", "groesse inhalt")),
    Column("unit", "Einheit", _("Unit of measure"), (
        "mengeneinheit", "inhalt einheit", "me", "unit", "masseinheit", "grundeinheit", "einheit inhalt")),
    Column("drained", "Abtropfgewicht", _("Drained weight"), ("drained weight", "abtropfgewicht g", "atg")),
    Column("stock", "Bestand", _("Stock"), (
        "lagerbestand", "anzahl", "stueckzahl", "stock", "quantity", "verfuegbar", "lager", "auf lager", "menge auf lager",
        "variant inventory qty", "bestand ist", "verfuegbare menge", "lagermenge", "instock", "lagerbestand gesamt", "qty", "stock current", "bestandsmenge")),
    Column("kind", "Verkaufsart", _("How it is sold"), ("art", "kind", "lose ware", "lose")),
    Column("withdrawal", "Rueckgabe", _("May the customer return it?"), (
        "widerruf", "widerrufsrecht", "rueckgaberecht", "withdrawal", "umtausch")),
    Column("age", "Alter", _("Age limit"), ("altersgrenze", "ab alter", "fsk", "altersfreigabe", "age", "jugendschutz", "mindestalter")),
    Column("allergens", "Allergene", _("Allergens"), (
        "allergen", "allergenhinweis", "allergens", "enthaelt allergene", "allergenhinweise")),
    Column("food_info", "Zutaten", _("Ingredients and food information"), (
        "zutatenliste", "inhaltsstoffe", "ingredients", "zutatenverzeichnis", "lebensmittelinformation")),
    Column("maker", "Herstellerangaben", particulars.BY_NAME["maker"].label, (
        "herstelleradresse", "gpsr hersteller", "hersteller adresse", "verantwortlicher hersteller", "gpsr")),
    Column("origin", "Herkunft", particulars.BY_NAME["origin"].label, ("herkunftsland", "ursprung", "ursprungsland", "origin")),
    Column("warnings", "Warnhinweise", particulars.BY_NAME["warnings"].label, ("sicherheitshinweise", "warnhinweis", "warnings")),
    Column("organic", "Oeko-Kontrollstelle", particulars.BY_NAME["organic"].label, (
        "oeko nr", "kontrollstelle", "bio kontrollnummer", "oeko")),
    Column("alcohol", "Alkoholgehalt", particulars.BY_NAME["alcohol"].label, ("alkohol", "alkohol vol", "alcohol", "alkohol in vol")),
    Column("fibres", "Material", particulars.BY_NAME["fibres"].label, (
        "faser", "fasern", "zusammensetzung", "materialzusammensetzung", "textil")),
    Column("battery", "Batterien", particulars.BY_NAME["battery"].label, ("batterie", "akku", "battery")),
    Column("energy", "Energieklasse", particulars.BY_NAME["energy"].label, ("energieeffizienzklasse", "energieeffizienz", "energielabel")),
    Column("eprel", "EPREL-Nummer", particulars.BY_NAME["eprel"].label, ("eprel", "eprel id", "eprel registrierungsnummer")),
    Column("guarantee", "Herstellergarantie", particulars.BY_NAME["guarantee"].label, (
        "garantie", "garantiedauer", "garantie jahre", "garantie in jahren", "herstellergarantie jahre", "guarantee", "warranty", "haltbarkeitsgarantie", "garan")),
    Column("guarantee_whole", "Garantie kostenlos und ganz", particulars.BY_NAME["guarantee_whole"].label, ("garantie ganzes produkt", "garan bedingungen")),
    Column("guarantee_maker", "Garantiegeber", particulars.BY_NAME["guarantee_maker"].label, ("garantie hersteller", "guarantor")),
    Column("guarantee_model", "Modell", particulars.BY_NAME["guarantee_model"].label, (
        "modellkennung", "modellnummer", "modellbezeichnung", "model", "model number", "mpn", "herstellernummer", "hersteller artikelnummer")),
    Column("green_kind", "Umweltnachweis", particulars.BY_NAME["green_kind"].label, ("umweltzeichen", "umweltlabel", "eco label", "ecolabel")),
    Column("green_issuer", "Umweltnachweis von", particulars.BY_NAME["green_issuer"].label, ("vergabestelle",)),
    Column("green_proof", "Umweltnachweis Nummer", particulars.BY_NAME["green_proof"].label, ("umweltzeichen nummer", "lizenznummer", "zertifikatsnummer")),
    Column("picture", "Bild", _("Picture (address or file in the ZIP)"), (
        "bild url", "bildurl", "bildlink", "image", "image link", "image src", "foto", "picture", "abbildung", "bild1", "bild 1",
        "hauptbild", "bilddatei", "bilder", "images", "cover media url", "image 1")),
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
    word: (rank, column.name)
    for column in reversed(COLUMNS)
    for rank, word in reversed(list(enumerate((plain(column.header), column.name, *column.words))))
}
"""Each word with how well it fits its column: the first of its words best."""
NOT_IN = {
    "price": (
        "netto", "net", "ek", "einkauf", "cost", "purchase", "supply", "grundpreis", "streichpreis", "pseudo", "sale", "angebotspreis",
        "sonderpreis", "aktion", "compare", "von", "bis", "from", "to", "staffel", "rabatt", "gruppe",
    ),
    "stock": ("mindest", "min", "minimum", "melde", "low", "geringe"),
    "sku": ("hersteller", "lieferant", "han", "vater", "parent"),
    "vat": ("status",),
    "visible": ("steuer", "sichtbarkeit", "visibility"),
    "title": ("kategorie", "hersteller", "lieferant", "variante", "option"),
    "description": ("meta", "seo"),
    "category": ("preis", "kunden", "steuer"),
}  # fmt: skip
"""Words that make a header mean something else: the net price is not the price, the least stock not the stock."""


def guess(headers: list[str]) -> list[str]:
    """For each header the column it probably is, or empty; no column twice, the better fit first."""
    found = [""] * len(headers)
    exact = [(*_KNOWN[plain(header)], place) for place, header in enumerate(headers) if plain(header) in _KNOWN]
    for _rank, name, place in sorted(exact, key=lambda one: (one[0], one[2])):
        if name not in found:
            found[place] = name
    known = {place for _rank, _name, place in exact}
    for place, header in enumerate(headers):
        if place not in known and (near := _near(plain(header))) not in found:
            found[place] = near
    return found


def _near(header: str) -> str:
    """The column of which the longest word stands in this header; empty if there is none."""
    words = header.split()
    for word in sorted((word for word in _KNOWN if len(word) > 4 and word in header), key=len, reverse=True):
        name = _KNOWN[word][1]
        if not any(other in words or (len(other) > 3 and other in header) for other in NOT_IN.get(name, ())):
            return name
    return ""


_UNIT = re.compile(
    r"[(\[]\s*(kg|g|mg|l|ml|cl|m|cm|m²|m2|m³|m3|stk|stück)\s*[)\]]|\bin (kg|g|gramm|l|liter|ml|cl|m|cm)\s*$", re.I
)


def unit_in(header: str) -> str:
    """The unit a header names for its whole column: `Gewicht (kg)`, `Inhalt in ml`; empty if it names none."""
    found = _UNIT.search(header.strip())
    return (found[1] or found[2]) if found else ""


def signature(headers: list[str]) -> str:
    """The same for files with the same columns, so that a mapping is found again."""
    words = "|".join(plain(header) for header in headers)
    return words if len(words) <= 2000 else f"{words[:1900]}|{sha256(words.encode()).hexdigest()}"
