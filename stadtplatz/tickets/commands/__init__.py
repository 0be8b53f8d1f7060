"""The verbs of `stadtplatz tickets`. A verb is a module or an object with `help`, `add_arguments(parser)` and `run(say, options)`."""

from typing import Any

from stadtplatz.tickets.commands import dry_run, evaluate, export, reindex, retention, train

VERBS: dict[str, Any] = {
    "train": train,
    "evaluate": evaluate,
    "export": export,
    "retention": retention,
    "dry-run": dry_run,
    "reindex": reindex,
}
