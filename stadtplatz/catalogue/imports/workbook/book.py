"""Where the sheets and texts of a workbook lie, and which of its formats are dates."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime, time, timedelta

from stadtplatz.catalogue.imports.xml import Broken, Walker

_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of the built-in formats that show a date or a time."""


class Book:
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


def _within(folder: str, target: str) -> str:
    """The path in the archive that a link from this folder means."""
    return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")


def _link(attributes: dict[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id" and ":" in name), "")
