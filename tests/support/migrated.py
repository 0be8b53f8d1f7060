"""An empty database with all tables, made once by `stadtplatz migrate` and then copied wherever a test needs one.

Migrating takes seconds and its result is always the same. On SQLite the result is a file in .pytest_cache, on PostgreSQL a
database of the server; both bear the digest of everything they were made from, so a changed migration makes a new one.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".pytest_cache" / "migrated"


def begin() -> None:
    """Have it made by another process, if it is not there yet; who needs it first waits for that."""
    subprocess.Popen([sys.executable, "-m", "tests.support.migrated"], cwd=ROOT)


def file() -> Path:
    """The SQLite file to copy."""
    with _alone():
        found = KEPT / f"{_digest()}.sqlite3"
        if not found.exists():
            for old in KEPT.glob("*.sqlite3*"):
                old.unlink()
            making = found.with_suffix(".making")
            making.unlink(missing_ok=True)
            _migrate(f"sqlite:///{making}")
            with closing(sqlite3.connect(making)) as made:
                made.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            making.rename(found)
        return found


def copy_into(target: sqlite3.Connection) -> None:
    """Give this SQLite database, in a file or in memory, all tables."""
    with closing(sqlite3.connect(file())) as source:
        source.backup(target)


def create(url: str, like: str = "") -> None:
    """Make the PostgreSQL database of this address, with all tables or as a copy of the one of this name."""
    drop(url)
    _query(url, f"CREATE DATABASE {_name(url)} TEMPLATE {like or _template(url)}")


def _template(url: str) -> str:
    name = f"migrated_{_digest()[:12]}"
    with _alone():
        if not _query(url, "SELECT 1 FROM pg_database WHERE datname = %s", name):
            making = f"{name}_making"
            drop(beside(url, making))
            _query(url, f"CREATE DATABASE {making}")
            _migrate(beside(url, making))
            _query(url, f"ALTER DATABASE {making} RENAME TO {name}")
    return name


def drop(url: str) -> None:
    _query(url, f"DROP DATABASE IF EXISTS {_name(url)} WITH (FORCE)")


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def beside(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _query(url: str, statement: str, *values: str) -> list:
    import psycopg

    with psycopg.connect(beside(url, "postgres"), autocommit=True) as server:
        answer = server.execute(statement, values or None)
        return answer.fetchall() if answer.description else []


def _migrate(url: str) -> None:
    here = os.environ | {"DATABASE_URL": url, "STADTPLATZ_MODE": "test", "VAR": str(KEPT)}
    subprocess.run([sys.executable, "-m", "stadtplatz", "migrate", "--verbosity", "0"], cwd=ROOT, env=here, check=True)


@cache
def _digest() -> str:
    made_from = [ROOT / "requirements" / "base.txt", ROOT / "stadtplatz" / "settings.py"]
    made_from += [path for word in ("migrations", "models") for path in sorted(ROOT.glob(f"stadtplatz/*/{word}/*.py"))]
    made_from += [path for word in ("models", "kept") for path in sorted(ROOT.glob(f"stadtplatz/*/{word}.py"))]
    digest = hashlib.sha256()
    for path in made_from:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time, since several of them run a suite."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    given = os.environ.get("DATABASE_URL", "")
    _template(given) if given.startswith("postgres") else file()
