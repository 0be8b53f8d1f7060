"""A town to try things out: the real reports of another city, in a database of its own.

Place, day and category come from the file; the text names the category, and how long each took is drawn by lot, the same for the
same file. Nobody is written to and no such town is found by others.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from stadtplatz.cases.actions import Hand
from stadtplatz.city.queries import responsible_for
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.packs import read
from stadtplatz.operate.grids import GRIDS
from stadtplatz.tickets import queries
from stadtplatz.tickets.actions import PastReport, import_reports
from stadtplatz.tickets.models import Category, Imported

FOLDER = Path(__file__).parent / "sandboxes"
OUTCOMES = ["done"] * 80 + ["declined"] * 9 + ["not_our_duty"] * 7 + ["duplicate"] * 4


class Unreadable(Exception):
    """The file is not what `reports.yaml` says; the message names the line."""


@dataclass(frozen=True)
class Loaded:
    """How many reports stand here now, and how many lines told no place, day or known category."""

    imported: Imported
    skipped: int


def names() -> list[str]:
    return sorted(path.parent.name for path in FOLDER.glob("*/reports.yaml"))


def load(name: str, file: Path) -> Loaded:
    """The reports of the file stand in this database, whose pack was loaded before. Days of the file move so that the last is today."""
    reader = _Reader(read(FOLDER / name / "reports.yaml").data, file)
    imported = import_reports(
        reader.reports(), source=reader.rules["source"], licence=reader.rules["licence"], by=SYSTEM
    )
    return Loaded(imported, reader.skipped)


class _Reader:
    def __init__(self, rules: dict[str, Any], file: Path) -> None:
        self.rules, self.file, self.skipped = rules, file, 0
        self.dice, self.now = random.Random(1), clock.now()  # noqa: S311 - the same town every time, no secret
        known = {row.code: row for row in queries.categories()}
        self.categories = {theirs: known[ours] for theirs, ours in rules["categories"].items()}
        self.hands = {category.pk: self._hand(category) for category in self.categories.values()}
        self.degrees = GRIDS[rules["projection"]]

    def reports(self) -> Iterator[PastReport]:
        rows = sorted(self._rows(), key=lambda row: row[0])
        if not rows:
            raise Unreadable(f"{self.file} has no line that could be read.")
        shift = clock.today() - rows[-1][0].date()
        for day, category, east, north in rows:
            lon, lat = self.degrees(east, north)
            yield self._report(day + shift, category, (round(lon, 6), round(lat, 6)))

    def _rows(self) -> Iterator[tuple[datetime, Category, float, float]]:
        columns = self.rules["columns"]
        with self.file.open(newline="", encoding="utf-8-sig") as lines:
            table = csv.DictReader(lines)
            if missing := set(columns.values()) - set(table.fieldnames or ()):
                raise Unreadable(f"{self.file} lacks the columns {', '.join(sorted(missing))}.")
            for row in table:
                try:
                    day = datetime.strptime(row[columns["date"]], "%Y-%m-%d").replace(tzinfo=UTC)
                    category = self.categories[row[columns["category"]]]
                    yield day, category, float(row[columns["east"]]), float(row[columns["north"]])
                except (KeyError, ValueError):
                    self.skipped += 1

    def _report(self, day: datetime, category: Category, place: tuple[float, float]) -> PastReport:
        received = min(day + timedelta(minutes=self.dice.randint(360, 1320)), self.now)
        accepted = received + timedelta(days=self.dice.expovariate(1 / 1.5))
        closed = accepted + timedelta(days=self.dice.expovariate(1 / 10))
        text = f"{category.names['de']} (Text liegt nicht vor)"
        return PastReport(
            text=text,
            public_text=text,
            category=category,
            to=self.hands[category.pk],
            received_at=received,
            place=place,
            place_label=f"{place[1]:.4f}, {place[0]:.4f}",
            state="new" if accepted > self.now else "in_progress",
            accepted_at=accepted if accepted <= self.now else None,
            closed_at=closed if closed <= self.now else None,
            outcome=self.dice.choice(OUTCOMES) if closed <= self.now else "",
        )

    def _hand(self, category: Category) -> Hand:
        found = responsible_for(duty=category.duty, place=None, at=self.now)
        return Hand(found.unit, found.function, found.person, found.deputy_for, str(found.reason))
