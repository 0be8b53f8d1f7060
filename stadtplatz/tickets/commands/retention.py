"""`stadtplatz tickets retention`: what the rules would delete; with --apply, do it."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from stadtplatz.tickets import actions
from stadtplatz.tickets.queries import retention

help = "List what the categories' rules would make anonymous or delete (dry run); --apply does it, --ledger prints what was done."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--apply", action="store_true", help="do it now, and write the ledger")
    parser.add_argument("--ledger", action="store_true", help="print what was done: month, step, number of reports")


def run(say: Callable[[str], Any], options: dict[str, Any]) -> None:
    if options["ledger"]:
        for month, step, count in retention.forgotten_by_month():
            say(f"{month}  {step:<9} {count}")
        return
    if options["apply"]:
        done = actions.keep_retention(limit=1_000_000)
        say(
            "Done: " + (", ".join(f"{step} {count}" for step, count in sorted(done.items())) or "nothing was due") + "."
        )
        return
    count = 0
    for waiting in retention.due():
        count += 1
        ticket = waiting.ticket
        say(f"{waiting.step:<9} {ticket.case.number}  {ticket.category.code}  due since {waiting.since:%Y-%m-%d}")
    say(f"{count} steps are due. Nothing was changed; --apply does it.")
