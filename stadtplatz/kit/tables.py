"""Tables for other programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


class _Line:
    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The rows as lines of CSV: comma, quotes where needed, empty for None. Words that look like a formula get a quote in front."""
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([harmless(value) for value in row])


def csv_answer(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A download in UTF-8 with the mark that spreadsheets want."""
    answer = HttpResponse("\ufeff" + "".join(csv_lines(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def harmless(value: Any) -> Any:
    """The value as a cell that no spreadsheet takes for a formula; empty for None."""
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return f"'{value}"
    return "" if value is None else value


def as_meant(cell: str) -> str:
    """A cell that `harmless` wrote, without the quote it put in front."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_DANGEROUS) else cell
