"""Reading CSV, XLSX and product feeds (XML) row by row: encodings and separators of German shop software, and never the whole file in memory."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO

from django.utils.translation import gettext as _

from stadtplatz.catalogue.imports import columns, lines, merchant, workbook
from stadtplatz.catalogue.imports.lines import SEPARATORS, UNCOMPUTED
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.tables import as_meant

MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_CELL = 10_000
MAX_UNPACKED = 400_000_000
"""What an XLSX file may unpack to: a table of 200,000 rows has about 200 MB."""
HEAD = 10
"""So many rows may stand before the names of the columns: a title, a date, the name of the till."""
_DIRT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ud800-\udfff]")
"""Signs nobody typed: tills fill up cells with them, and no database keeps them."""

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
        try:
            yield from _xlsx(file)
        except workbook.TooMuch:
            raise Unreadable(_("This file unpacks to too much. Please split it.")) from None
        except workbook.Broken:
            raise Unreadable(_("This file cannot be opened. Please save it again as .xlsx or CSV.")) from None
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
        separator = separator_of(list(islice(lines.physical(text), HEAD)))
        text.seek(0)
        reader = lines.Records(text, separator)
        head, rows = _headed(iter(reader))
        reader.width = len(head)
        bounded = ((line, [_bounded(cell) for cell in cells]) for line, cells in rows)
        yield Table(head, bounded, encoding.replace("-sig", ""), separator)
    finally:
        text.detach()


def _xlsx(file: BinaryIO) -> Iterator[Table]:
    with workbook.opened(
        file, unpacked=MAX_UNPACKED, columns=MAX_COLUMNS + 1, signs=MAX_CELL + 1, uncomputed=UNCOMPUTED
    ) as rows:
        head, others = _headed(_told(rows))
        yield Table(head, ((line, [_bounded(cell) for cell in cells]) for line, cells in others), "xlsx", "")


def _told(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows; what breaks while reading is told in words for people."""
    try:
        yield from rows
    except workbook.Broken:
        raise Unreadable(_("This file cannot be opened. Please save it again as .xlsx or CSV.")) from None


def _headed(rows: Iterator[Row]) -> tuple[list[str], Iterator[Row]]:
    """The names of the columns and the rows behind them. A title above them is passed over: one cell alone, before a row with names we know."""
    first: list[Row] = list(islice(rows, HEAD))
    at = 0
    while at < len(first) and sum(map(bool, first[at][1])) < 2:
        at += 1
    if not 0 < at < len(first) or sum(map(bool, columns.guess(first[at][1]))) < 2:
        at = 0
    return _headers(first[at][1] if first else []), chain(first[at + 1 :], rows)


def _headers(cells: list[str]) -> list[str]:
    headers = [_bounded(cell) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise Unreadable(_("The file is empty. The first line names the columns."))
    if headers[0] in (lines.UNCLOSED, lines.TOO_LONG):
        raise Unreadable(
            _("The first line cannot be read: a quotation mark is never closed, or the line does not end.")
        )
    if len(headers) > MAX_COLUMNS:
        raise Unreadable(_("There are too many columns. At most {number} are read.").format(number=MAX_COLUMNS))
    return headers


def _bounded(cell: str) -> str:
    return as_meant(_DIRT.sub("", cell).strip())[: MAX_CELL + 1]


def encoding_of(file: BinaryIO) -> str:
    """UTF-8 and UTF-16 with or without their mark, else what Windows writes in Germany. Leaves the file at its start."""
    file.seek(0)
    head = file.read(4)
    found = "cp1252"
    if head.startswith(codecs.BOM_UTF8):
        found = "utf-8-sig"
    elif head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = "utf-16"
    elif head[1::2] == b"\0\0" or head[::2] == b"\0\0":
        found = "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
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


def separator_of(first: list[str]) -> str:
    """The sign that splits the first of these lines that has one into the most columns; what stands in quotes does not count."""
    for line in first:
        counts = dict.fromkeys(SEPARATORS, 0)
        quoted = False
        for sign in line:
            if sign == '"':
                quoted = not quoted
            elif not quoted and sign in counts:
                counts[sign] += 1
        best = max(SEPARATORS, key=lambda sign: counts[sign])
        if re.fullmatch(r"sep=[;,|\t]", line.rstrip("\r\n"), re.I):
            return line[4]
        if counts[best]:
            return best
    return ";"
