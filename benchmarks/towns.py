"""Demo towns to measure: one on SQLite, one on a private PostgreSQL."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.support.postgres import private_server


@dataclass(frozen=True)
class Town:
    """An installation with the demo's content; `environment` makes any of our processes work on it."""

    name: str
    environment: dict[str, str]

    def run(self, *words: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "stadtplatz", *words],
            env=os.environ | self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout


@contextmanager
def sqlite() -> Iterator[Town]:
    with tempfile.TemporaryDirectory(prefix="stadtplatz-") as var:
        yield _built("SQLite", var, "")


@contextmanager
def postgres() -> Iterator[Town]:
    with tempfile.TemporaryDirectory(prefix="stadtplatz-") as var, private_server(fast=False) as url:
        yield _built("PostgreSQL", var, url)


BOTH = (sqlite, postgres)


def _built(name: str, var: str, url: str) -> Town:
    # Each visitor of a measurement has an address of its own, so that limits meant for one visitor do not stop it.
    environment = {
        "VAR": var,
        "DATABASE_URL": url,
        "STADTPLATZ_MODE": "demo",
        "STADTPLATZ_TRUSTED_PROXIES": "127.0.0.1",
        "STADTPLATZ_LOG_LEVEL": "ERROR",
    }
    town = Town(name, environment)
    town.run("demo", "--build-only")
    return town
