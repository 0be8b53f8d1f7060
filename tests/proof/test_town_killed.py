"""The whole town under fire: web and worker are killed at random while 200 orders and 200 reports come in.

Afterwards each errand somebody was told of exists exactly once, stock and slots add up, and every job is done.
"""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field

import pytest

from benchmarks.measure import tree
from stadtplatz.operate.demo import walk
from stadtplatz.operate.demo.client import Client
from tests.journeys.conftest import free_port

ERRANDS = int(os.environ.get("PROOF_ERRANDS", "200"))
VISITORS = 4


@dataclass
class Town:
    """Web and worker of one installation, started and killed like any other processes."""

    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen] = field(default_factory=dict)
    kills: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self, name: str) -> None:
        words = ["serve", "--port", str(self.port)] if name == "web" else ["worker"]
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", "stadtplatz", *words],
            env=os.environ | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self, name: str) -> None:
        """SIGKILL to the process and all its children at once: nobody gets to tidy up."""
        for pid in tree(self.processes[name].pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.processes[name].wait()
        self.kills += 1

    def wait_ready(self) -> None:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.address}readyz", timeout=2)
                return
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
        pytest.fail("The town did not come back.")

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "stadtplatz", *words],
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    environment = {
        "VAR": str(tmp_path_factory.mktemp("var")),
        "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
        "STADTPLATZ_MODE": "demo",
        "STADTPLATZ_TRUSTED_PROXIES": "127.0.0.1",
        "STADTPLATZ_LOG_LEVEL": "ERROR",
    }
    there = Town(environment)
    there.run("demo", "--build-only")
    there.run("shell", "--verbosity", "0", "-c", PLENTY)
    for name in ("web", "worker"):
        there.start(name)
    there.wait_ready()
    yield there
    for name in list(there.processes):
        there.kill(name)


# Enough on every shelf and in every slot, so that a refusal is never for want of goods.
PLENTY = """
from stadtplatz.pools.models import Pool
from stadtplatz.pools.actions import supply
for key in Pool.objects.filter(key__regex="^(stock|slot):").values_list("key", flat=True):
    supply(key, 2000)
"""


def test_two_hundred_orders_and_reports_survive_random_kills(town):
    told: dict[str, list[walk.Errand]] = {"order": [], "report": []}
    left = {"order": ERRANDS, "report": ERRANDS}
    lock, finished = threading.Lock(), threading.Event()

    def visitor(seed: int) -> None:
        dice = random.Random(seed)
        while True:
            with lock:
                kinds = [kind for kind, count in left.items() if count > 0]
                if not kinds:
                    return
                kind = dice.choice(kinds)
                left[kind] -= 1
            errand = persistent(town, kind, dice)
            with lock:
                told[kind].append(errand)

    def killer() -> None:
        dice = random.Random(7)
        while not finished.wait(dice.uniform(1.5, 5)):
            name = dice.choice(["web", "worker"])
            town.kill(name)
            town.start(name)
            town.wait_ready()

    threads = [threading.Thread(target=visitor, args=(seed,)) for seed in range(VISITORS)]
    fire = threading.Thread(target=killer)
    started = time.monotonic()
    for thread in [*threads, fire]:
        thread.start()
    for thread in threads:
        thread.join()
    finished.set()
    fire.join()
    town.kill("worker")
    finish_jobs(town)

    assert {kind: len(found) for kind, found in told.items()} == {"order": ERRANDS, "report": ERRANDS}
    everything = [errand.number for found in told.values() for errand in found]
    assert len(set(everything)) == 2 * ERRANDS
    assert "Everything adds up." in town.run("verify")
    for kind in told:
        for errand in random.Random(1).sample(told[kind], min(10, ERRANDS)):
            walk.follow(Client(town.address), errand)
    print(
        f"\n{2 * ERRANDS} errands, {town.kills} kills, {time.monotonic() - started:.0f} s; every number told exists once."
    )


UNDONE = """
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.models import Job
timers = [f"timer:{name}" for name in jobs.TIMERS]
due = Job.objects.filter(run_at__lte=clock.now()).exclude(key__in=timers)
print([(job.name, job.state, job.key, job.attempts, job.error[-300:]) for job in due])
"""


def finish_jobs(town: Town) -> None:
    """Work until nothing is left; what a killed worker had in hand comes back when its lease of two minutes is over."""
    for _ in range(40):
        town.run("worker", "--once")
        undone = town.run("shell", "--verbosity", "0", "-c", UNDONE).strip()
        if undone == "[]":
            return
        time.sleep(5)
    pytest.fail(f"These jobs were never done: {undone}")


class Patient(Client):
    """Tries the same link or button again when the line goes dead, as people do."""

    def _open(self, request):
        for _ in range(200):
            try:
                answer = super()._open(request)
            except OSError:
                time.sleep(0.3)
                continue
            if answer.status < 500:
                return answer
            time.sleep(0.3)
        pytest.fail(f"{request.full_url} never answered.")


def persistent(town: Town, kind: str, dice: random.Random) -> walk.Errand:
    """One errand to its end, whatever is killed meanwhile."""
    address = f"10.{dice.randrange(256)}.{dice.randrange(256)}.{dice.randrange(1, 255)}"
    someone = Patient(town.address, address=address)
    email = f"gast{dice.randrange(10**9)}@example.org"
    if kind == "order":
        return walk.order(someone, name="Gast Probe", email=email)
    return walk.report(someone, text="Tiefes Schlagloch auf der Fahrbahn", address="Bahnhofstraße 1", email=email)
