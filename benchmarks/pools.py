"""Many processes want the same scarce thing: exactly what there is is sold, without an error, and nobody waits long.

python -m benchmarks.pools [--processes 8] [--attempts 400] [--units 100] [--json]
"""

import argparse
import json
import random
import time
from datetime import timedelta

from benchmarks import scratch
from benchmarks.measure import spread


def customer(number: int, attempts: int) -> dict:
    """One process: so many baskets of two pools each, confirmed when held."""
    from stadtplatz.kit import clock
    from stadtplatz.pools import actions
    from stadtplatz.pools.rules import SoldOut

    sold, refused, errors, waits = 0, 0, [], []
    for attempt in range(attempts):
        start = time.perf_counter()
        try:
            hold = actions.hold(
                {"stock:strawberries": 1, "slot:saturday": 1},
                contact=f"g:{number}-{attempt}",
                until=clock.now() + timedelta(minutes=15),
                cap=2,
            )
            actions.confirm(hold)
            sold += 1
        except SoldOut:
            refused += 1
        except Exception as error:
            errors.append(repr(error))
        waits.append(time.perf_counter() - start)
    return {"sold": sold, "refused": refused, "errors": errors, "waits": waits}


def regular(number: int, rounds: int) -> dict:
    """One process that holds, extends, confirms, cancels and forgets baskets over six pools named in any order."""
    from django.db import transaction

    from stadtplatz.kit import clock
    from stadtplatz.kit.refusals import ActionRefused
    from stadtplatz.pools import actions

    chance, errors, refused = random.Random(number), [], 0
    for _ in range(rounds):
        keys = chance.sample([f"stock:{i}" for i in range(6)], 3)
        lasting = timedelta(seconds=chance.choice([0.02, 0.1]))
        try:
            with transaction.atomic():
                hold = actions.hold(
                    [(key, 1) for key in keys], contact=f"g:{number}", until=clock.now() + lasting, cap=20
                )
            what = chance.choice(["release", "cancel", "cancel", "extend", "forget"])
            if what == "release":
                actions.release(hold)
            elif what == "extend":
                actions.extend(hold, clock.now() + timedelta(seconds=0.15))
            elif what == "cancel":
                actions.confirm(hold)
                actions.give_back(hold)
            if chance.random() < 0.1:
                actions.release_expired()
        except ActionRefused:
            refused += 1
        except Exception as error:
            errors.append(repr(error))
    return {"errors": errors, "refused": refused}


def run_mixed(processes: int, rounds: int) -> dict:
    """Everything at once on few units; returns errors and whether every pool still balances with its holds."""
    from django.db.models import F, Sum

    from stadtplatz.pools import actions
    from stadtplatz.pools.models import Hold, HoldLine, Pool

    for i in range(6):
        actions.supply(f"stock:{i}", 3)
    answers = scratch.at_once(processes, regular, rounds)
    lines = HoldLine.objects.values("pool").annotate(n=Sum(F("quantity") - F("returned")))
    booked = dict(lines.filter(hold__state=Hold.BOOKED).values_list("pool", "n"))
    held = dict(lines.filter(hold__state=Hold.HELD).values_list("pool", "n"))
    return {
        "engine": scratch.engine(),
        "errors": [error for answer in answers for error in answer["errors"]],
        "refused": sum(answer["refused"] for answer in answers),
        "balanced": all(
            (pool.held, pool.booked, pool.supplied) == (held.get(pool.pk, 0), booked.get(pool.pk, 0), 3)
            and pool.available == 3 - pool.held - pool.booked
            for pool in Pool.objects.all()
        ),
    }


def run(processes: int, attempts: int, units: int) -> dict:
    """The contest; returns what was sold, what went wrong and how long each attempt took."""
    from stadtplatz.pools import actions, queries

    actions.supply("stock:strawberries", units)
    actions.supply("slot:saturday", units * 2)
    start = time.perf_counter()
    answers = scratch.at_once(processes, customer, attempts // processes)
    seconds = time.perf_counter() - start
    stock = queries.levels(["stock:strawberries"])["stock:strawberries"]
    waits = [wait for answer in answers for wait in answer["waits"]]
    return {
        "engine": scratch.engine(),
        "processes": processes,
        "attempts": len(waits),
        "units": units,
        "sold": sum(answer["sold"] for answer in answers),
        "refused": sum(answer["refused"] for answer in answers),
        "errors": [error for answer in answers for error in answer["errors"]],
        "level": [stock.supplied, stock.available, stock.held, stock.booked],
        "worst_wait": max(waits),
        "shares": [answer["sold"] for answer in answers],
        "seconds": seconds,
        "attempt": spread(wait * 1000 for wait in waits),
    }


def main() -> None:
    scratch.everywhere("pools")


def from_the_command_line() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--processes", type=int, default=8)
    options.add_argument("--attempts", type=int, default=400)
    options.add_argument("--units", type=int, default=100)
    options.add_argument("--mixed", type=int, default=0, help="rounds of everything at once per process instead")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with scratch.town():
        if chosen.mixed:
            result = run_mixed(chosen.processes, chosen.mixed)
        else:
            result = run(chosen.processes, chosen.attempts, chosen.units)
    if chosen.json or chosen.mixed:
        print(json.dumps(result))
    else:
        print(
            f"{result['engine']}: {result['attempts']} attempts by {result['processes']} processes on {result['units']} units"
        )
        print(
            f"  sold {result['sold']}, refused {result['refused']}, errors {len(result['errors'])}, shares {result['shares']}"
        )
        print(
            f"  attempt {result['attempt']}, worst wait {result['worst_wait']:.3f} s, in all {result['seconds']:.2f} s"
        )


if __name__ == "__main__":
    from_the_command_line()
