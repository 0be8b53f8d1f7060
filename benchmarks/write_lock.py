"""Several processes write to one SQLite file: Django's default, BEGIN IMMEDIATE alone, and the fair queue in front of it.

python -m benchmarks.write_lock [--writers 4] [--seconds 6] [--way fair] [--json]
"""

import argparse
import json
import os
import subprocess
import sys
import time

from benchmarks import scratch

WAL = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
WAYS = {
    "deferred": {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 20, "init_command": WAL}},
    "immediate": {
        "ENGINE": "django.db.backends.sqlite3",
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": WAL},
    },
    "fair": {
        "ENGINE": "stadtplatz.kit.sqlite",
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": WAL},
    },
}


def write(number: int, seconds: float, quiet: int) -> dict:
    """One writer: read, change, insert, again and again. The last `quiet` ones write once in 20 ms, without a transaction."""
    from django.db import OperationalError, transaction
    from django.db.models import F

    from stadtplatz.kit.models import Heartbeat, RateCounter
    from stadtplatz.kit.worker import timezone

    busy, waits, errors, inserted = number >= quiet, [], 0, 0
    RateCounter.objects.get_or_create(key=f"w:{number}", defaults={"expires_at": timezone.now()})
    end = time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        try:
            if busy:
                with transaction.atomic():
                    RateCounter.objects.get(key=f"w:{number}")
                    RateCounter.objects.filter(key=f"w:{number}").update(count=F("count") + 1)
                    Heartbeat.objects.create(worker=f"{number}:{inserted}", seen_at=timezone.now())
                inserted += 1
            else:
                RateCounter.objects.filter(key=f"w:{number}").update(count=F("count") + 1)
        except OperationalError:
            errors += 1
        waits.append(time.perf_counter() - start)
        if not busy:
            time.sleep(0.02)
    return {"busy": busy, "writes": len(waits) - errors, "errors": errors, "worst": max(waits)}


def run(way: str, writers: int, seconds: float, quiet: int) -> dict:
    with scratch.town(**WAYS[way]):
        answers = scratch.at_once(writers + quiet, write, seconds, quiet)
    busy, calm = [a for a in answers if a["busy"]], [a for a in answers if not a["busy"]]
    return {
        "way": way,
        "writes_per_second": round(sum(a["writes"] for a in answers) / seconds),
        "errors": sum(a["errors"] for a in answers),
        "worst_wait": max(a["worst"] for a in answers),
        "shares": [a["writes"] for a in busy],
        "quiet": {"writes": [a["writes"] for a in calm], "worst": max([a["worst"] for a in calm], default=0)},
    }


def main() -> None:
    """Each way in a process of its own, since a process can only have one kind of database."""
    for way in WAYS:
        subprocess.run(
            [sys.executable, "-m", "benchmarks.write_lock", "--way", way],
            env=os.environ | {"DATABASE_URL": ""},
            check=True,
        )


def from_the_command_line() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--writers", type=int, default=4)
    options.add_argument("--quiet", type=int, default=1, help="further writers that write only now and then")
    options.add_argument("--seconds", type=float, default=6)
    options.add_argument("--way", choices=WAYS, default="")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    if not chosen.way:
        main()
        return
    result = run(chosen.way, chosen.writers, chosen.seconds, chosen.quiet)
    if chosen.json:
        print(json.dumps(result))
        return
    print(
        f"{result['way']}: {result['writes_per_second']} writes/s, {result['errors']} errors, worst wait {result['worst_wait']:.3f} s, "
        f"shares {result['shares']}, quiet writers {result['quiet']['writes']} (worst {result['quiet']['worst']:.3f} s)"
    )


if __name__ == "__main__":
    from_the_command_line()
