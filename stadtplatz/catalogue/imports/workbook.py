"""Reading an Excel file (.xlsx) row by row, whatever its size: its texts lie in a temporary file, not in memory."""

from __future__ import annotations

import os
import re
import zipfile
from array import array
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from tempfile import TemporaryFile
from typing import IO

from stadtplatz.catalogue.imports.xml import Broken, Walker
from stadtplatz.kit import archives

MOST_TEXTS = 5_000_000
MOST_SHEETS = 50
LAST_ROW = 1_048_576
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of the built-in formats that show a date or a time."""


_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff])_")


class TooMuch(Exception):
    """It unpacks to more than we read."""


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
            book = _Book(archive)
            texts = stack.enter_context(_Texts(archive, book.texts, signs))
        yield _rows(archive, book, texts, columns, signs, uncomputed)


@contextmanager
def _mended() -> Iterator[None]:
    """Whatever a broken archive makes the libraries raise becomes one thing."""
    try:
        yield
    except archives.UNREADABLE as broken:
        raise Broken(str(broken)) from broken


def _rows(
    archive: zipfile.ZipFile, book: _Book, texts: _Texts, columns: int, signs: int, uncomputed: str
) -> Iterator[Row]:
    for path in book.sheets:
        with _mended():
            part = archive.open(path)
        with part:
            rows = _Sheet(book, texts, columns, signs, uncomputed).walk(part)
            found = False
            while (row := _next(rows)) is not None:
                found = True
                yield row
        if found:
            return


def _next(rows: Iterator[Row]) -> Row | None:
    with _mended():
        return next(rows, None)


class _Book:
    """Where the sheets and texts lie, and which formats are dates."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        names = set(archive.namelist())
        root = _Named("Relationship").all(archive, "_rels/.rels")
        start = next((one["Target"] for one in root if one.get("Type", "").endswith("/officeDocument")), "")
        start = start.lstrip("/") or "xl/workbook.xml"
        folder, _slash, own = start.rpartition("/")
        links = _Named("Relationship").all(archive, f"{folder}/_rels/{own}.rels")
        paths = {one.get("Id", ""): _within(folder, one.get("Target", "")) for one in links}
        kinds = {one.get("Type", "").rpartition("/")[2]: _within(folder, one.get("Target", "")) for one in links}
        said = _Named("sheet", "workbookPr").all(archive, start)
        self.since_1904 = any(one.get("date1904") in ("1", "true") for one in said)
        wanted = [
            paths.get(_link(one), "") for one in said if "name" in one and one.get("state", "") in ("", "visible")
        ]
        self.sheets = [path for path in wanted if path in names and "chartsheet" not in path]
        self.texts = kinds.get("sharedStrings", "") if kinds.get("sharedStrings") in names else ""
        self.dates = _dates(archive, kinds["styles"]) if kinds.get("styles") in names else frozenset[int]()

    def moment(self, days: float) -> str:
        """A day, or a day and a time, counted from where this book begins."""
        start = datetime(1904, 1, 1, tzinfo=UTC) if self.since_1904 else datetime(1899, 12, 30, tzinfo=UTC)
        found = start + timedelta(seconds=round(days * 86_400))
        return found.date().isoformat() if found.time() == time() else found.replace(tzinfo=None).isoformat()


