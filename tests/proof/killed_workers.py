"""Workers are killed with SIGKILL again and again while they work; every job is done all the same.

python -m tests.proof.killed_workers [--jobs 200] [--workers 2]
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import time
from datetime import timedelta
from typing import Any

from benchmarks import scratch


def declare() -> Any:
    """The job: it marks its start, takes its time, and marks its end; and a timer that fires all along."""
    from stadtplatz.kit.jobs import every, job
    from stadtplatz.pools import actions

    @job(lease=timedelta(seconds=1.5), max_attempts=50)
    def deliver(number: int) -> None:
        actions.supply(f"started:{number}", 1)
        time.sleep(random.uniform(0.005, 0.04))
        actions.set_available(f"delivered:{number}", 1)

    @every(timedelta(seconds=1))
    @job(lease=timedelta(seconds=1.5))
    def chime() -> None:
        actions.supply("chimes", 1)

    return deliver


def start_worker(number: int) -> multiprocessing.Process:
    from django.db import connections

    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=work, args=(number,), daemon=True)
    process.start()
    return process


def work(number: int) -> None:
    from stadtplatz.kit import worker

    random.seed(os.getpid())
    worker.RECOVER_EVERY = timedelta(seconds=0.5)
    worker.Worker().run()


def run(deliver: Any, count: int, workers: int) -> dict:
    from stadtplatz.kit import jobs
    from stadtplatz.kit.models import Job
    from stadtplatz.pools.models import Pool

    jobs.enqueue_all(deliver.row(number) for number in range(count))
    chance, kills, start = random.Random(7), 0, time.perf_counter()
    running = [start_worker(number) for number in range(workers)]
    while Job.objects.filter(name=deliver.name).exclude(state=Job.DEAD).exists() and time.perf_counter() - start < 600:
        let_them_begin(another=5)
        time.sleep(chance.uniform(0.0, 0.3))
        victim = chance.randrange(workers)
        os.kill(running[victim].pid, signal.SIGKILL)
        running[victim].join()
        running[victim] = start_worker(victim)
        kills += 1
    seconds = time.perf_counter() - start
    ended = [stop_gracefully(process) for process in running]
    started = dict(Pool.objects.filter(key__startswith="started:").values_list("key", "supplied"))
    return {
        "engine": scratch.engine(),
        "jobs": count,
        "delivered": Pool.objects.filter(key__startswith="delivered:", available=1).count(),
        "begun_more_than_once": sum(times > 1 for times in started.values()),
        "dead": len(jobs.dead()),
        "left": Job.objects.filter(name=deliver.name).count(),
        "timer_rows": Job.objects.filter(name__endswith=".chime").count(),
        "chimes": Pool.objects.get(key="chimes").supplied,
        "kills": kills,
        "graceful": ended == [0] * workers,
        "seconds": round(seconds, 1),
    }


def let_them_begin(another: int) -> None:
    """Wait until so many more jobs have been begun, or for five seconds: on a slow machine a worker needs longer to do anything."""
    from django.db.models import Sum

    from stadtplatz.pools.models import Pool

    def begun() -> int:
        return Pool.objects.filter(key__startswith="started:").aggregate(all=Sum("supplied"))["all"] or 0

    wanted, end = begun() + another, time.perf_counter() + 5
    while begun() < wanted and time.perf_counter() < end:
        time.sleep(0.01)


def stop_gracefully(process: multiprocessing.Process) -> int | None:
    """SIGTERM; the exit code (0 when the worker ended by itself)."""
    time.sleep(0.5)
    process.terminate()
    process.join(10)
    return process.exitcode


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--jobs", type=int, default=200)
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    with scratch.town():
        print(json.dumps(run(declare(), chosen.jobs, chosen.workers)))
