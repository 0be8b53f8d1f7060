"""How many jobs a second one, two and four workers do, and whether a keyed job can miss a change.

python -m benchmarks.jobs [--jobs 1000] [--workers 1 2 4] [--json]
python -m benchmarks.jobs --keyed 200     # producers and workers race for one key
"""

import argparse
import json
import time

from benchmarks import scratch
from benchmarks.measure import spread

WROTE, SEEN = "stock:written", "stock:seen"


def declare() -> None:
    """Two jobs that leave a trace in pools."""
    from stadtplatz.kit.jobs import job
    from stadtplatz.pools import actions, queries

    @job()
    def leave_a_trace(number: int) -> None:
        actions.supply(f"trace:{number}", 1)

    @job()
    def catch_up() -> None:
        written = queries.available([WROTE])[WROTE]
        time.sleep(0.002)  # so that changes happen between reading and writing
        actions.set_available(SEEN, written)


def job_type(name: str):
    from stadtplatz.kit import jobs

    return next(found for key, found in jobs.REGISTRY.items() if key.endswith(f".{name}"))


def drain(number: int) -> tuple[int, float, float]:
    """One worker: do what is due until nothing is; jobs done, wall and CPU seconds."""
    from stadtplatz.kit.models import Job
    from stadtplatz.kit.worker import Worker

    worker, done, start, cpu = Worker(), 0, time.perf_counter(), time.process_time()
    while Job.objects.exists():
        done += worker.run_next()
    return done, time.perf_counter() - start, time.process_time() - cpu


def produce(number: int, rounds: int) -> int:
    """One producer: change something and ask for the keyed job in one transaction."""
    from django.db import transaction

    from stadtplatz.pools import actions

    for _ in range(rounds):
        with transaction.atomic():
            actions.supply(WROTE, 1)
            job_type("catch_up").enqueue(key="catch-up")
    return rounds


def producer_or_worker(number: int, rounds: int) -> int:
    """Processes 0 and 1 produce, the others work until a second passed without a job."""
    from stadtplatz.kit.worker import Worker

    if number < 2:
        return produce(number, rounds)
    worker, last = Worker(), time.perf_counter()
    while time.perf_counter() - last < 1:
        if worker.run_next():
            last = time.perf_counter()
    return 0


def run(count: int, workers: list[int]) -> list[dict]:
    from stadtplatz.kit import jobs
    from stadtplatz.pools.models import Pool

    results = []
    for many in workers:
        Pool.objects.all().delete()
        jobs.enqueue_all(job_type("leave_a_trace").row(number) for number in range(count))
        answers = scratch.at_once(many, drain)
        longest = max(seconds for _, seconds, _ in answers)
        results.append(
            {
                "engine": scratch.engine(),
                "workers": many,
                "jobs": count,
                "each_once": Pool.objects.filter(supplied=1).count() == count == Pool.objects.count(),
                "per_second": count / longest,
                "cpu_ms": sum(cpu for _, _, cpu in answers) * 1000 / count,
                "shares": [done for done, _, _ in answers],
            }
        )
    return results


def latency(times: int = 30) -> list[float]:
    """Milliseconds from commit to done with one worker that was idle before."""
    import threading

    from django.db import connection

    from stadtplatz.kit.worker import Worker
    from stadtplatz.pools.models import Pool

    worker, waits = Worker(), []
    thread = threading.Thread(target=worker_loop, args=(worker,), daemon=True)
    thread.start()
    for number in range(times):
        time.sleep(0.2)
        start = time.perf_counter()
        job_type("leave_a_trace").enqueue(10_000 + number)
        while not Pool.objects.filter(key=f"trace:{10_000 + number}").exists():
            time.sleep(0.002)
        waits.append((time.perf_counter() - start) * 1000)
    worker.stop()
    thread.join()
    connection.close()
    return waits


def worker_loop(worker) -> None:
    from django.db import connection

    worker.work()
    connection.close()


def run_keyed(rounds: int) -> dict:
    """After the race the copy must be what was written: no change was missed."""
    from stadtplatz.kit.models import Job
    from stadtplatz.pools import queries

    scratch.at_once(5, producer_or_worker, rounds)
    levels = queries.available([WROTE, SEEN])
    return {
        "engine": scratch.engine(),
        "written": levels[WROTE],
        "seen": levels[SEEN],
        "left": Job.objects.count(),
    }


def main() -> None:
    scratch.everywhere("jobs")


def from_the_command_line() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--jobs", type=int, default=1000)
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    options.add_argument("--keyed", type=int, default=0)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with scratch.town():
        declare()
        if chosen.keyed:
            print(json.dumps(run_keyed(chosen.keyed)))
            return
        results = run(chosen.jobs, chosen.workers)
        if chosen.json:
            print(json.dumps(results))
            return
        for result in results:
            print(
                f"{result['engine']}, {result['workers']} workers: {result['per_second']:.0f} jobs/s, "
                f"{result['cpu_ms']:.2f} CPU ms a job, each once: {result['each_once']}, shares {result['shares']}"
            )
        print(f"{results[0]['engine']}: idle worker, from commit to done: {spread(latency())}")


if __name__ == "__main__":
    from_the_command_line()
