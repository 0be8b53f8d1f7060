"""Dumping and loading each kind of database with its own means."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection


def dump(target: Path) -> None:
    """A consistent copy of the database, taken while others write."""
    if connection.vendor == "sqlite":
        _copy_sqlite(str(connection.settings_dict["NAME"]), str(target))
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def load(source: Path) -> None:
    """Replace the content of this installation's database by the dump's."""
    connection.close()
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        _copy_sqlite(str(source), name)
    else:
        _postgres(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            "--dbname",
            _database(),
            str(source),
        )


def _copy_sqlite(source: str, target: str) -> None:
    """SQLite's own online copy: page by page, correct beside running readers and writers."""
    origin, copy = sqlite3.connect(source, timeout=60), sqlite3.connect(target, timeout=60)
    try:
        origin.backup(copy)
    finally:
        origin.close()
        copy.close()


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _postgres(program: str, *words: str) -> None:
    if shutil.which(program) is None:
        raise FileNotFoundError(f"{program} is needed for PostgreSQL (Debian package postgresql-client).")
    known = connection.settings_dict
    environment = os.environ | {"PGDATABASE": _database()}
    for variable, key in {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}.items():
        if known.get(key):
            environment[variable] = str(known[key])
    subprocess.run([program, *words], check=True, env=environment)  # noqa: S603 - fixed programs, words of our own
