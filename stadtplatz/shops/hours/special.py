"""Days that differ from the usual week: holidays of the shop, bridge days, the long evening before the festival."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

MOST = 40
"""Rows a shop may keep at once."""
LONGEST = timedelta(days=120)
_TIMES = re.compile(r"(?:\d\d:\d\d-\d\d:\d\d)(?:,\d\d:\d\d-\d\d:\d\d)*")


@dataclass(frozen=True, order=True)
class SpecialDays:
    """From `first` to `last` (both included) the shop is open at `times` (`08:00-12:00,14:00-16:00`), or closed if they are empty."""

    first: date
    last: date
    times: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first or self.last - self.first > LONGEST:
            raise ValueError("The last day lies before the first, or far behind it.")
        if self.times and not _TIMES.fullmatch(self.times):
            raise ValueError(self.times)

    @property
    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {"first": str(self.first), "last": str(self.last), "times": self.times, "note": self.note}

    @property
    def as_rule(self) -> str:
        """In the map's syntax."""
        days = f"{self.first:%Y %b %d}" + (f"-{self.last:%Y %b %d}" if self.last != self.first else "")
        return f"{days} {self.times or 'off'}"

    @property
    def times_shown(self) -> str:
        """`08:00–12:00, 14:00–16:00`."""
        return self.times.replace("-", "–").replace(",", ", ")

    def overlaps(self, other: "SpecialDays") -> bool:
        """Whether both name a common day."""
        return self.first <= other.last and other.first <= self.last


def read(rows: list[dict[str, Any]]) -> list[SpecialDays]:
    """The kept rows, earliest first."""
    return sorted(
        SpecialDays(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), row["times"], row["note"])
        for row in rows
    )


def coming(rows: list[dict[str, Any]], today: date, days: int | None = 60) -> list[SpecialDays]:
    """What is still going on or begins within so many days (None: ever), for the shop's page."""
    ahead = [row for row in read(rows) if row.last >= today]
    return ahead if days is None else [row for row in ahead if row.first <= today + timedelta(days=days)]


def as_rules(rows: list[dict[str, Any]]) -> str:
    """All rows in the map's syntax, to be put behind the usual week; empty if there are none."""
    return "; ".join(row.as_rule for row in read(rows)) if rows else ""
