"""CPU time of the desk at very many reports, on both databases: `python -m benchmarks desk` (BENCH_TICKETS, default 100,000).

Measured in one process through Django's handler as the head of the town hall, who sees every report, and as a clerk of one unit: no
network and no server, so it is the application's own CPU time. The demo's bar is off.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

from benchmarks.measure import machine, spread

TIMES = 25
COUNT = int(os.environ.get("BENCH_TICKETS", "100000"))
BUDGET = 40
PAGES = {
    "first page (my work)": "/desk/anliegen/",
    "my unit": "/desk/anliegen/?liste=unit",
    "late": "/desk/anliegen/?liste=late",
    "all, newest first": "/desk/anliegen/?liste=all",
    "all, one category": "/desk/anliegen/?liste=all&kategorie=road-damage",
    "a word in all": "/desk/anliegen/?liste=all&q=Bushaltestelle",
}


def main() -> None:
    from benchmarks import towns

    for build in towns.BOTH:
        with build() as town:
            print(f"\n-- {town.name}", flush=True)
            subprocess.run([sys.executable, "-m", "benchmarks.desk"], env=os.environ | town.environment, check=True)


def inside() -> None:
    """Fill the town this process belongs to, then measure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtplatz.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from benchmarks.tickets_load import load
    from stadtplatz.cases.models import Case
    from stadtplatz.city.models import Membership

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "demo" not in name]
    if (missing := COUNT - Case.objects.count()) > 0:
        load(missing, facts=False)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    still_open = Case.objects.filter(closed_at=None).count()
    print(f"{machine()}, {Case.objects.count():,} reports, {still_open:,} of them open; budget {BUDGET} ms")
    held = Membership.objects.filter(ended=False, person__is_active=True).select_related("person").order_by("pk")
    for name, roles, top in (
        ("head of the town hall", ["lead", "admin"], True),
        ("clerk of one unit", ["member"], False),
    ):
        member = held.filter(role__in=roles, unit__parent__isnull=top).first()
        if member is not None:
            print(name)
            for label, address in PAGES.items():
                print(f"  {label:24} {spread(_cpu(_visit(member.person, address)))}", flush=True)


def _visit(person: object, address: str) -> Callable[[], object]:
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]  # a person is the user model

    def visit() -> object:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        return answer

    return visit


def _cpu(work: Callable[[], object]) -> list[float]:
    work()
    runs = []
    for _ in range(TIMES):
        started = time.process_time()
        work()
        runs.append((time.process_time() - started) * 1000)
    return runs


if __name__ == "__main__":
    inside()
