"""`stadtplatz tickets reindex`: make the overall search find exactly the public reports."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from stadtplatz.search import actions as search
from stadtplatz.tickets import documents

help = "Put every public report into the overall search anew, and take out what is not public any more."


def add_arguments(parser: ArgumentParser) -> None:
    """None."""


def run(say: Callable[[str], Any], options: dict[str, Any]) -> None:
    count = documents.index_all()
    search.learn()
    say(f"{count} public reports can be found.")
