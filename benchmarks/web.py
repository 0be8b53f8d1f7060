"""Pages of the demo town under granian: CPU ms per request, requests per second, on both databases, at 1 and 8 connections.

The town is built for the demo and then served in production mode, so without the demo bar. Uncached pages are asked with a basket cookie, which is how a visitor with something in the basket asks. Cached pages are asked as
a stranger, in turns with a bare Django view that answers the same bytes. Budgets: decisions of the stack, printed beside each figure.
"""

import http.client
import http.cookiejar
import itertools
import os
import random
import tempfile
import urllib.parse
from collections.abc import Callable
from pathlib import Path

from benchmarks import towns
from benchmarks.measure import memory_mb, spread, tree
from benchmarks.server import Server, get, granian
from stadtplatz.operate.demo import walk
from stadtplatz.operate.demo.client import Answer, Client, Form

RUNS = int(os.environ.get("BENCH_RUNS", "5"))
BUDGET = {
    "start": 40,
    "offers list": 40,
    "shop": 40,
    "search": 40,
    "offer": 15,
    "order status": 15,
    "report status": 15,
}
POST_BUDGET = {"report POST": 40, "order POST": 40}


def main() -> None:
    for build in towns.BOTH:
        with build() as town, granian("stadtplatz.wsgi:application", town.environment | PRODUCTION) as server:
            print(f"\n-- {town.name}")
            town.run("shell", "--verbosity", "0", "-c", PLENTY)
            pages = _pages(server)
            _measure_pages(server, pages)
            _measure_posts(server)
            print(f"memory of 2 web processes: {memory_mb(tree(server.pid)):.0f} MB (limit 220)")
            if town.name == "SQLite":
                _measure_cached(server, town.environment | PRODUCTION)


PRODUCTION = {
    "STADTPLATZ_MODE": "production",
    "STADTPLATZ_SECRET_KEY": "only-for-measuring-" + "0123456789abcdef" * 4,
    "STADTPLATZ_BASE_URL": "https://localhost",
    "STADTPLATZ_HOSTS": "localhost,127.0.0.1",
}

PLENTY = """
from stadtplatz.pools.models import Pool
from stadtplatz.pools.actions import supply
for key in Pool.objects.filter(key__regex="^(stock|slot):").values_list("key", flat=True):
    supply(key, 20000)
"""


def _pages(server: Server) -> dict[str, str]:
    """Addresses of one page of each kind."""
    visitor = _visitor(server)
    offer = visitor.get("/einkaufen/").link("/angebot/")
    order = walk.order(visitor, name="Gast Probe", email="gast@example.org")
    report = walk.report(
        _visitor(server), text="Tiefes Schlagloch", address="Bahnhofstraße 1", email="gast@example.org"
    )
    return {
        "start": "/",
        "offers list": "/einkaufen/",
        "shop": visitor.get(offer).link(r"/geschaefte/[^/?#]+/"),
        "offer": offer,
        "search": "/suche/?q=" + urllib.parse.quote("Brötchen"),
        "order status": f"/bestellung/{order.secret}/",
        "report status": f"/anliegen/{report.secret}/",
    }


def _measure_pages(server: Server, pages: dict[str, str]) -> None:
    for name, path in pages.items():
        ask = get(path, Cookie="basket=AAAAAAAAAAAAAAAAAAAAAA")
        server.ask(ask, times=40, connections=4)
        for connections in (1, 8):
            _report(
                f"{name}, uncached, {connections}",
                lambda ask=ask, n=connections: server.ask(ask, times=80, connections=n),
                BUDGET[name],
            )


def _measure_posts(server: Server) -> None:
    """Only the last POST of each errand is measured; the way there is walked before."""
    prepare = {"report POST": _report_ready, "order POST": _order_ready}
    for name, ready in prepare.items():
        for connections in (1, 8):
            _report(
                f"{name}, {connections}",
                lambda ready=ready, n=connections: _posts(server, ready, connections=n),
                POST_BUDGET[name],
            )


def _report(name: str, run: Callable[[], tuple[float, float, int]], budget: float) -> None:
    runs = [run() for _ in range(RUNS)]
    cpu, rate = spread((run[0] for run in runs), "ms CPU"), spread((run[1] for run in runs), "/s")
    print(f"{name:<32} {cpu}; {rate}; errors {sum(run[2] for run in runs)}; budget {budget} ms", flush=True)


Ready = tuple[Client, Answer, Form, dict[str, str]]
_ADDRESSES = itertools.count(1)


def _visitor(server: Server) -> Client:
    """Somebody with an address of their own, who comes through the proxy that ends TLS."""
    number, host = next(_ADDRESSES), f"127.0.0.1:{server.port}"
    visitor = Client(f"http://{host}/", address=f"10.1.{number // 250}.{number % 250 + 1}")
    visitor.headers |= {"X-Forwarded-Proto": "https", "Origin": f"https://{host}", "Referer": f"https://{host}/"}
    visitor.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https")))
    return visitor


def _report_ready(server: Server) -> Ready:
    visitor = _visitor(server)
    page, form = walk.to_sending(visitor, text="Tiefes Schlagloch auf der Fahrbahn", address="Bahnhofstraße 1")
    return visitor, page, form, {"email": f"gast{random.randrange(10**9)}@example.org"}


def _order_ready(server: Server) -> Ready:
    visitor = _visitor(server)
    walk.fill_basket(visitor, shops=2)
    page, form = walk.to_review(visitor, name="Gast Probe", email=f"gast{random.randrange(10**9)}@example.org")
    return visitor, page, form, {}


def _posts(server: Server, ready: Callable[[Server], Ready], *, connections: int) -> tuple[float, float, int]:
    waiting = [ready(server) for _ in range(16)]

    def ask(connection: http.client.HTTPConnection) -> int:
        visitor, page, form, values = waiting.pop()
        body = urllib.parse.urlencode({name: found[-1] for name, found in form.values.items()} | values)
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
        headers = {
            "Cookie": cookies,
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": page.url,
            "Host": f"127.0.0.1:{server.port}",
        }
        connection.request(
            "POST",
            urllib.parse.urlparse(urllib.parse.urljoin(page.url, form.action)).path,
            body,
            headers | visitor.headers,
        )
        answer = connection.getresponse()
        answer.read()
        return answer.status

    return server.ask(ask, times=16, connections=connections)


def _measure_cached(server: Server, environment: dict[str, str]) -> None:
    """The start page for strangers against a bare view of the same bytes, in turns."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", "/", headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_bytes(connection.getresponse().read())
        with granian("benchmarks.bare:application", environment | {"BARE_PAGE": str(page)}) as bare:
            cached, plain = [], []
            for _ in range(RUNS + 1):
                cached.append(server.ask(get("/"), times=800, connections=8))
                plain.append(bare.ask(get("/"), times=800, connections=8))
    for name, runs in (("cached start page", cached[1:]), ("bare Django view", plain[1:])):
        print(f"{name:<32} {spread((run[0] for run in runs), 'ms CPU')}; {spread((run[1] for run in runs), '/s')}")
    ratio = sorted(a[1] / b[1] for a, b in zip(cached[1:], plain[1:], strict=True))
    print(f"cached against bare: {ratio[len(ratio) // 2]:.2f} of its requests per second (at least 0.5)")


if __name__ == "__main__":
    main()
