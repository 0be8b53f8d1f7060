"""From a row of cells to what an offer would be, with all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from stadtplatz.catalogue import meaning, units, vat
from stadtplatz.catalogue.imports import cells, promises
from stadtplatz.catalogue.imports.cells import Fault
from stadtplatz.catalogue.imports.columns import plain, unit_in
from stadtplatz.catalogue.imports.lines import TOO_LONG, UNCLOSED, UNCOMPUTED
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.firstseen import FirstSeen
from stadtplatz.kit.names import slugify_german
from stadtplatz.kit.tables import without_tags

Told = tuple[str, str, str]
"""Column, kind and words of a fault or hint."""

VAT_WORDS = {
    "19": "standard", "7": "reduced", "0": "zero", "voll": "standard", "normal": "standard", "standard": "standard",
    "regelsteuersatz": "standard", "ermaessigt": "reduced", "reduced": "reduced", "zero": "zero", "steuerfrei": "zero",
    "speisen": "meals", "meals": "meals", "solar": "solar", "differenzbesteuert": "margin", "margin": "margin",
    "reduced rate": "reduced", "zero rate": "zero", "reduziert": "reduced", "ermaessigter steuersatz": "reduced", "keine": "zero",
    "19 00": "standard", "7 00": "reduced", "1 07": "reduced", "19 0": "standard", "7 0": "reduced", "0 19": "standard", "0 07": "reduced", "1 19": "standard",
}  # fmt: skip
WITHDRAWAL_WORDS = {
    "ja": "none", "14 tage": "none", "moeglich": "none", "none": "none", "rueckgabe moeglich": "none",
    "verderblich": "perishable", "verdirbt schnell": "perishable", "perishable": "perishable", "massanfertigung": "made_to_order",
    "nach mass": "made_to_order", "made to order": "made_to_order", "hygiene": "hygiene", "hygieneartikel": "hygiene", "vor ort": "on_site",
}  # fmt: skip
KIND_WORDS = {
    "": "goods",
    "stueck": "goods",
    "gepackt": "goods",
    "goods": "goods",
    "lose": "loose",
    "loose": "loose",
    "ja": "loose",
    "nein": "goods",
    "nach bestellung": "made",
    "auf bestellung": "made",
    "made": "made",
    "nur im geschaeft": "showcase",
    "showcase": "showcase",
    "auf anfrage": "quote",
    "quote": "quote",
    "mit termin": "service",
    "service": "service",
    "ueberraschungstuete": "surprise",
    "surprise": "surprise",
}


@dataclass
class Understood:
    """One row: `values` are fields of an offer, `stock` and `visible` beside them; `faults` keep it out, `hints` do not."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    particulars: dict[str, str] = field(default_factory=dict)
    stock: int | None = None
    visible: bool | None = None
    picture: str = ""
    faults: list[Told] = field(default_factory=list)
    hints: list[Told] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.values.get("title", ""))


