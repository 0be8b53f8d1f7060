"""`stadtplatz tickets dry-run`: what the planned rules of responsibility would change for the last reports. Writes nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from stadtplatz.tickets.queries import ruletrial

help = "what the planned rules would change for the last reports"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--last", type=int, default=200, metavar="N", help="how many reports, the newest first (200)")


def run(say: Callable[[str], Any], options: dict[str, Any]) -> None:
    """One line for each group of reports that would have come to another unit."""
    trial = ruletrial.dry_run(options["last"])
    for group in trial.groups:
        say(f"{group.count:>5}  {group.category}: {group.before} -> {group.after}  ({', '.join(group.examples)})")
    say(f"{trial.moved} of {trial.total} reports would have come to another unit. Nothing was changed.")
