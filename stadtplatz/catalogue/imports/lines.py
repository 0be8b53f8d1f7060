"""Reading CSV as tills really write it: a quote that is never closed costs one row, not all that follow."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

SEPARATORS = ";,\t|"
MOST_SIGNS = 1_000_000
"""A longer line is no row."""
MOST_LINES = 200
"""A row over more lines began with a quote that nobody closed."""
UNCLOSED, TOO_LONG, UNCOMPUTED, _END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
"""Signs that no text has, standing for a row or a cell that cannot be read."""
MARKS = frozenset({UNCLOSED, TOO_LONG, UNCOMPUTED, _END})
csv.field_size_limit(MOST_SIGNS + 1)

Row = tuple[int, list[str]]


def physical(text: TextIO) -> Iterator[str]:
    """The lines of a file; of one that is too long only a sign for it, without ever having all of it in memory."""
    while line := text.readline(MOST_SIGNS):
        if len(line) < MOST_SIGNS or line.endswith(("\n", "\r")):
            yield line
            continue
        while (more := text.readline(MOST_SIGNS)) and not more.endswith(("\n", "\r")):
            pass
        yield f"{TOO_LONG}\n"


class Records:
    """The rows of a CSV file, each with the line it begins at; empty ones are passed over.

    Where a quote is never closed, its first line becomes the one cell UNCLOSED, and reading goes on with the very next line.
    """

    def __init__(self, text: TextIO, separator: str) -> None:
        self.width = 0
        """How many columns there are, once that is known."""
        self._lines, self._separator = physical(text), separator
        self._again: deque[str] = deque()
        self._record: list[str] = []
        self._number = 0
        self._ended = False

    def __iter__(self) -> Iterator[Row]:
        reader = self._reader()
        while True:
            begin = self._number + 1
            self._record.clear()
            try:
                cells = next(reader, [_END])
            except csv.Error:
                cells = self._loosely()
            if cells == [_END]:
                return
            if self._is_unclosed(cells):
                cells = [UNCLOSED]
                self._go_back_to(begin)
                reader = self._reader()
            if any(cell.strip() for cell in cells) and not _names_separator(begin, cells):
                yield begin, cells

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._fed(), delimiter=self._separator, skipinitialspace=True, strict=True)

    def _loosely(self) -> list[str]:
        """A single line may have quotes within quotes; over several lines they mean that a quote closed what another row opened."""
        if len(self._record) > 1:
            return [_END, _END]
        return next(csv.reader(self._record, delimiter=self._separator, skipinitialspace=True), [])

    def _is_unclosed(self, cells: list[str]) -> bool:
        """Still open at the end, over too many lines, or closed by a quote of another row: then the cells do not fit the columns."""
        lines = len(self._record)
        if cells and cells[-1].endswith(_END):
            return True
        return lines > MOST_LINES or (lines > 1 and self.width > 0 and len(cells) != self.width)

    def _go_back_to(self, begin: int) -> None:
        self._again.extendleft(reversed([line for line in self._record[1:] if line != _END]))
        self._number, self._ended = begin, False

    def _fed(self) -> Iterator[str]:
        """The lines as they come, then one sign for the end: inside a cell it tells that a quote is still open."""
        while len(self._record) <= MOST_LINES:
            line = self._again.popleft() if self._again else next(self._lines, None)
            if line is None:
                if self._ended:
                    return
                self._ended, line = True, _END
            self._record.append(line)
            self._number += 1
            yield line
        yield _END


def _names_separator(line: int, cells: list[str]) -> bool:
    """Whether this is the first line with which Excel is told the separator."""
    return line == 1 and cells[0].casefold() == "sep=" and not any(cells[1:])