class Reader:
    """Understands the rows of one file: which cell is what, what holds for all, and which keys were seen at which line."""

    def __init__(self, columns: list[str], defaults: dict[str, str], headers: Sequence[str] = ()):
        self.places = {name: place for place, name in enumerate(columns) if name}
        self.units = {name: unit_in(header) for name, header in zip(columns, headers, strict=False) if name}
        """The unit that the header of a column names for all its cells."""
        self.width, self.defaults = len(columns), defaults
        self.seen = FirstSeen()
        self.only_changes = "title" not in self.places
        """The file names articles that exist; it cannot bring new ones, and nothing holds for all its rows."""
        if self.only_changes:
            self.defaults = {}

    def understand(self, line: int, row: list[str]) -> Understood:
        """What the row says. A column the file does not have says nothing and changes nothing."""
        found = Understood(line)
        if unreadable := self._unreadable(row):
            found.faults.append(("", *unreadable))
            return found
        for name, read in _READERS.items():
            if name in self.places or name in _ALWAYS:
                try:
                    read(self, found, self._cell(row, name), row)
                except Fault as fault:
                    found.faults.append((name, fault.code, fault.message))
        self._once("sku", found)
        self._once("gtin", found)
        if not found.values.get("sku") and not found.values.get("gtin"):
            self._once("title", found)
        return found

    def _unreadable(self, row: list[str]) -> tuple[str, str] | None:
        """Why nothing at all can be made of this row."""
        if row[0] == UNCLOSED:
            return "quote", _(
                "A quotation mark in this row is never closed, or closed in another row. The rows behind it were read on their own."
            )
        if row[0] == TOO_LONG:
            return "endless", _("This row has more than a million signs. Is a line break missing?")
        if any(row[self.width :]):
            words = _("The row has {found} cells, the first line only {wanted}. Is a separator inside a text?")
            return "columns", words.format(found=len(row), wanted=self.width)
        if any("\ufffd" in cell for cell in row):
            return "encoding", _("There are signs in this row that cannot be read. Please save the file as UTF-8.")
        if any(UNCOMPUTED in cell for cell in row):
            words = _(
                "There is a formula without its result. Open the file in your spreadsheet, save it and send it again."
            )
            return "formula", words
        return None

    def _cell(self, row: list[str], name: str) -> str:
        place = self.places.get(name)
        return row[place] if place is not None and place < len(row) else ""

    def _once(self, name: str, found: Understood) -> None:
        key = found.values.get(name)
        if not key or found.faults:
            return
        first = self.seen.note(f"{name} {key}", found.line)
        if first != found.line:
            words = _("“{key}” stands in line {line} already. Only the first one counts.").format(key=key, line=first)
            found.faults.append((name, "duplicate", words))


def _title(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    cell = " ".join(cell.split())
    if not cell and reader.only_changes:
        return
    if not cell:
        raise Fault("title", _("The title is missing."))
    if len(cell) > 120:
        raise Fault("title-long", _("The title has {number} signs. At most 120 fit.").format(number=len(cell)))
    found.values["title"] = cell
    found.values["slug"] = slugify_german(cell)[:140] or "angebot"


def _price(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    if not cell and reader.only_changes:
        return
    if not cell:
        raise Fault("price-missing", _("The price is missing."))
    found.values["price"] = cells.price(cell)


def _category(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    if not cell:
        if reader.defaults.get("category"):
            found.values["category"] = reader.defaults["category"]
        return
    category = meaning.exactly(cell)
    if category is None and reader.defaults.get("category"):
        found.values["category"] = reader.defaults["category"]
        words = _("“{text}” is no category; the one chosen for the whole file was taken.").format(text=cell[:40])
        found.hints.append(("category", "category", words))
        return
    if category is None:
        near = meaning.nearly(cell, most=1)
        words = _("“{text}” is no category.").format(text=cell[:40])
        meant = _("Did you mean “{name}”?").format(name=near[0].de) if near else ""
        raise Fault("category", f"{words} {meant}".strip())
    found.values["category"] = category.code


def _vat(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    word = plain(cell).removesuffix(" prozent").strip()
    if not word:
        return
    if word in dict(vat.CLASSES):
        found.values["vat_class"] = word
    elif word in VAT_WORDS:
        found.values["vat_class"] = VAT_WORDS[word]
    else:
        raise Fault("vat", _("“{text}” is no rate of VAT: 19, 7 or 0.").format(text=cell[:40]))


def _content(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    amount, unit = cells.content(cell, reader._cell(row, "unit") or reader.units.get("content", ""))
    if unit:
        found.values["content_amount"], found.values["content_unit"] = amount, unit


def _drained(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    unit = str(found.values.get("content_unit", ""))
    wanted = units.of_drained(unit)
    amount, told = cells.content(cell, reader.units.get("drained") or wanted or "g")
    if amount is not None and unit and told != wanted:
        told_unit, wanted_unit = units.UNITS.get(told), units.UNITS.get(wanted)
        if told_unit is None or wanted_unit is None or told_unit.base != wanted_unit.base:
            raise Fault("content", _("The drained weight is a weight, such as 180 g."))
        amount = (amount * told_unit.factor / wanted_unit.factor).quantize(Decimal("0.001"))
    found.values["drained_amount"] = amount


def _withdrawal(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    word = plain(cell)
    if not word:
        if reader.defaults.get("withdrawal"):
            found.values["withdrawal"] = reader.defaults["withdrawal"]
        return
    code = word.replace(" ", "_") if word.replace(" ", "_") in dict(Offer.WITHDRAWAL) else WITHDRAWAL_WORDS.get(word)
    if code is None:
        words = _("“{text}”: write ja, verderblich, nach Maß or Hygiene.")
        raise Fault("withdrawal", words.format(text=cell[:40]))
    found.values["withdrawal"] = code


def _age(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    word = cell.casefold().removeprefix("ab").removesuffix("jahre").strip(" +")
    if word in ("", "0", "keine", "nein"):
        found.values["age_limit"] = 0
    elif word in ("16", "18"):
        found.values["age_limit"] = int(word)
    else:
        raise Fault("age", _("“{text}”: the age limit is 16, 18 or empty.").format(text=cell[:40]))


def _kind(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    if plain(cell) not in KIND_WORDS:
        raise Fault("kind", _("“{text}” is no kind of sale: Stück or lose.").format(text=cell[:40]))
    found.values["kind"] = KIND_WORDS[plain(cell)]


def _stock(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    found.stock = cells.stock(cell)


def _visible(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    found.visible = cells.yes(cell, default=True)


def _picture(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    first = re.split(r"[,;|]\s*(?=https?:)", cell)[0].strip()
    if len(first) > 500 or (first.startswith("http:") or ("://" in first and not first.startswith("https://"))):
        raise Fault("picture", _("The picture needs an address that begins with https://, or a file name in the ZIP."))
    found.picture = first


def _gtin(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    found.values["gtin"] = cells.gtin(cell)


def _deposit(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    found.values["deposit"] = (cells.money(cell) or None) if cell else None
    if found.values["deposit"] is not None and not found.values["deposit"].cents:
        found.values["deposit"] = None


def _description(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
    _text("description", 3000)(reader, found, without_tags(cell), row)


def _text(name: str, most: int) -> Callable[[Reader, Understood, str, list[str]], None]:
    def read(reader: Reader, found: Understood, cell: str, row: list[str]) -> None:
        if len(cell) > most:
            found.hints.append((name, "long", _("Cut off after {number} signs.").format(number=most)))
        found.values[name] = cell[:most]

    return read


_ALWAYS = frozenset({"title", "price", "category", "withdrawal"})
"""Read even if the file has no such column: missing, or the same for all rows."""
_READERS: dict[str, Callable[[Reader, Understood, str, list[str]], None]] = {
    "sku": _text("sku", 40),
    "gtin": _gtin,
    "title": _title,
    "description": _description,
    "brand": _text("brand", 80),
    "category": _category,
    "price": _price,
    "vat": _vat,
    "deposit": _deposit,
    "content": _content,
    "drained": _drained,
    "stock": _stock,
    "kind": _kind,
    "withdrawal": _withdrawal,
    "age": _age,
    "allergens": _text("allergens", 300),
    "food_info": _text("food_info", 3000),
    "maker": promises.particular("maker"),
    "origin": promises.particular("origin"),
    "warnings": promises.particular("warnings"),
    "organic": promises.particular("organic"),
    "alcohol": promises.particular("alcohol"),
    "fibres": promises.particular("fibres"),
    "battery": promises.particular("battery"),
    "energy": promises.particular("energy"),
    "eprel": promises.particular("eprel"),
    "guarantee": promises.guarantee,
    "guarantee_whole": promises.guarantee_whole,
    "guarantee_maker": promises.particular("guarantee_maker"),
    "guarantee_model": promises.particular("guarantee_model"),
    "green_kind": promises.green_kind,
    "green_issuer": promises.particular("green_issuer"),
    "green_proof": promises.particular("green_proof"),
    "picture": _picture,
    "visible": _visible,
}
