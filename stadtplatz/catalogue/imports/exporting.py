"""All offers of a shop in the very columns that can be taken in again."""

from __future__ import annotations

import csv as csv_module
import io
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any

from stadtplatz.catalogue import categories, guarantee, rules, units, vat
from stadtplatz.catalogue.imports.columns import COLUMNS
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock
from stadtplatz.kit.money import Money
from stadtplatz.kit.tables import harmless
from stadtplatz.pools import queries as levels
from stadtplatz.shops.models import Shop

LEFT_OUT = frozenset({"unit"})
"""Columns that another one already says."""
WITHDRAWAL = {
    "none": "ja",
    "perishable": "verderblich",
    "made_to_order": "nach Maß",
    "hygiene": "Hygiene",
    "on_site": "vor Ort",
    "": "",
}
UNITS = {code: unit.short for code, unit in units.UNITS.items()} | {units.PIECE: "Stück"}
KINDS = {
    Offer.GOODS: "Stück", Offer.LOOSE: "lose", Offer.MADE: "nach Bestellung", Offer.SHOWCASE: "nur im Geschäft", Offer.SERVICE: "mit Termin",
    Offer.QUOTE: "auf Anfrage", Offer.SURPRISE: "Überraschungstüte",
}  # fmt: skip
AT_ONCE = 500


SAID = (
    "maker",
    "origin",
    "warnings",
    "organic",
    "alcohol",
    "fibres",
    "battery",
    "energy",
    "eprel",
    *guarantee.FIELDS,
    "green_kind",
    "green_issuer",
    "green_proof",
)
"""Particulars that have a column of their own."""


def headers() -> list[str]:
    """The first line of every file we write."""
    return [column.header for column in COLUMNS if column.name not in LEFT_OUT]


def csv(shop: Shop) -> Iterator[str]:
    """As CSV with semicolons and the mark that spreadsheets want, some hundred offers at a time."""
    line = io.StringIO(newline="")
    writer = csv_module.writer(line, delimiter=";", lineterminator="\r\n")
    line.write("\ufeff")
    writer.writerow(headers())
    for number, row in enumerate(rows(shop), 1):
        writer.writerow([harmless(cell) for cell in row])
        if number % AT_ONCE == 0:
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


def xlsx(shop: Shop) -> IO[bytes]:
    """As an Excel file whose cells are all text, so that barcodes stay whole. It lies in a temporary file until it is closed."""
    import openpyxl  # takes numpy along where there is one, and web processes seldom write tables

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Angebote")
    for row in chain([headers()], rows(shop)):
        sheet.append([_text_cell(sheet, value) for value in row])
    out = TemporaryFile()  # noqa: SIM115 - handed on open
    book.save(out)
    out.seek(0)
    return out


def rows(shop: Shop) -> Iterator[list[str]]:
    """One row for each offer, drafts too, in the order they were made."""
    for offer, count in _offers_with_stock(shop):
        yield row_of(offer, count)


def row_of(offer: Offer, count: int) -> list[str]:
    """The cells of one offer, in the order of `headers`."""
    category = categories.all_categories().get(offer.category)
    cells = {
        "sku": offer.sku,
        "gtin": offer.gtin,
        "title": offer.title,
        "description": offer.description,
        "brand": offer.brand,
        "category": category.de if category else offer.category,
        "price": amount(offer.price),
        "vat": _vat(offer),
        "deposit": amount(offer.deposit) if offer.deposit else "",
        "content": measure(offer.content_amount, offer.content_unit),
        "drained": measure(offer.drained_amount, units.of_drained(offer.content_unit)),
        "stock": str(count),
        "kind": KINDS[offer.kind],
        "withdrawal": WITHDRAWAL[offer.withdrawal],
        "age": str(offer.age_limit or ""),
        "allergens": offer.allergens,
        "food_info": offer.food_info,
        "picture": "",
        "visible": "ja" if offer.state == Offer.PUBLISHED else "nein",
    }
    cells |= {name: offer.particulars.get(name, "") for name in SAID}
    return [cells[column.name] for column in COLUMNS if column.name not in LEFT_OUT]


def amount(money: Money) -> str:
    """`12,90`, as German spreadsheets read it."""
    return f"{money.cents // 100},{money.cents % 100:02d}"


def measure(content: Decimal | None, unit: str) -> str:
    """`0,75 l`; empty without a content."""
    if content is None or not unit:
        return ""
    return f"{format(content.normalize(), 'f').replace('.', ',')} {UNITS[unit]}"


def _vat(offer: Offer) -> str:
    return (
        str(vat.percent(offer.vat_class, clock.today()))
        if offer.vat_class in ("standard", "reduced")
        else offer.vat_class
    )


def _offers_with_stock(shop: Shop) -> Iterator[tuple[Offer, int]]:
    last = 0
    while True:
        offers = list(Offer.objects.filter(shop=shop, pk__gt=last).order_by("pk")[:AT_ONCE])
        if not offers:
            return
        stands = levels.levels([rules.stock_key(offer) for offer in offers])
        for offer in offers:
            level = stands[rules.stock_key(offer)]
            yield offer, level.available + level.held
        last = offers[-1].pk


def _text_cell(sheet: Any, value: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell
