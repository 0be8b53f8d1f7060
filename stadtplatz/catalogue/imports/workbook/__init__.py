"""Reading an Excel file (.xlsx) row by row, whatever its size: its texts lie in a temporary file, not in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from stadtplatz.catalogue.imports.workbook.book import Book
from stadtplatz.catalogue.imports.workbook.limits import TooMuch
from stadtplatz.catalogue.imports.workbook.sheet import Sheet
from stadtplatz.catalogue.imports.workbook.texts import Texts
from stadtplatz.catalogue.imports.xml import Broken
from stadtplatz.kit import archives

Row = tuple[int, list[str]]


@contextmanager
def opened(file: IO[bytes], *, unpacked: int, columns: int, signs: int, uncomputed: str) -> Iterator[Iterator[Row]]:
    """The rows of the first visible sheet that has any: line and cells as somebody would have typed them in German.

    At most `columns` cells of a row and `signs` of a cell are read. A formula that was never computed is `uncomputed`.
    Refused: Broken for what is no workbook, TooMuch if it would unpack to more than `unpacked` bytes. Either may come while reading.
    """
    with ExitStack() as stack:
        with _mended():
            archive = stack.enter_context(archives.opened(file))
            if sum(entry.file_size for entry in archive.infolist()) > unpacked:
                raise TooMuch
            book = Book(archive)
            texts = stack.enter_context(Texts(archive, book.texts, signs))
        yield _rows(archive, book, texts, columns, signs, uncomputed)


@contextmanager
def _mended() -> Iterator[None]:
    """Whatever a broken archive makes the libraries raise becomes one thing."""
    try:
        yield
    except archives.UNREADABLE as broken:
        raise Broken(str(broken)) from broken


def _rows(
    archive: zipfile.ZipFile, book: Book, texts: Texts, columns: int, signs: int, uncomputed: str
) -> Iterator[Row]:
    for path in book.sheets:
        with _mended():
            part = archive.open(path)
        with part:
            rows = Sheet(book, texts, columns, signs, uncomputed).walk(part)
            found = False
            while (row := _next(rows)) is not None:
                found = True
                yield row
        if found:
            return


def _next(rows: Iterator[Row]) -> Row | None:
    with _mended():
        return next(rows, None)


__all__ = ["Broken", "Row", "TooMuch", "opened"]
