"""Reading CSV, XLSX and product feeds (XML) row by row: encodings and separators of German shop software, and never the whole file in memory."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from stadtplatz.catalogue.imports import merchant
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.tables import as_meant

MAX_ROWS = 200_000
MAX_COLUMNS = 120
MAX_CELL = 10_000
MAX_UNPACKED = 400_000_000
"""What an XLSX file may unpack to: a table of 200,000 rows has about 200 MB."""
SEPARATORS = ";,\t|"
csv.field_size_limit(1_000_000)

Row = tuple[int, list[str]]
"""The line it begins at, as people count them, and its cells."""


class Unreadable(ActionRefused):
    """This file is no table we can read. The message says what to do."""

    code = "unreadable"


@dataclass(frozen=True)
class Table:
    """The first line and how to go through the others, once."""

    headers: list[str]
    rows: Iterator[Row]
    encoding: str
    separator: str


@contextmanager
def opened(file: BinaryIO) -> Iterator[Table]:
    """The table of a CSV or XLSX file or of a product feed, told apart by content. Refused (Unreadable) if it is none, empty or a bomb."""
    file.seek(0)
    head = file.read(64)
    file.seek(0)
    if head.startswith(b"PK"):
        yield from _xlsx(file)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(_("This is an old Excel file (.xls). Please save it as .xlsx or CSV."))
    elif merchant.looks_like_xml(head):
        yield from _xml(file)
    else:
        yield from _csv(file)


def _xml(file: BinaryIO) -> Iterator[Table]:
    """Items count as lines from 2 on, as if they stood in a table."""
    rows = _xml_rows(file)
    first = next(rows, None)
    if first is None:
        raise Unreadable(_("There is no product in this file."))
    yield Table(list(merchant.FIELDS.values()), chain([first], rows), "xml", "")


def _xml_rows(file: BinaryIO) -> Iterator[Row]:
    try:
        for line, cells in enumerate(merchant.items(file), 2):
            yield line, [_bounded(cell) for cell in cells]
    except merchant.Broken:
        raise Unreadable(_("This XML file is broken. Please make the feed anew.")) from None


def _csv(file: BinaryIO) -> Iterator[Table]:
    encoding = encoding_of(file)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        first = text.readline()
        skipped = 0
        if first.lower().startswith("sep=") and len(first.strip()) == 5:
            separator, skipped = first.strip()[4], 1
        else:
            separator = separator_of(first)
            text.seek(0)
        reader = csv.reader(text, delimiter=separator, skipinitialspace=True)
        headers = _headers(next(reader, []))
        yield Table(headers, _csv_rows(reader, skipped), encoding.replace("-sig", ""), separator)
    finally:
        text.detach()


def _csv_rows(reader: Any, skipped: int) -> Iterator[Row]:
    begin = reader.line_num + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = ["\ufffd"]  # told as a row that cannot be read; the next line goes on
        if any(cell.strip() for cell in cells):
            yield begin + skipped, [_bounded(cell) for cell in cells]
        begin = reader.line_num + 1


def _xlsx(file: BinaryIO) -> Iterator[Table]:
    import openpyxl  # takes numpy along where there is one, and web processes seldom read tables

    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise Unreadable(_("This file unpacks to too much. Please split it."))
        file.seek(0)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Unreadable:
        raise
    except Exception:  # whatever a broken archive makes the libraries raise
        raise Unreadable(_("This file cannot be opened. Please save it again as .xlsx or CSV.")) from None
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            raise Unreadable(_("There is no table in this file."))
        rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
        headers = _headers([_text(value) for value in next(rows, ())])
        yield Table(headers, _xlsx_rows(rows), "xlsx", "")
    finally:
        book.close()


def _xlsx_rows(rows: Iterator[tuple[Any, ...]]) -> Iterator[Row]:
    for line, values in enumerate(rows, 2):
        cells = [_bounded(_text(value)) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield line, cells


def _text(value: Any) -> str:
    """A cell as somebody would have typed it in German; whole numbers without an idle `.0`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, float):
        return (
            format(value, ".0f")
            if value.is_integer() and abs(value) < 1e15
            else repr(round(value, 6)).replace(".", ",")
        )
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _headers(cells: list[str]) -> list[str]:
    headers = [cell.strip().strip("\ufeff") for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise Unreadable(_("The file is empty. The first line names the columns."))
    if len(headers) > MAX_COLUMNS:
        raise Unreadable(_("There are too many columns. At most {number} are read.").format(number=MAX_COLUMNS))
    return headers


def _bounded(cell: str) -> str:
    return as_meant(cell.strip())[:MAX_CELL]


def encoding_of(file: BinaryIO) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, else what Windows writes in Germany. Leaves the file at its start."""
    file.seek(0)
    head = file.read(4)
    found = "cp1252"
    if head.startswith(codecs.BOM_UTF8):
        found = "utf-8-sig"
    elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = "utf-16"
    else:
        file.seek(0)
        if _is_utf8(file):
            found = "utf-8"
    file.seek(0)
    return found


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(1 << 16):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def separator_of(line: str) -> str:
    """The sign that splits the first line into the most columns; what stands in quotes does not count."""
    counts = dict.fromkeys(SEPARATORS, 0)
    quoted = False
    for sign in line:
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in counts:
            counts[sign] += 1
    best = max(SEPARATORS, key=lambda sign: counts[sign])
    return best if counts[best] else ";"
