"""An installation of its own for each test of the command line: state folder, database, real processes."""

import os
import subprocess
import sys
import uuid
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


@pytest.fixture
def installation(tmp_path, request, django_db_setup, django_db_blocker):
    """An empty, migrated installation on the kind of database this run of the suite uses."""
    with_database = _postgres() if connection.vendor == "postgresql" else _sqlite(tmp_path)
    with django_db_blocker.unblock():
        url, forget = with_database
        there = Installation(tmp_path / "var", url)
        there.run("migrate", "--verbosity", "0")
        yield there
        forget()


def _sqlite(folder: Path):
    return f"sqlite:///{folder}/town.sqlite3", lambda: None


def _postgres():
    name = f"town_{uuid.uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    url = urlparse(settings.DATABASE_URL)

    def forget() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    return url._replace(path=f"/{name}").geturl(), forget
