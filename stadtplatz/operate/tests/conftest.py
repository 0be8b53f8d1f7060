"""An installation of its own for each test of the command line: state folder, database, real processes."""

import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

import pytest
from django.conf import settings
from django.db import connection


@dataclass
class Installation:
    var: Path
    database_url: str

    def run(self, *words: str, fails: bool = False, **environment: str) -> str:
        """Run `stadtplatz ...` here; returns what it printed, and expects it to fail or not."""
        settings_here = {"VAR": str(self.var), "DATABASE_URL": self.database_url, "STADTPLATZ_MODE": "test"}
        done = subprocess.run(
            [sys.executable, "-m", "stadtplatz", *words],
            capture_output=True,
            text=True,
            env=os.environ | settings_here | environment,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def python(self, code: str) -> str:
        """Run a few lines inside this installation."""
        return self.run("shell", "--verbosity", "0", "-c", code)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, django_db_setup, django_db_blocker):
    """A migrated database on the kind this run of the suite uses, to be copied: its file, or its name."""
    folder = tmp_path_factory.mktemp("migrated")
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            Installation(folder / "var", f"sqlite:///{folder}/town.sqlite3").run("migrate", "--verbosity", "0")
            yield str(folder / "town.sqlite3")
            return
        with _postgres() as (name, url):
            Installation(folder / "var", url).run("migrate", "--verbosity", "0")
            yield name


@pytest.fixture
def installation(tmp_path, migrated, django_db_blocker):
    """An empty, migrated installation on the kind of database this run of the suite uses."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with (
                closing(sqlite3.connect(migrated)) as source,
                closing(sqlite3.connect(tmp_path / "town.sqlite3")) as target,
            ):
                source.backup(target)
            yield Installation(tmp_path / "var", f"sqlite:///{tmp_path}/town.sqlite3")
            return
        with _postgres(like=migrated) as (_name, url):
            yield Installation(tmp_path / "var", url)


@contextmanager
def _postgres(like: str = "template0") -> Iterator[tuple[str, str]]:
    name = f"town_{uuid.uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    try:
        yield name, urlparse(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
