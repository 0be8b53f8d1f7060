"""Opening reports under granian: CPU ms per POST with routing, deadlines and facts, reports per second with 8 clients, none lost.

Through Open311 (a form, as apps of other cities send it) and REST (JSON). Each answer's number must be a report with its case, clock,
deadlines and first fact afterwards. Targets: 20 CPU ms, 30 a second.
"""

import http.client
import itertools
import json
import os
import urllib.parse
from collections.abc import Callable

from benchmarks import towns
from benchmarks.measure import spread
from benchmarks.server import Server, granian

RUNS = int(os.environ.get("BENCH_RUNS", "5"))
TIMES = int(os.environ.get("BENCH_REPORTS", "160"))
TARGET_CPU, TARGET_RATE = 20, 30
PLACES = [(8.8700, 48.5950), (8.8712, 48.5961), (8.8655, 48.5968), (8.8741, 48.5929)]
CODES = {
    "road-damage": ("spot", "road"),
    "street-light": ("fault", "dark"),
    "signs": ("", ""),
    "green": ("what", "tree"),
}
"""Categories of the demo town, with the one answer each asks for."""

PREPARE = """
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.tickets.actions import make_client
print("KEY", make_client(name="Benchmark", by=SYSTEM, per_hour=100000)[1])
"""
COUNT = """
import sys
from stadtplatz.audit.models import Record
from stadtplatz.cases.models import Case
rows = Case.objects.filter(ticket__by_client__client__name="Benchmark")
whole = rows.filter(deadlines__code="done", intervals__ended_at=None).distinct()
facts = Record.objects.filter(verb="tickets.opened", subject_kind="cases.case", subject_id__in=rows.values("pk"))
print("COUNT", rows.count(), whole.count(), facts.count())
"""


def main() -> None:
    for build in towns.BOTH:
        with build() as town, granian("stadtplatz.wsgi:application", town.environment) as server:
            key = _told(town, PREPARE, "KEY")[0]
            taken: list[str] = []
            print(f"\n-- {town.name}")
            for name, ask in {"Open311": _open311(key, taken), "REST": _rest(key, taken)}.items():
                server.ask(ask, times=16, connections=2)
                for connections in (1, 8):
                    _report(name, server, ask, connections)
            kept, whole, facts = (int(one) for one in _told(town, COUNT, "COUNT"))
            verdict = "none lost" if taken and kept == whole == facts == len(taken) == len(set(taken)) else "LOST"
            print(
                f"{len(taken)} told, {kept} kept, {whole} with clock and deadline, {facts} facts: {verdict}", flush=True
            )


def _report(name: str, server: Server, ask: Callable[[http.client.HTTPConnection], int], connections: int) -> None:
    runs = [server.ask(ask, times=TIMES, connections=connections) for _ in range(RUNS)]
    cpu, rate = spread((run[0] for run in runs), "ms CPU"), spread((run[1] for run in runs), "/s")
    errors = sum(run[2] for run in runs)
    print(
        f"{name}, {connections} clients: {cpu} (at most {TARGET_CPU}); {rate} (at least {TARGET_RATE}); errors {errors}"
    )


def _open311(key: str, taken: list[str]) -> Callable[[http.client.HTTPConnection], int]:
    def body(number: int, place: tuple[float, float], code: str) -> str:
        fields = {"api_key": key, "service_code": code, "lat": place[1], "long": place[0]}
        question, answer = CODES[code]
        fields |= {f"attribute[{question}]": answer} if question else {}
        return urllib.parse.urlencode(
            fields | {"description": f"Schlagloch Nummer {number}, etwa zehn Zentimeter tief"}
        )

    def number_of(told: list[dict]) -> str:
        return told[0]["service_request_id"]

    return _asking("/open311/v2/requests.json", "application/x-www-form-urlencoded", {}, body, number_of, taken)


def _rest(key: str, taken: list[str]) -> Callable[[http.client.HTTPConnection], int]:
    def body(number: int, place: tuple[float, float], code: str) -> str:
        text = f"Schlagloch Nummer {number}, etwa zehn Zentimeter tief"
        question, answer = CODES[code]
        answers = {question: answer} if question else {}
        return json.dumps({"text": text, "category": code, "lon": place[0], "lat": place[1], "answers": answers})

    return _asking("/api/v1/tickets", "application/json", {"Api-Key": key}, body, lambda told: told["number"], taken)


_NUMBERS = itertools.count(1)


def _asking(
    path: str,
    kind: str,
    headers: dict[str, str],
    body: Callable[[int, tuple[float, float], str], str],
    number_of: Callable[..., str],
    taken: list[str],
) -> Callable[[http.client.HTTPConnection], int]:
    def ask(connection: http.client.HTTPConnection) -> int:
        number = next(_NUMBERS)
        address = f"10.{number // 60000}.{number // 250 % 240}.{number % 250 + 1}"
        known = {"Host": "localhost", "Content-Type": kind, "X-Forwarded-For": address}
        sent = body(number, PLACES[number % len(PLACES)], list(CODES)[number % len(CODES)])
        connection.request("POST", path, sent, known | headers)
        answer = connection.getresponse()
        told = answer.read()
        if answer.status < 300:
            taken.append(number_of(json.loads(told)))
        return answer.status

    return ask


def _told(town: towns.Town, script: str, mark: str) -> list[str]:
    """The words after the mark in what the script printed in the town."""
    lines = town.run("shell", "--verbosity", "0", "-c", script).splitlines()
    return next(line for line in lines if line.startswith(mark)).split()[1:]


if __name__ == "__main__":
    main()
