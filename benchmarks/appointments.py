"""Five minutes as pools: rows and time when they are made ahead for a whole horizon, and when somebody first wants them.

    python -m benchmarks.appointments [--shops 10] [--weeks 8]

Prints JSON: rows and seconds of both ways, CPU milliseconds of a week of free times, of the first free day, of booking and moving.
"""

import argparse
import json
import time
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from benchmarks import scratch

SHARE = 0.6
"""Of all possible starts that are tried when the calendars are filled."""


def cpu(function: Callable[[], Any], times: int = 20) -> float:
    """CPU milliseconds of one call, the median of many."""
    spent = []
    for _round in range(times):
        began = time.process_time()
        function()
        spent.append((time.process_time() - began) * 1000)
    return round(sorted(spent)[len(spent) // 2], 2)


def ahead(shops: int, weeks: int) -> dict[str, Any]:
    """Every five minutes of every working time of three calendars a shop, as rows."""
    from stadtplatz.appointments import queries, rules, times
    from stadtplatz.appointments.tests.town import chair, haircut, salon
    from stadtplatz.kit import clock
    from stadtplatz.pools import actions as pools
    from stadtplatz.pools.models import Pool

    began, keys = time.perf_counter(), 0
    for number in range(shops):
        shop = salon(f"Salon {number}", f"salon-{number}")
        chairs = [chair(shop, name) for name in ("Bea", "Toni", "Mia")]
        haircut(shop, minutes=45, after=10)
        for book in queries.diaries(chairs, clock.today(), weeks * 7, at=clock.now()):
            spans = [span for day in book.working.values() for span in day]
            cells = [cell for begin, end in spans for cell in times.cells(begin, end)]
            pools.supply_new({rules.pool_key(book.resource, cell): 1 for cell in cells})
            keys += len(cells)
    spent = time.perf_counter() - began
    Pool.objects.filter(key__startswith="time:").delete()
    return {"rows_ahead": keys, "seconds_ahead": round(spent, 1)}


def lazily(weeks: int) -> dict[str, Any]:
    """The calendars of all shops, filled by the real action; then what reading and writing cost in the fullest."""
    from stadtplatz.appointments import actions, queries
    from stadtplatz.appointments.models import Appointment, Service
    from stadtplatz.kit import clock
    from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER
    from stadtplatz.kit.refusals import ActionRefused
    from stadtplatz.pools.models import HoldLine, Pool

    chance, at, booking = Random(5), clock.now(), []
    services = list(Service.objects.select_related("offer__shop"))
    for service in services:
        for row in queries.free_days(service, queries.calendars_of(service), clock.today(), weeks * 7, at=at):
            for free in row.times:
                if chance.random() > SHARE / 4:
                    continue
                began = time.process_time()
                try:
                    actions.book(service=service, starts_at=free.starts_at, name="A", email=f"{chance.random()}@example.org", by=ANONYMOUS)  # fmt: skip
                except ActionRefused:
                    continue
                booking.append((time.process_time() - began) * 1000)
    service = services[0]
    rows = queries.calendars_of(service)
    row = Appointment.objects.filter(service=service).order_by("-starts_at").first()
    spare = [
        one.starts_at
        for day in queries.free_days(service, rows, clock.today() + timedelta(days=20), 7, at=at)
        for one in day.times
    ]
    moving = []
    for start in spare[:10]:
        began = time.process_time()
        try:
            row = actions.move(row, starts_at=start, by=LINK_HOLDER)
        except ActionRefused:
            continue
        moving.append((time.process_time() - began) * 1000)
    return {
        "appointments": Appointment.objects.count(),
        "rows_lazily": Pool.objects.filter(key__startswith="time:").count(),
        "lines": HoldLine.objects.count(),
        "ms_week_of_free_times": cpu(
            lambda: queries.free_days(service, rows, clock.today() + timedelta(days=7), 7, at=at)
        ),
        "ms_first_free_day": cpu(lambda: queries.first_free(service, rows, clock.today(), at=at)),
        "ms_whole_horizon": cpu(lambda: queries.free_days(service, rows, clock.today(), weeks * 7, at=at), 5),
        "ms_booking": round(sorted(booking)[len(booking) // 2], 1),
        "ms_moving": round(sorted(moving)[len(moving) // 2], 1) if moving else None,
    }


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--shops", type=int, default=10)
    options.add_argument("--weeks", type=int, default=8)
    given = options.parse_args()
    with scratch.town():
        print(json.dumps(ahead(given.shops, given.weeks) | lazily(given.weeks)))


if __name__ == "__main__":
    main()
