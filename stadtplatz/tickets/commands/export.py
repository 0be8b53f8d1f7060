"""`stadtplatz tickets export CSV`: the city's own reports with the category staff gave them, for training elsewhere."""

from __future__ import annotations

import csv
import re
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.suggesting.reading import Report

help = "Write text, category and date of all reports to a CSV; mail addresses and long numbers are masked."

_PRIVATE = re.compile(r"\S+@\S+|\+?\d[\d /().-]{5,}\d")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("csv", type=Path)


def run(say: Callable[[str], Any], options: dict[str, Any]) -> None:
    reports = own_reports()
    with options["csv"].open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["text", "category", "date"])
        rows.writerows([report.text, report.category, report.at.isoformat() if report.at else ""] for report in reports)
    say(f"{len(reports)} reports written to {options['csv']}.")


def own_reports() -> list[Report]:
    """All reports that still have their text, oldest first, in the category they are in now: corrections teach, too."""
    rows = Ticket.objects.filter(anonymised_at=None).order_by("case__received_at", "pk")
    found = rows.values_list("text", "category__code", "case__received_at")
    return [
        Report(_PRIVATE.sub("…", text), code, at) for text, code, at in found.iterator(chunk_size=2_000) if text.strip()
    ]
