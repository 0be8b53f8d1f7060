"""The `stadtplatz` command. Its own words first, Django's management commands behind them."""

import os
import sys

COMMANDS = {
    "serve": "answer web requests (granian, 2 processes with 4 threads each)",
    "worker": "do what follows from changes: mails, reminders, expiries",
    "demo": "set up and run a town that lives, with web and worker",
    "demo-check": "start the demo on a free port, walk both errands over HTTP, stop",
    "city": "check, compare or load a city pack",
    "sandbox": "load the real reports of another city into a town of its own",
    "migrate": "bring the database to this version",
    "backup": "write database and media into one archive, while running",
    "restore": "bring an archive back, and repeat later erasures",
    "verify": "check an archive, or the invariants of this installation",
    "user": "create people and operators",
    "catalogue": "take in a file of offers, or write one; see --help",
    "tickets": "train and measure the suggestion of categories; retention; see --help",
    "person": "everything kept about a person: export or erase",
    "mail-in": "take in one mail from standard input (for the mail server)",
    "secret": "make a value for STADTPLATZ_SECRET_KEY",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # many processes on few cores, and sums that come out alike
    words = sys.argv[1:]
    if not words or words[0] in {"help", "-h", "--help"}:
        print(_overview())
        return
    words[0] = words[0].replace("-", "_") if words[0] in COMMANDS else words[0]
    from django.core.management import execute_from_command_line

    execute_from_command_line(["stadtplatz", *words])


def _overview() -> str:
    lines = [f"  {name:<12} {sentence}" for name, sentence in COMMANDS.items()]
    return "\n".join(["stadtplatz <command> [--help]", "", *lines])
