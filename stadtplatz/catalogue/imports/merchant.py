"""Reading a product feed as Google Merchant Center takes it (RSS 2.0 or Atom): one item at a time, never the whole file in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element  # nosec B405 - the name of a type alone; defusedxml reads

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from stadtplatz.catalogue import meaning

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


class Broken(Exception):
    """The feed is no well-formed XML, or asks for what no feed needs."""


def looks_like_xml(head: bytes) -> bool:
    """Whether a file that begins so is XML."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def items(file: BinaryIO) -> Iterator[list[str]]:
    """The cells of each item, in the order of FIELDS. Refused (Broken) at the first place that cannot be read.

    Entities and document types are refused: a feed needs none, and they can be used to blow up a reader.
    """
    depth, parents = 0, []
    try:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                depth += 1
                parents.append(element)
                continue
            depth -= 1
            parents.pop()
            if _name(element) in ITEMS:
                yield _cells(element)
                if parents:
                    parents[-1].remove(element)
    except (ParseError, DefusedXmlException, UnicodeDecodeError, LookupError, ValueError) as broken:
        raise Broken(str(broken)) from broken


def _cells(item: Element) -> list[str]:
    said: dict[str, str] = {}
    for child in item:
        said.setdefault(_name(child), " ".join((child.text or "").split()))
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


def _name(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]
