"""The rows of one sheet, each cell as somebody would have typed it in German."""

from __future__ import annotations

from stadtplatz.catalogue.imports.workbook.book import Book
from stadtplatz.catalogue.imports.workbook.texts import Texts, plain
from stadtplatz.catalogue.imports.xml import Broken, Walker

LAST_ROW = 1_048_576


class Sheet(Walker):
    """The rows of a sheet. Numbers of rows and cells that go backwards or are missing are counted on."""

    def __init__(self, book: Book, texts: Texts, columns: int, signs: int, uncomputed: str) -> None:
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
            return plain("".join(self.parts)[: self.signs])
        if not self.value:
            return self.uncomputed if self.formula else ""
        if self.kind == "s":
            return self.texts.text(int(self.value) if self.value.isdigit() else -1)
        if self.kind == "b":
            return "ja" if self.value in ("1", "true") else "nein"
        if self.kind != "n":
            return plain(self.value)
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
