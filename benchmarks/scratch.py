"""A throwaway database for measurements, and real processes that use it at once.

    with scratch.town():
        answers = scratch.at_once(8, function, argument)

The engine is that of DATABASE_URL (SQLite if there is none); the database named there is not touched.
"""

import contextlib
import multiprocessing
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.support import migrated, warm


@contextlib.contextmanager
def town(**database: Any) -> Iterator[None]:
    """Set Django up on an empty database with all tables; removed at the end.

    `database` overrides entries of the database's settings, to compare engines.
    """
    given = "" if "sqlite" in database.get("ENGINE", "") else os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="stadtplatz-") as folder, _database(folder, given) as url:
        os.environ |= {
            "DATABASE_URL": url,
            "VAR": folder,
            "STADTPLATZ_MODE": os.environ.get("STADTPLATZ_MODE", "test"),
            "STADTPLATZ_LOG_LEVEL": "CRITICAL",
            "DJANGO_SETTINGS_MODULE": "stadtplatz.settings",
        }
        import django
        from django.conf import settings
        from django.db import connections

        if settings.configured:
            warm.read_settings_again()
        settings.DATABASES["default"] |= database
        django.setup()
        try:
            yield
        finally:
            connections.close_all()


@contextlib.contextmanager
def _database(folder: str, given: str) -> Iterator[str]:
    if not given.startswith("postgres"):
        shutil.copy(migrated.file(), f"{folder}/scratch.sqlite3")
        with contextlib.closing(sqlite3.connect(f"{folder}/scratch.sqlite3")) as fresh:
            fresh.execute(
                "PRAGMA journal_mode=WAL"
            )  # as every town after its first start; processes at once must not race for it
        yield f"sqlite:///{folder}/scratch.sqlite3"
        return
    url = migrated.beside(given, f"scratch_{secrets.token_hex(6)}")
    migrated.create(url)
    try:
        yield url
    finally:
        migrated.drop(url)


def at_once(processes: int, function: Callable[..., Any], *arguments: Any) -> list[Any]:
    """Run `function(number, *arguments)` in so many forked processes that start together; their answers in order."""
    from django.db import connections

    connections.close_all()
    fork = multiprocessing.get_context("fork")
    gate, answers = fork.Barrier(processes), fork.Queue()
    running = [
        fork.Process(target=_one, args=(gate, answers, number, function, arguments), daemon=True)
        for number in range(processes)
    ]
    for process in running:
        process.start()
    collected = dict(answers.get(timeout=300) for _ in running)
    for process in running:
        process.join()
    if failed := [answer for answer in collected.values() if isinstance(answer, _Broken)]:
        raise RuntimeError(failed[0].story)
    return [collected[number] for number in range(processes)]


class _Broken:
    def __init__(self, story: str) -> None:
        self.story = story


def _one(gate, answers, number: int, function: Callable[..., Any], arguments: Sequence[Any]) -> None:
    try:
        gate.wait(60)
        answers.put((number, function(number, *arguments)))
    except BaseException:
        answers.put((number, _Broken(traceback.format_exc())))


def engine() -> str:
    """The engine and its version, for the printed line."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"SQLite {connection.Database.sqlite_version}"
    connection.ensure_connection()
    return f"PostgreSQL {connection.pg_version // 10000}"


def everywhere(name: str) -> None:
    """Run the benchmark on SQLite, and on PostgreSQL if DATABASE_URL names one, each in a process of its own."""
    given = os.environ.get("DATABASE_URL", "")
    for url in ["", given] if given.startswith("postgres") else [""]:
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], env=os.environ | {"DATABASE_URL": url}, check=True)
