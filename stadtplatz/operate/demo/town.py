"""Builds the demo town once: the pack, the people, and a few months of errands relative to today."""

import json
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from stadtplatz import __version__
from stadtplatz.accounts import demo as accounts
from stadtplatz.accounts.models import Person
from stadtplatz.domains import DOMAINS
from stadtplatz.kit import clock, jobs
from stadtplatz.operate import serving
from stadtplatz.operate.demo import roles
from stadtplatz.search import actions as search

PACK = "herrenberg"
Say = Callable[[str], None]


def build(say: Say) -> None:
    """Bring the state folder to a living town; what is already there stays. Prints each step with its seconds."""
    steps: list[tuple[str, Callable[[], object]]] = [
        ("Preparing the database", lambda: call_command("migrate", interactive=False, verbosity=0)),
        ("Preparing pages and pictures", serving.collect_static),
    ]
    if not _built():
        steps.append((f"Loading the town ({PACK}) from its map", _load_pack))
        steps += [
            (f"Filling {domain} with invented life", lambda fill=fill: fill(clock.now())) for domain, fill in _fillers()
        ]
        steps += [
            ("Sending what follows from it", jobs.run_all),
            ("Learning its words", search.learn),
            ("Handing out keys", _hand_out_keys),
        ]
    for sentence, step in steps:
        started = time.perf_counter()
        step()
        say(f"{sentence}: {time.perf_counter() - started:.1f} s")
    databases = sorted({*_databases(), database()})
    _marker().write_text(json.dumps({"version": __version__, "pack": PACK, "databases": databases}))


def _load_pack() -> None:
    call_command(
        "city", "load", PACK, stdout=StringIO()
    )  # what the pack brings is many lines; its problems go to stderr


def _hand_out_keys() -> None:
    accounts.settle()
    roles.choose()


def _built() -> bool:
    """The folder says that its town stands in the database used now, and people live there: it may have been emptied."""
    return database() in _databases() and _is_inhabited()


def _is_inhabited() -> bool:
    there = Person._meta.db_table in connection.introspection.table_names()
    return there and Person.objects.filter(email=accounts.OPERATOR).exists()


def database() -> str:
    """Which database is used now, for a folder that may be moved: SQLite's lies in it, another is named by its place."""
    used = connection.settings_dict
    return "sqlite" if connection.vendor == "sqlite" else f"{used['HOST']}:{used['PORT']}/{used['NAME']}"


def _databases() -> list[str]:
    """In which databases the folder's town was built; there was only SQLite when folders did not say it yet."""
    return json.loads(_marker().read_text()).get("databases", ["sqlite"]) if _marker().exists() else []


def _marker():
    return settings.VAR / "demo.json"


def _fillers() -> list[tuple[str, Callable]]:
    """Each domain's `demo.build(now)`, from the lowest domain up, because higher ones build on lower ones."""
    found = []
    for domain in reversed(DOMAINS):
        name = f"stadtplatz.{domain}.demo"
        if domain != "operate" and find_spec(name):
            found.append((domain, import_module(name).build))
    return found
