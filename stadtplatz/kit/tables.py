"""Tables for other programs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

_TAG = re.compile(
    r"</?(?:p|br|div|ul|ol|li|b|strong|i|em|u|span|h[1-6]|a|table|tr|td|th|tbody|img|font|hr)(?:\s[^<>]*)?/?>", re.I
)
_BREAKS = re.compile(r"<(?:br\s*/?|/p|/div|/li|/h[1-6]|/tr)\s*>", re.I)
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.I | re.S)
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


def csv_stream(name: str, rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """As `csv_answer`, sent while it is made: for tables of any length."""
    answer = StreamingHttpResponse(chain(["\ufeff"], csv_lines(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def harmless(value: Any) -> Any:
    """The value as a cell that no spreadsheet takes for a formula; empty for None."""
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return f"'{value}"
    return "" if value is None else value


def as_meant(cell: str) -> str:
    """A cell that `harmless` wrote, without the quote it put in front; and what others write as `="0123"` so that it stays a text."""
    if cell.startswith("'") and cell[1:].startswith(_DANGEROUS):
        return cell[1:]
    if cell.startswith('="') and cell.endswith('"') and '"' not in cell[2:-1]:
        return cell[2:-1]
    return cell


def without_tags(cell: str) -> str:
    """What a reader sees of a text that a shop's software wrote as HTML; any other text stays as it is, `a < b` too."""
    if not _TAG.search(cell):
        return cell
    shown = _TAG.sub("", _BREAKS.sub("\n", _HIDDEN.sub("", cell)))
    lines = (" ".join(line.split()) for line in unescape(shown).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
