"""Median and spread, CPU time of process trees, and what machine this is."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def machine() -> str:
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores ({model}), Python {platform.python_version()}"


def spread(values: Iterable[float], unit: str = "ms") -> str:
    """`median 3.2 ms (2.9 to 4.1, n=7)`"""
    ordered = sorted(values)
    return f"median {statistics.median(ordered):.2f} {unit} ({ordered[0]:.2f} to {ordered[-1]:.2f}, n={len(ordered)})"


def timed(work: Callable[[], object], *, times: int) -> list[float]:
    """Milliseconds of each run."""
    runs = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        runs.append((time.perf_counter() - started) * 1000)
    return runs


def percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def tree(pid: int) -> list[int]:
    """The process and all its descendants."""
    found, queue = [], [pid]
    while queue:
        pid = queue.pop()
        found.append(pid)
        try:
            queue += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        except FileNotFoundError:
            continue
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time the processes have used so far."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def memory_mb(pids: Iterable[int]) -> float:
    """Proportional set size: shared pages are counted once. Of a database's file mapped into memory nothing is counted: the system takes that back when it likes."""
    return sum(_of_process(pid) for pid in pids) / 1024


def _of_process(pid: int) -> int:
    total, counted = 0, True
    try:
        for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
            if not line.split(" ", 1)[0].endswith(":"):
                counted = ".sqlite3" not in line
            elif counted and line.startswith("Pss:"):
                total += int(line.split()[1])
    except (FileNotFoundError, PermissionError):
        return 0
    return total
