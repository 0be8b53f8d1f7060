"""Address search on the demo town: how often the right address is among the first three, how long it takes; and reverse.

    python -m benchmarks.addresses [number of questions]

Uses a throwaway database of the engine in DATABASE_URL (SQLite if there is none).
"""

import random
import statistics
import sys
import time

from benchmarks import scratch


def main(count: int = 1_000) -> None:
    with scratch.town():
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        begun = time.perf_counter()
        call_command("city", "load", "herrenberg")
        print(f"load of the pack: {time.perf_counter() - begun:.1f} s, {connection.vendor}")
        _search(count)
        _reverse()


def _search(count: int) -> None:
    from stadtplatz.city.tests.address_questions import measure, questions

    asked = list(questions(count))
    measure(asked[:20])
    by_kind, spent, failed = measure(asked)
    for kind, (right, total) in by_kind.items():
        print(f"{kind:20} {right:4} of {total}")
    right = sum(n for n, _total in by_kind.values())
    print(f"hit@3: {right} of {len(asked)} = {100 * right / len(asked):.1f} %")
    _times("search", spent)
    _times("search, CPU of this process", measure(asked, clock=time.process_time)[1])
    for question in failed[:40]:
        print(f"  missed: {question.kind}: {question.text!r} for {' '.join(question.expected)}")


def _reverse(count: int = 500) -> None:
    from stadtplatz.city.models import Address
    from stadtplatz.city.queries import spot

    dice = random.Random(1)
    points = list(Address.objects.order_by("pk").values_list("lon", "lat"))
    spent = []
    for lon, lat in dice.sample(points, count):
        begun = time.perf_counter()
        spot(lon + dice.uniform(-0.001, 0.001), lat + dice.uniform(-0.001, 0.001))
        spent.append((time.perf_counter() - begun) * 1000)
    _times("reverse", spent[20:])


def _times(name: str, spent: list[float]) -> None:
    cuts = statistics.quantiles(spent, n=100)
    print(f"{name}: p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms, longest {max(spent):.1f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
