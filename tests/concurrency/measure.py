"""Runs one of the benchmarks as real processes, on the database engine of this test run."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


def measure(benchmark: str, *options: str) -> dict[str, Any]:
    """The figures a benchmark printed as JSON; shown with the test's output."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{benchmark}", "--json", *options],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": settings.DATABASE_URL},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    return json.loads(done.stdout)
