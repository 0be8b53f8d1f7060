"""An installation of its own for tests of the command line: state folder, database, real processes."""

import os
import shutil
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from tests.support import migrated, warm


@dataclass
class Installation:
    var: Path
    database_url: str

    @property
    def database(self) -> str:
        """The path of its SQLite file, or the name of its PostgreSQL database."""
        path = urlsplit(self.database_url).path
        return path.removeprefix("/")

    def run(self, *words: str, fails: bool = False, **environment: str) -> str:
        """Run `stadtplatz ...` here; returns what it printed, and expects it to fail or not. Other modes than test start for themselves."""
        settings_here = {"VAR": str(self.var), "DATABASE_URL": self.database_url, "STADTPLATZ_MODE": "test"}
        here = os.environ | settings_here | environment
        if here["STADTPLATZ_MODE"] == "test":
            done = warm.run_module("stadtplatz", *words, environment=here)
        else:
            started = [sys.executable, "-m", "stadtplatz", *words]
            done = subprocess.run(started, capture_output=True, text=True, env=here, check=False)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def python(self, code: str) -> str:
        """Run a few lines inside this installation."""
        return self.run("shell", "--verbosity", "0", "-c", code)


@pytest.fixture(scope="session")
def found(tmp_path_factory, django_db_setup):
    """Founds installations with all tables, or as copies of another one, on the kind of database this run of the suite uses."""
    founded: list[Installation] = []

    def found(like: Installation | None = None) -> Installation:
        folder = tmp_path_factory.mktemp("installation")
        if connection.vendor == "sqlite":
            shutil.copy(like.database if like else migrated.file(), folder / "town.sqlite3")
            url = f"sqlite:///{folder}/town.sqlite3"
        else:
            url = migrated.beside(settings.DATABASE_URL, f"town_{uuid.uuid4().hex[:12]}")
            migrated.create(url, like=like.database if like else "")
        if like:
            shutil.copytree(like.var, folder / "var")
        founded.append(Installation(folder / "var", url))
        return founded[-1]

    yield found
    for installation in founded:
        if not installation.database_url.startswith("sqlite"):
            migrated.drop(installation.database_url)


@pytest.fixture
def installation(found):
    """An empty installation."""
    return found()
