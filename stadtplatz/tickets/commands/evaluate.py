"""`stadtplatz tickets evaluate [CSV]`: how good the suggestion is on the newest reports of a file, trained on the others."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

help = "Learn from the older 80 % of a CSV (columns text, category[, date]), measure on the newest 20 %."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("csv", nargs="?", type=Path, help="default: the invented reports that come with Stadtplatz")
    parser.add_argument("--by-category", action="store_true", help="print precision and recall of each category, too")
    add_columns(parser)


def add_columns(parser: ArgumentParser) -> None:
    """What the columns are called where it is not text, category and date or one of their usual names."""
    for part in ("text", "category", "date"):
        parser.add_argument(f"--{part}-column", default="", metavar="NAME")


def columns_of(options: dict[str, Any]) -> dict[str, str]:
    return {part: options[f"{part}_column"] for part in ("text", "category", "date") if options[f"{part}_column"]}


def run(say: Callable[[str], Any], options: dict[str, Any]) -> None:
    """Print the figures; FileRefused with a reason where the file cannot be used."""
    from stadtplatz.tickets.suggesting import measuring, studying  # numpy is loaded only when it is needed

    if options["csv"]:
        done = studying.study(_read(say, options))
    else:
        say("The invented reports that come with Stadtplatz; every fifth template is held out whole.")
        done = studying.study_invented()
    say(f"learned from      {done.learned} reports of {len(done.model.categories)} categories")
    for line in measuring.lines(done.figures):
        say(line)
    if done.unknown:
        say(f"{done.unknown} held-out reports are of categories that the older ones do not have.")
    plain = done.plain
    figures = f"top-1 {plain.top_1:.3f}  top-3 {plain.top_3:.3f}  macro-F1 {plain.macro_f1:.3f}"
    say(f"For comparison, a plain model of words: {figures}")
    if options["by_category"]:
        for name, (count, precision, recall) in done.figures.by_category.items():
            say(f"{count:5}  precision {precision:.2f}  recall {recall:.2f}  {name}")


def _read(say: Callable[[str], Any], options: dict[str, Any]) -> list:
    from stadtplatz.tickets.suggesting.reading import read_reports

    reading = read_reports(options["csv"], columns_of(options))
    names = ", ".join(reading.columns.values())
    say(f"read              {len(reading.reports)} reports ({reading.encoding}, columns {names})")
    if reading.incomplete:
        say(f"left out          {reading.incomplete} rows without text or category")
    say(
        "held out          the newest fifth, by date"
        if reading.dated
        else "held out          the last fifth of the rows; they bear no date"
    )
    return reading.by_age()
