"""Work that follows a change: rows written in the same transaction, done by workers, retried, never lost.

    @job(max_attempts=5)
    def send(message_id): ...

    send.enqueue(message_id)                                # inside the business transaction
    send.enqueue(message_id, at=later, key="reminder:17")   # at most one waiting job per key

A job may run more than once (its worker can die after the work and before the tick), so jobs are idempotent. Jobs of one key
run one after another, and one asked for while another of its key runs waits behind it: it sees what the running one may have
missed. How it is measured and killed: docs/decisions/0005-jobs.md
"""

import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import IntegrityError, transaction

from stadtplatz.kit import clock

if TYPE_CHECKING:
    from stadtplatz.kit.models import Job


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
        """Write the job down in the running transaction. With a `key`, a waiting job of the same key is left as it is.

        That waiting job will not start before this transaction ends, so it sees this change.
        """
        row = self.row(*args, at=at, key=key)
        if key is None:
            row.save(force_insert=True)
            return
        while not _insert_or_keep(row):
            continue  # the waiting job was claimed between two statements; the next insert finds the key free

    def row(self, *args: Any, at: datetime | None = None, key: str | None = None) -> "Job":
        """The row that would be written; for writing many at once."""
        from stadtplatz.kit.models import Job

        return Job(name=self.name, args=list(args), run_at=at or clock.now(), key=key, max_attempts=self.max_attempts)


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


def enqueue_all(rows: Iterable["Job"]) -> None:
    """Write many jobs without keys down in one statement."""
    from stadtplatz.kit.models import Job

    Job.objects.bulk_create(rows, batch_size=200)


def withdraw(key: str) -> bool:
    """Take back a waiting job by its key; False when none waits (it may be running or done)."""
    from stadtplatz.kit.models import Job

    return bool(Job.objects.filter(key=key, state=Job.WAITING).delete()[0])


def dead(limit: int = 200) -> "list[Job]":
    """Jobs that failed for the last time, newest first, for the operator to replay or discard."""
    from stadtplatz.kit.models import Job

    return list(Job.objects.filter(state=Job.DEAD).order_by("-failed_at", "-id")[:limit])


@transaction.atomic
def replay(job_id: int) -> bool:
    """Let a dead job try again from the start; False when it is not dead (any more).

    If another job of its key waits already, that one does the work and the dead row goes.
    """
    from stadtplatz.kit.models import Job

    row = Job.objects.select_for_update().filter(pk=job_id, state=Job.DEAD).first()
    if row is None:
        return False
    wait_again(row, attempts=0, run_at=clock.now(), error="", failed_at=None)
    return True


def discard(job_id: int) -> bool:
    """Throw a dead job away; False when it is not dead (any more)."""
    from stadtplatz.kit.models import Job

    return bool(Job.objects.filter(pk=job_id, state=Job.DEAD).delete()[0])


def wait_again(row: "Job", **changes: Any) -> None:
    """Put a row back among the waiting; if a younger one of its key waits there already, this one goes."""
    from stadtplatz.kit.models import Job

    try:
        with transaction.atomic():
            Job.objects.filter(pk=row.pk).update(state=Job.WAITING, leased_by="", lease_until=None, **changes)
    except IntegrityError:
        Job.objects.filter(pk=row.pk).delete()


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
    worker.recover()
    while done < limit and worker.run_next():
        done += 1
    return done


@transaction.atomic
def _insert_or_keep(row: "Job") -> bool:
    """Insert the row unless one of its key waits, and hold whichever waits until the caller's transaction ends.

    Without holding it, a worker could claim the older row now, miss the caller's uncommitted change, and leave nothing behind.
    On SQLite the write lock of the transaction does the same.
    """
    from stadtplatz.kit.models import Job

    Job.objects.bulk_create([row], ignore_conflicts=True)
    waiting = Job.objects.select_for_update().filter(key=row.key, state=Job.WAITING)
    return bool(waiting.values_list("pk", flat=True))
