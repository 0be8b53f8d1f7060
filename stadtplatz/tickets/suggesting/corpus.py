"""The invented reports that come with Stadtplatz: enough for a first model until a city has reports of its own.

One file for each category. A line is a report; a line that begins with `+` says the same as the one before in other words,
and both are kept together when reports are held out.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zlib import crc32

FOLDER = Path(__file__).parent / "data/reports"
MODEL = Path(__file__).parent / "data/suggestion.model"


@dataclass(frozen=True)
class Invented:
    """`template` is the same for reports that say the same."""

    text: str
    category: str
    template: str


def invented_reports() -> list[Invented]:
    """All reports that come with Stadtplatz, by category."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        template = ""
        for line in filter(None, path.read_text(encoding="utf-8").splitlines()):
            if not line.startswith("+ "):
                template = line
            found.append(Invented(line.removeprefix("+ "), path.stem, f"{path.stem}: {template}"))
    return found


def held_out(reports: list[Invented], part: int = 5) -> tuple[list[Invented], list[Invented]]:
    """To learn from, and to measure with: about every fifth template, whole, chosen by its letters alone."""
    out = {report.template for report in reports if crc32(report.template.encode()) % part == 0}
    return [r for r in reports if r.template not in out], [r for r in reports if r.template in out]


def fingerprint() -> str:
    """Changes with every letter of the reports; a model keeps that of the reports it has learned from."""
    whole = sha256()
    for path in sorted(FOLDER.glob("*.txt")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:16]