class _Named(Walker):
    """The attributes of all tags of these names."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.names = names

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.names:
            self.made.append(attributes)

    def all(self, archive: zipfile.ZipFile, path: str) -> list[dict[str, str]]:
        """As a list, some thousand at most."""
        with archive.open(path) as part:
            found = []
            for one in self.walk(part):
                found.append(one)
                if len(found) > 5000:
                    raise Broken("Too many parts.")
            return found


class _Styles(Walker):
    """Which formats of cells show a date."""

    def __init__(self) -> None:
        super().__init__()
        self.own: dict[str, bool] = {}
        self.inside = False
        self.formats: list[bool] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.', "", attributes.get("formatCode", ""))
            self.own[attributes.get("numFmtId", "")] = bool(re.search(r"[ymdhs]", plain, re.I))
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside and len(self.formats) < 70_000:
            number = attributes.get("numFmtId", "0")
            self.formats.append(self.own.get(number, number.isdigit() and int(number) in _DATES))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.inside = False


def _dates(archive: zipfile.ZipFile, path: str) -> frozenset[int]:
    styles = _Styles()
    with archive.open(path) as part:
        for _nothing in styles.walk(part):
            pass
    return frozenset(place for place, is_date in enumerate(styles.formats) if is_date)


class _SharedTexts(Walker):
    """Each text of the workbook in its order; how it is read aloud (Japanese) is left out."""

    def __init__(self, signs: int) -> None:
        super().__init__()
        self.signs, self.parts, self.aloud = signs, [""], False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.parts = []
        elif name == "rPh":
            self.aloud = True
        elif name == "t" and not self.aloud:
            self.listen(self.signs)

    def end(self, name: str) -> None:
        if name == "t" and not self.aloud:
            if len(self.parts) < 1000:
                self.parts.append(self.heard())
        elif name == "rPh":
            self.aloud = False
        elif name == "si":
            self.made.append(_plain("".join(self.parts)[: self.signs]))


class _Texts:
    """The texts of a workbook by number, kept in a temporary file with only their places in memory."""

    def __init__(self, archive: zipfile.ZipFile, path: str, signs: int) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the object
        self._ends = array("Q", [0])
        if path:
            with archive.open(path) as part:
                for text in _SharedTexts(signs).walk(part):
                    self._keep(text)
        self._file.flush()
        self.text = lru_cache(20_000)(self._read)

    def __enter__(self) -> _Texts:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def _keep(self, text: str) -> None:
        if len(self._ends) > MOST_TEXTS:
            raise TooMuch
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", "replace")))

    def _read(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise Broken("A cell means a text that is not there.")
        start, end = self._ends[number], self._ends[number + 1]
        return os.pread(self._file.fileno(), end - start, start).decode()


def _plain(text: str) -> str:
    """Excel writes signs that XML cannot hold as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x00" in text else text


class _Sheet(Walker):
    """The rows of a sheet. Numbers of rows and cells that go backwards or are missing are counted on."""

    def __init__(self, book: _Book, texts: _Texts, columns: int, signs: int, uncomputed: str) -> None:
        super().__init__()
        self.book, self.texts, self.columns, self.signs, self.uncomputed = book, texts, columns, signs, uncomputed
        self.line, self.place = 0, -1
        self.cells: list[str] = []
        self.kind, self.style = "n", 0
        self.value, self.parts, self.formula, self.aloud = "", [""], False, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            number = attributes.get("r", "")
            said = int(number) if number.isdigit() and len(number) < 9 else 0
            self.line = said if said > self.line else self.line + 1
            if self.line > LAST_ROW:
                raise Broken("There are rows beyond the last one.")
            self.cells, self.place = [], -1
        elif name in ("v", "t") and not self.aloud:
            self.listen(self.signs)
        elif name == "f":
            self.formula = True
        elif name == "rPh":
            self.aloud = True

    def end(self, name: str) -> None:
        if name == "v":
            self.value = self.heard()
        elif name == "t" and not self.aloud:
            if len(self.parts) < 1000:
                self.parts.append(self.heard())
        elif name == "rPh":
            self.aloud = False
        elif name == "c":
            self._close()
        elif name == "row" and any(self.cells):
            self.made.append((self.line, self.cells))

    def _cell(self, attributes: dict[str, str]) -> None:
        said = _column(attributes.get("r", ""))
        self.place = said if said > self.place else self.place + 1
        style = attributes.get("s", "0")
        self.kind, self.style = attributes.get("t", "n"), int(style) if style.isdigit() else 0
        self.value, self.parts, self.formula = "", [], False

    def _close(self) -> None:
        if self.place >= self.columns:
            return
        text = self._typed()
        if text:
            self.cells.extend([""] * (self.place + 1 - len(self.cells)))
            self.cells[self.place] = text

    def _typed(self) -> str:
        if self.kind == "inlineStr":
            return _plain("".join(self.parts)[: self.signs])
        if not self.value:
            return self.uncomputed if self.formula else ""
        if self.kind == "s":
            return self.texts.text(int(self.value) if self.value.isdigit() else -1)
        if self.kind == "b":
            return "ja" if self.value in ("1", "true") else "nein"
        if self.kind != "n":
            return _plain(self.value)
        return self._number()

    def _number(self) -> str:
        try:
            value = float(self.value)
            if self.style in self.book.dates and 0 <= value < 2_958_466:
                return self.book.moment(value)
        except (ValueError, OverflowError):
            return self.value
        if value.is_integer() and abs(value) < 1e15:
            return format(value, ".0f")
        return repr(round(value, 6)).replace(".", ",")


def _column(reference: str) -> int:
    """The place of a cell like `AB12`, from 0; -1 if it says none."""
    place = 0
    for sign in reference[:4]:
        if not "A" <= sign <= "Z":
            break
        place = place * 26 + ord(sign) - 64
    return place - 1


def _within(folder: str, target: str) -> str:
    """The path in the archive that a link from this folder means."""
    return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")


def _link(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id" and ":" in name), "")
