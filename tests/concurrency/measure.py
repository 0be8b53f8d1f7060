"""Runs a benchmark or a proof as real processes, on the database engine of this test run."""

import json
import os
from typing import Any

from django.conf import settings

from tests.support import warm


def measure(benchmark: str, *options: str) -> Any:
    """The figures a benchmark printed as JSON; shown with the test's output."""
    return run_module(f"benchmarks.{benchmark}", "--json", *options)


def run_module(module: str, *options: str) -> Any:
    """What the module printed as JSON in its last line."""
    done = warm.run_module(module, *options, environment=os.environ | {"DATABASE_URL": settings.DATABASE_URL})
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    return json.loads(done.stdout.splitlines()[-1])
