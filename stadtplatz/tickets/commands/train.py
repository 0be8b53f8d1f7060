"""`stadtplatz tickets train [CSV]`: a model of the city's own reports; web processes use it at once."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stadtplatz.tickets.commands.evaluate import add_columns, columns_of
from stadtplatz.tickets.suggesting import corpus, store
from stadtplatz.tickets.suggesting.reading import read_reports

help = "Train the suggestion of categories on a CSV (columns text, category[, date]) or on the city's own reports."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "csv", nargs="?", type=Path, help="default: all reports in the database, as staff have sorted them"
    )
    parser.add_argument("--out", type=Path, help="write the model here and not to the state folder")
    parser.add_argument(
        "--invented", action="store_true", help="train on the invented reports that come with Stadtplatz"
    )
    add_columns(parser)


def run(say: Callable[[str], Any], options: dict[str, Any]) -> None:
    """The new model is in place; FileRefused leaves the old one as it was."""
    from stadtplatz.tickets.commands.export import own_reports
    from stadtplatz.tickets.suggesting import studying  # numpy is loaded only when it is needed

    path = options["out"]
    if options["invented"]:
        model, path = studying.train_on_invented(), path or corpus.MODEL
    elif options["csv"]:
        model = studying.train_on(read_reports(options["csv"], columns_of(options)).by_age())
    else:
        model = studying.train_on(own_reports())
    path = store.keep(model, path)
    kinds, size = len(model.categories), path.stat().st_size // 1024
    taught = f"{model.about['reports']} reports" + (
        f" and {model.about['invented']} invented ones" if model.about["invented"] else ""
    )
    say(f"Trained on {taught} of {kinds} categories, kept in {path} ({size} kB).")
