"""How long "already reported nearby?" takes, at addresses drawn from the map.

VAR=... python -m benchmarks.nearby [COUNT]     COUNT places in the installation there; load it with benchmarks.tickets_load first
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")
    import django

    django.setup()
    from stadtplatz.city.models import Address
    from stadtplatz.tickets.models import Category, Ticket
    from stadtplatz.tickets.queries import nearby

    dice = random.Random(7)
    places = list(Address.objects.filter(gone_at=None).order_by("pk").values_list("lon", "lat"))
    kinds = list(Category.objects.filter(active=True, nearby_metres__gt=0))
    nearby(places[0], kinds[0])
    wall, cpu, found = [], [], 0
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 500):
        place, kind = dice.choice(places), dice.choice(kinds)
        started, worked = time.perf_counter(), time.process_time()
        found += bool(nearby(place, kind))
        wall.append((time.perf_counter() - started) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    wall.sort()
    share = found / len(wall)
    print(
        f"nearby among {Ticket.objects.count()} reports: median {statistics.median(wall):.1f} ms, "
        f"p95 {wall[int(len(wall) * 0.95)]:.1f} ms, worst {wall[-1]:.1f} ms, {statistics.mean(cpu):.1f} CPU ms; "
        f"{share:.0%} of the places have something nearby"
    )


if __name__ == "__main__":
    main()
