"""What recording a fact adds to a change: none, two and five reactions, with and without a web hook that wants it.

python -m benchmarks.facts [--times 400]
"""

import argparse
import time

from benchmarks import scratch
from benchmarks.measure import spread


def declare() -> None:
    from stadtplatz.audit.facts import PUBLIC, Fact
    from stadtplatz.audit.reactions import reacts_to

    for count in (0, 2, 5):
        Fact(f"bench.with{count}", PUBLIC, "Something happened {times} times", {"times", "streets"})
        for number in range(count):
            reaction = type("Reaction", (), {})  # a name of its own per reaction
            reaction.__module__, reaction.__name__ = "benchmarks.facts", f"reaction{count}_{number}"
            reacts_to(f"bench.with{count}")(reaction)


def cpu_of(times: int, change) -> tuple[list[float], float]:
    """Wall milliseconds of each transaction and CPU milliseconds on average."""
    from django.db import transaction

    walls = []
    for number in range(times + 20):
        if number == 20:
            cpu = time.process_time()
        start = time.perf_counter()
        with transaction.atomic():
            change(number)
        walls.append((time.perf_counter() - start) * 1000)
    return walls[20:], (time.process_time() - cpu) * 1000 / times


def run(times: int) -> None:
    from django.db.models import F

    from stadtplatz.audit import webhooks
    from stadtplatz.audit.actions import record
    from stadtplatz.audit.facts import REGISTRY
    from stadtplatz.audit.models import Endpoint
    from stadtplatz.kit import clock
    from stadtplatz.kit.actors import SYSTEM
    from stadtplatz.kit.models import RateCounter

    webhooks._KEEP_SECONDS = 10.0  # as outside tests
    square = RateCounter.objects.create(key="square", expires_at=clock.now())

    def bare(_number: int) -> None:
        RateCounter.objects.filter(pk=square.pk).update(count=F("count") + 1)

    walls, base = cpu_of(times, bare)
    print(f"{scratch.engine()}: a change alone: {base:.2f} CPU ms, {spread(walls)}")
    for hooks in (0, 1):
        if hooks:
            Endpoint.objects.create(url="https://example.org/", verbs=["*"])
            webhooks.forget()
        for count in (0, 2, 5):
            fact = REGISTRY[f"bench.with{count}"]

            def change(number: int, fact=fact) -> None:
                bare(number)
                record(fact, subject=square, by=SYSTEM, times=number, streets=["a-1", "b-2"])

            walls, cpu = cpu_of(times, change)
            print(f"  fact with {count} reactions, {hooks} web hooks: + {cpu - base:.2f} CPU ms, {spread(walls)}")


def main() -> None:
    scratch.everywhere("facts")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=400)
    chosen = options.parse_args()
    with scratch.town():
        declare()
        run(chosen.times)
