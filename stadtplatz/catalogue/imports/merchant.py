"""Reading a product feed as Google Merchant Center takes it (RSS 2.0 or Atom): one item at a time, never the whole file in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from stadtplatz.catalogue import meaning
from stadtplatz.catalogue.imports.xml import Broken as Broken
from stadtplatz.catalogue.imports.xml import Walker

FIELDS = {
    "id": "Artikelnummer",
    "gtin": "GTIN",
    "title": "Titel",
    "description": "Beschreibung",
    "brand": "Marke",
    "category": "Kategorie",
    "price": "Preis",
    "quantity": "Bestand",
    "unit_pricing_measure": "Inhalt",
    "image_link": "Bild",
}
"""What of an item is read, and the column it becomes. `category` is what the shop's own or Google's category means here."""
ITEMS = frozenset({"item", "entry"})
READ = frozenset({*FIELDS, "product_type", "google_product_category", "availability", "sell_on_google_quantity"})

MOST = 10_000
"""Signs of one field that are read."""


def looks_like_xml(head: bytes) -> bool:
    """Whether a file that begins so is XML."""
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def items(file: IO[bytes]) -> Iterator[list[str]]:
    """The cells of each item, in the order of FIELDS. Refused (Broken) at the first place that cannot be read.

    Entities and document types are refused: a feed needs none, and they can be used to blow up a reader.
    """
    for said in _Items().walk(file):
        yield _cells(said)


class _Items(Walker):
    """What each item says: the first of each field that we read."""

    def __init__(self) -> None:
        super().__init__()
        self.item: dict[str, str] | None = None
        self.beside = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.item is None:
            if name in ITEMS:
                self.item, self.beside = {}, self.depth + 1
        elif self.depth == self.beside and name in READ and name not in self.item:
            self.listen(MOST)

    def end(self, name: str) -> None:
        if self.item is None:
            return
        if self.depth == self.beside - 1 and name in READ and name not in self.item:
            self.item[name] = " ".join(self.heard().split())
        elif self.depth < self.beside - 1:
            self.made.append(self.item)
            self.item = None


def _cells(said: dict[str, str]) -> list[str]:
    said["category"] = _category(said)
    said["quantity"] = said.get("quantity") or said.get("sell_on_google_quantity") or _none_left(said)
    said["price"] = said.get("price", "").upper().removesuffix("EUR").strip()
    return [said.get(name, "") for name in FIELDS]


def _category(said: dict[str, str]) -> str:
    """The shop's own word if we know it, else Google's number or path, from its last step upwards; else the shop's own word as it is."""
    own, google = said.get("product_type", ""), said.get("google_product_category", "")
    steps = [step.strip() for step in google.split(">")]
    tries = [own, *(step.strip() for step in reversed(own.split(">"))), google, *reversed(steps)]
    found = next((category for text in tries if text and (category := meaning.exactly(text))), None)
    return found.de if found else own or google


def _none_left(said: dict[str, str]) -> str:
    """A feed says whether it is there, seldom how many: nothing is nothing, and of the rest the count stays as it is."""
    return "0" if said.get("availability", "").replace(" ", "_").casefold() == "out_of_stock" else ""
