"""Work that follows a change: rows written in the same transaction, done by workers, retried, never lost.

    @job(max_attempts=5)
    def send(message_id): ...

    send.enqueue(message_id)            # inside the business transaction
    send.enqueue(message_id, at=later, key="reminder:17")   # at most one waiting job per key

A job may run more than once (its worker can die after the work and before the tick), so jobs are idempotent.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps

from stadtplatz.kit import clock


@dataclass(frozen=True)
class JobType:
    """What a decorated function becomes: callable as before, and able to be written down for later."""

    name: str
    function: Callable[..., Any]
    max_attempts: int
    lease: timedelta

    def __call__(self, *args: Any) -> Any:
        return self.function(*args)

    def enqueue(self, *args: Any, at: datetime | None = None, key: str | None = None) -> None:
        """Write the job down in the running transaction. With a `key`, a waiting job of the same key is left as it is."""
        from stadtplatz.kit.models import Job

        row = Job(name=self.name, args=list(args), run_at=at or clock.now(), key=key, max_attempts=self.max_attempts)
        if key is None:
            row.save(force_insert=True)
        else:
            Job.objects.bulk_create([row], ignore_conflicts=True)


REGISTRY: dict[str, JobType] = {}
TIMERS: dict[str, timedelta] = {}


def job(*, max_attempts: int = 8, lease: timedelta = timedelta(minutes=2)) -> Callable[[Callable[..., Any]], JobType]:
    """Make a function a job. `lease` is how long one attempt may take before another worker may try; args must be JSON."""

    def decorate(function: Callable[..., Any]) -> JobType:
        name = f"{function.__module__.removeprefix('stadtplatz.')}.{function.__name__}"
        REGISTRY[name] = JobType(name, function, max_attempts, lease)
        return REGISTRY[name]

    return decorate


def every(interval: timedelta) -> Callable[[JobType], JobType]:
    """Run the job again and again; the worker writes the next one down (one row per timer, whatever the number of workers)."""

    def decorate(job_type: JobType) -> JobType:
        TIMERS[job_type.name] = interval
        return job_type

    return decorate


def discover() -> None:
    """Import `jobs.py`, `actions.py` and `reactions.py` of every domain so that their jobs are known."""
    for config in apps.get_app_configs():
        if config.name.startswith("stadtplatz."):
            for module in ("jobs", "actions", "reactions"):
                name = f"{config.name}.{module}"
                if importlib.util.find_spec(name):
                    importlib.import_module(name)


def run_all(limit: int = 10_000) -> int:
    """Do every due job now, in this process. For tests and `worker --once`. Returns how many attempts were made."""
    from stadtplatz.kit.worker import Worker

    discover()
    worker, done = Worker(), 0
    while done < limit and worker.run_next():
        done += 1
    return done
