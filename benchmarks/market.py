"""The market at 100,000 offers of 500 shops beside django-oscar 4.2 with the same goods, asked in turns on the same machine.

    python -m benchmarks market          BENCH_OFFERS=100000 BENCH_SHOPS=500 BENCH_RUNS=5 BENCH_TIMES=80
    OSCAR_PYTHON=...                     the Python of an environment with django-oscar, whoosh, granian and psycopg;
                                         without it one is made, which takes a minute
    BENCH_STATE=...                      a folder that keeps Oscar's Whoosh index, whose making takes most of an hour at 100,000

Oscar searches with Whoosh, as its sandbox does. Both run under granian with two processes of four threads and uncached, ours as somebody
with a basket. Every request asks for another address of its kind. CPU ms of the web processes; the database's own are not in it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import towns, web
from benchmarks.market_goods import questions
from benchmarks.measure import memory_mb, spread, tree
from benchmarks.server import Server, get, granian
from tests.support.postgres import private_server

RUNS, TIMES = int(os.environ.get("BENCH_RUNS", "5")), int(os.environ.get("BENCH_TIMES", "80"))
OFFERS, SHOPS = os.environ.get("BENCH_OFFERS", "100000"), os.environ.get("BENCH_SHOPS", "500")
LIMITS = {"category list": (40, 8), "search": (40, 4), "product page": (12, 2), "suggestion": (8, None)}
"""CPU ms at most, and how many times less than Oscar at least."""
NEEDED = ["django-oscar==4.2.1", "whoosh", "granian", "psycopg[binary]"]

OUR_PAGES = """
import json
from collections import Counter
from django.urls import reverse
from stadtplatz.catalogue.categories import all_categories
from stadtplatz.catalogue.models import Offer
rows = Offer.objects.filter(state="published", gtin__startswith="40").order_by("pk")
many = [code for code, _ in Counter(rows.values_list("category", flat=True)).most_common(30)]
lists = [reverse("category", args=[all_categories()[code].slug]) for code in many]
offers = [reverse("offer", args=[pk, slug]) for pk, slug in rows.values_list("pk", "slug")[:: max(1, rows.count() // 300)]]
print(json.dumps({"category list": lists, "product page": offers}))
"""
OSCAR_PAGES = """
import json
from django.db.models import Count
from oscar.apps.catalogue.models import Category, Product
many = Category.objects.annotate(n=Count("product")).order_by("-n")[:30]
products = Product.objects.order_by("pk")[:: max(1, Product.objects.count() // 300)]
print(json.dumps({"category list": [c.get_absolute_url() for c in many], "product page": [p.get_absolute_url() for p in products]}))
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="stadtplatz-oscar-") as folder:
        python = os.environ.get("OSCAR_PYTHON") or _environment(Path(folder) / "venv")
        index = Path(os.environ.get("BENCH_STATE", folder)) / f"whoosh-{OFFERS}-{SHOPS}"
        for build in towns.BOTH:
            state = Path(folder) / build.__name__
            state.mkdir()
            with build() as town, _oscar_database(build is towns.postgres) as url:
                _compare(town, Oscar(python, state, index, url), Path(folder) / "goods.jsonl")


class Oscar:
    """An installation of Oscar beside ours. Its index names products by number, and these are the same in every new database."""

    def __init__(self, python: str, state: Path, index: Path, database: str):
        self.python = python
        own = {
            "OSCAR_STATE": str(state),
            "OSCAR_INDEX": str(index),
            "OSCAR_DATABASE": database,
            "PYTHONWARNINGS": "ignore",
        }
        self.environment = own | {"DJANGO_SETTINGS_MODULE": "benchmarks.oscar_shop.settings"}

    def run(self, *words: str) -> str:
        given = {"env": os.environ | self.environment, "check": True, "stdout": subprocess.PIPE, "text": True}
        return subprocess.run([self.python, *words], **given).stdout

    def pages(self) -> dict[str, list[str]]:
        return json.loads(self.run("-m", "django", "shell", "--verbosity", "0", "-c", OSCAR_PAGES).splitlines()[-1])


def _compare(town: towns.Town, oscar: Oscar, goods: Path) -> None:
    print(f"\n-- {town.name}", flush=True)
    words = [sys.executable, "-m", "benchmarks.market_load", str(goods), "--count", OFFERS, "--shops", SHOPS]
    settings = {"DJANGO_SETTINGS_MODULE": "stadtplatz.settings"}
    print(
        subprocess.run(
            words, env=os.environ | town.environment | settings, check=True, capture_output=True, text=True
        ).stdout
    )
    town.run("shell", "--verbosity", "0", "-c", "from django.db import connection as c; c.cursor().execute('ANALYZE')")
    print(_sizes(town), flush=True)
    print(oscar.run("-m", "benchmarks.oscar_shop.load", str(goods)).splitlines()[-1], flush=True)
    ours = json.loads(town.run("shell", "--verbosity", "0", "-c", OUR_PAGES).splitlines()[-1])
    ours |= {
        "search": ["/suche/?" + urlencode({"q": words}) for words in questions()],
        "suggestion": ["/suche/vorschlaege/?" + urlencode({"q": words[:n]}) for words in questions() for n in (3, 5)],
    }
    theirs = oscar.pages() | {"search": ["/search/?" + urlencode({"q": words}) for words in questions()]}
    environment = town.environment | web.PRODUCTION
    with (
        granian("stadtplatz.wsgi:application", environment) as own,
        granian("benchmarks.oscar_shop.wsgi:application", oscar.environment, python=oscar.python) as other,
    ):
        for name, (limit, times) in LIMITS.items():
            _in_turns(name, own, ours[name], other, theirs.get(name, []), limit, times)
        print(
            f"memory of 2 web processes: {memory_mb(tree(own.pid)):.0f} MB, Oscar {memory_mb(tree(other.pid)):.0f} MB"
        )
        _while_orders_come(town, own, ours["product page"], oscar, other, theirs["product page"])


def _in_turns(
    name: str, own: Server, ours: list[str], other: Server, theirs: list[str], limit: float, times: float | None
) -> None:
    asked = [(own, _any(ours)), *([(other, _any(theirs))] if theirs else [])]
    for server, ask in asked:
        server.ask(ask, times=40, connections=4)
    runs = [[server.ask(ask, times=TIMES, connections=4) for server, ask in asked] for _ in range(RUNS)]
    mine, errors = [run[0][0] for run in runs], sum(run[0][2] for run in runs)
    line = f"{name:<16} {spread(mine, 'ms CPU')}, at most {limit}; errors {errors}"
    if theirs:
        beside = [run[1][0] for run in runs]
        ratio = statistics.median(beside) / statistics.median(mine)
        line += f"; Oscar {spread(beside, 'ms CPU')}, errors {sum(run[1][2] for run in runs)}; ratio {ratio:.1f}, at least {times}"
    print(line, flush=True)


def _any(paths: list[str]) -> Callable[..., int]:
    asks = [get(path, Cookie="basket=AAAAAAAAAAAAAAAAAAAAAA") for path in paths]
    return lambda connection: random.choice(asks)(connection)


def _while_orders_come(
    town: towns.Town, own: Server, ours: list[str], oscar: Oscar, other: Server, theirs: list[str]
) -> None:
    """Product pages while orders are placed as fast as one buyer can: ours over HTTP, Oscar's by its own order creator."""
    town.run("shell", "--verbosity", "0", "-c", web.PLENTY)
    placed, stopped = [], threading.Event()

    def buy() -> None:
        while not stopped.is_set():
            web._posts(own, web._order_ready, connections=2)
            placed.append(16)

    buyer = threading.Thread(target=buy)
    buyer.start()
    while not placed:
        stopped.wait(1)
    errors = own.ask(_any(ours), times=400, connections=4)[2]
    stopped.set()
    buyer.join()
    print(f"400 product pages while {sum(placed)} orders were placed: {errors} errors", flush=True)
    words = [oscar.python, "-m", "benchmarks.oscar_shop.orders"]
    buyers = [
        subprocess.Popen(words, env=os.environ | oscar.environment, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    stopped.clear()
    stopped.wait(8)
    errors = other.ask(_any(theirs), times=400, connections=4)[2]
    for process in buyers:
        process.send_signal(signal.SIGTERM)
    told = [process.communicate(timeout=60)[0].split() or ["0", "0"] for process in buyers]
    print(
        f"Oscar: {errors} errors of 400, {sum(int(t[0]) for t in told)} orders placed, {sum(int(t[1]) for t in told)} failed"
    )


def _sizes(town: towns.Town) -> str:
    code = """
from django.db import connection as c
with c.cursor() as cursor:
    if c.vendor == "postgresql":
        cursor.execute("SELECT pg_database_size(current_database()), (SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'search_%')")
        whole, index = cursor.fetchone()
    else:
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        whole = cursor.fetchone()[0]
        cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_%'")
        index = cursor.fetchone()[0]
print(f"database {int(whole) / 1e6:.0f} MB, of it the search index {int(index or 0) / 1e6:.0f} MB")
"""
    return town.run("shell", "--verbosity", "0", "-c", code).splitlines()[-1]


@contextmanager
def _oscar_database(postgres: bool) -> Iterator[str]:
    if not postgres:
        yield ""
        return
    with private_server(fast=False) as url:
        yield url


def _environment(folder: Path) -> str:
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run([str(folder / "bin/pip"), "install", "-q", *NEEDED], check=True)
    return str(folder / "bin/python")


if __name__ == "__main__":
    main()
