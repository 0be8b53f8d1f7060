"""Reports from a CSV file as people have it: any usual encoding and separator, line breaks in texts, gaps, a byte order mark."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

NAMES = {
    "text": (
        "text",
        "beschreibung",
        "description",
        "meldung",
        "meldungstext",
        "text_raw",
        "anliegen",
        "inhalt",
        "detail",
    ),
    "category": ("category", "kategorie", "rubrik", "service_name", "category_child", "service_code", "thema", "label"),
    "date": ("date", "datum", "date_created", "created", "created_at", "requested_datetime", "erstellt", "eingang"),
}
_ORDERS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%Y/%m/%d", "%d/%m/%Y", "%Y%m%d", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S")
_SEPARATORS = ";,\t|"


class FileRefused(Exception):
    """The file cannot be used; the message says why and what would help."""


@dataclass
class Report:
    text: str
    category: str
    at: datetime | None = None


@dataclass
class Reading:
    """The usable reports in the order of the file, and what was left out."""

    reports: list[Report]
    encoding: str
    separator: str
    incomplete: int = 0
    dated: bool = False
    columns: dict[str, str] = field(default_factory=dict)

    def by_age(self) -> list[Report]:
        """The oldest first; in the order of the file where most reports bear no date, those without one come first."""
        if not self.dated:
            return list(self.reports)
        return sorted(self.reports, key=lambda report: report.at or datetime.min.replace(tzinfo=UTC))


def read_reports(path: Path, columns: dict[str, str] | None = None) -> Reading:
    """All reports of the file; `columns` names the columns where they are not called text, category and date."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path} cannot be read: {error.strerror}") from error
    text, encoding = decode(content)
    if not text.strip():
        raise FileRefused(f"{path} is empty.")
    separator = _separator(text)
    csv.field_size_limit(10_000_000)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    try:
        head = next(rows)
        places = _places(head, columns or {})
        return _collect(
            list(rows), places, Reading([], encoding, separator, columns={k: head[v] for k, v in places.items()})
        )
    except csv.Error as error:
        raise FileRefused(f"{path} is not a CSV file: {error}") from error


def decode(content: bytes) -> tuple[str, str]:
    """The letters of a file and the encoding they were in: marked ones, UTF-8, else the one of Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").replace("\0", ""), "utf-16"
    try:
        return content.decode("utf-8-sig").replace("\0", ""), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\0", ""), "cp1252"


def _separator(text: str) -> str:
    """What stands between the names of the columns; quoted names do not count."""
    head = re.sub(r'"[^"]*"', "", text.lstrip().splitlines()[0])
    return max(_SEPARATORS, key=lambda sign: (head.count(sign), -_SEPARATORS.index(sign)))


def _places(head: list[str], columns: dict[str, str]) -> dict[str, int]:
    """Which column is which; text and category are needed."""
    names = [name.strip().strip("\ufeff").casefold() for name in head]
    found = {}
    for part, usual in NAMES.items():
        wanted: Sequence[str] = [columns[part].casefold()] if columns.get(part) else usual
        place = next((names.index(name) for name in wanted if name in names), None)
        if place is not None:
            found[part] = place
        elif part != "date" or columns.get(part):
            there = ", ".join(name for name in head if name.strip())
            raise FileRefused(
                f"There is no column “{columns.get(part) or part}”. The file has: {there}. Name the column with --{part}-column."
            )
    return found


def _collect(rows: list[list[str]], places: dict[str, int], reading: Reading) -> Reading:
    for row in rows:
        cells = {part: row[place].strip() if place < len(row) else "" for part, place in places.items()}
        if not any(cell.strip() for cell in row):
            continue
        if not cells["text"] or not cells["category"]:
            reading.incomplete += 1
            continue
        reading.reports.append(Report(cells["text"], cells["category"], read_date(cells.get("date", ""))))
    reading.dated = sum(report.at is not None for report in reading.reports) > len(reading.reports) / 2
    return reading


def read_date(words: str) -> datetime | None:
    """A moment from the usual ways to write one; without a zone it counts as UTC, which is enough for putting in order."""
    if not words:
        return None
    found: datetime | None
    try:
        found = datetime.fromisoformat(words.replace("Z", "+00:00"))
    except ValueError:
        found = next((parsed for order in _ORDERS if (parsed := _parse(words, order))), None)
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def _parse(words: str, order: str) -> datetime | None:
    try:
        return datetime.strptime(words, order)  # noqa: DTZ007 - the caller adds the zone
    except ValueError:
        return None
