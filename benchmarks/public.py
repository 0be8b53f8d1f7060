"""Reports for everybody at 100,000 tickets: map data, list, page, feed, and the dashboard of a head. CPU ms per request, uncached.

    python -m benchmarks.public             builds a town on SQLite and one on PostgreSQL, each with 100,000 reports
    BENCH_HERE=1 VAR=... python -m benchmarks.public      measures the installation there, filled by benchmarks.tickets_load

Visitors bring a basket cookie, so that no page is answered from the cache. Budget for the map: 40 CPU ms a view.
"""

import json
import os
from collections.abc import Callable
from urllib.parse import urlencode

from benchmarks import towns
from benchmarks.measure import spread
from benchmarks.server import Server, get, granian

RUNS = int(os.environ.get("BENCH_RUNS", "5"))
COUNT = int(os.environ.get("BENCH_TICKETS", "100000"))
UNKNOWN = "basket=AAAAAAAAAAAAAAAAAAAAAA"

FACTS = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from stadtplatz.accounts.models import Person
from stadtplatz.city.models import Membership, Unit
from stadtplatz.kit.identity import city
from stadtplatz.tickets.models import Publication
head, _ = Person.objects.get_or_create(email="head-of-all@example.org", defaults={"name": "Head"})
for unit in Unit.objects.filter(parent=None):
    Membership.objects.get_or_create(person=head, unit=unit, defaults={"role": "lead"})
session = SessionStore()
session[SESSION_KEY] = str(head.pk)
session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
session[HASH_SESSION_KEY] = head.get_session_auth_hash()
session.save()
newest = Publication.objects.filter(withdrawn_at=None).order_by("-pk").select_related("ticket__case")[0]
print(json.dumps({"session": session.session_key, "number": newest.ticket.case.number, "centre": city().centre}))
"""


def main() -> None:
    if os.environ.get("BENCH_HERE"):
        own = {key: os.environ[key] for key in ("VAR", "DATABASE_URL", "STADTPLATZ_MODE") if key in os.environ}
        _measure(towns.Town("this installation", {"STADTPLATZ_TRUSTED_PROXIES": "127.0.0.1"} | own))
        return
    for build in towns.BOTH:
        with build() as town:
            town.run("shell", "--verbosity", "0", "-c", f"from benchmarks.tickets_load import load; load({COUNT})")
            town.run(
                "shell",
                "--verbosity",
                "0",
                "-c",
                "from django.db import connection as c; c.cursor().execute('ANALYZE')",
            )
            _measure(town)


def _measure(town: towns.Town) -> None:
    print(f"\n-- {town.name}")
    known = json.loads(town.run("shell", "--verbosity", "0", "-c", FACTS).splitlines()[-1])
    with granian("stadtplatz.wsgi:application", town.environment) as server:
        for name, path in _pages(known).items():
            _report(server, name, get(path, Cookie=UNKNOWN))
        for days in (30, 90, 365):
            ask = get(f"/desk/anliegen/auswertung/?zeit={days}", Cookie=f"sessionid={known['session']}")
            _report(server, f"dashboard, {days} days", ask)


def _pages(known: dict) -> dict[str, str]:
    pages = {}
    for state in ("aktuell", "alle"):
        for zoom in (12, 13, 14, 15, 16, 17, 18):
            pages[f"map data, {state}, zoom {zoom}"] = f"/anliegen/karte/daten/?{_view(known['centre'], zoom, state)}"
    return pages | {
        "list": "/anliegen/liste/",
        "list, everything": "/anliegen/liste/?status=alle",
        "list, one category": "/anliegen/liste/?kategorie=green",
        "list, a word": "/anliegen/liste/?q=Laterne&status=alle",
        "map page": "/anliegen/karte/",
        "one report": f"/anliegen/oeffentlich/{known['number']}/",
        "feed": "/anliegen/feed.atom",
        "report's overview": "/anliegen/",
    }


def _view(centre: list[float], zoom: int, state: str) -> str:
    """A desktop's view, 1,280 by 640 pixels."""
    lon, lat = centre
    wide = 360 / 2**zoom * 5 / 2
    sides = {"west": lon - wide, "east": lon + wide, "south": lat - wide * 0.33, "north": lat + wide * 0.33}
    return urlencode({name: f"{side:.6f}" for name, side in sides.items()} | {"zoom": zoom, "status": state})


def _report(server: Server, name: str, ask: Callable) -> None:
    server.ask(ask, times=8, connections=2)
    runs = [server.ask(ask, times=20, connections=1) for _ in range(RUNS)]
    print(f"{name:<30} {spread((run[0] for run in runs), 'ms CPU')}; errors {sum(run[2] for run in runs)}", flush=True)


if __name__ == "__main__":
    main()
