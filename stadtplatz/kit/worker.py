"""The worker: claims due jobs one by one, does them, records what came of it."""

import logging
import os
import socket
import traceback
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q

from stadtplatz.kit import clock, jobs
from stadtplatz.kit.models import Job

log = logging.getLogger("stadtplatz.worker")


class Worker:
    """One worker. Several may run on one or many machines; a claim belongs to exactly one until its lease ends."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"

    def run_next(self) -> bool:
        """Claim and do one due job; False when nothing is due."""
        claimed = self._claim()
        if claimed is None:
            return False
        self._attempt(claimed)
        return True

    def start_timers(self) -> None:
        """Make sure that each timer has its next row."""
        for name, interval in jobs.TIMERS.items():
            jobs.REGISTRY[name].enqueue(at=clock.now() + interval, key=f"timer:{name}")

    def _claim(self) -> Job | None:
        now = clock.now()
        due = Q(state=Job.WAITING, run_at__lte=now) | Q(state=Job.LEASED, lease_until__lt=now)
        with transaction.atomic():
            rows = Job.objects.filter(due).order_by("run_at", "id")
            if connection.vendor == "postgresql":
                rows = rows.select_for_update(skip_locked=True)
            row = rows.first()
            if row is None:
                return None
            known = jobs.REGISTRY.get(row.name)
            lease = known.lease if known else timedelta(minutes=2)
            row.state, row.leased_by, row.lease_until = Job.LEASED, self.name, now + lease
            row.attempts += 1
            row.save(update_fields=["state", "leased_by", "lease_until", "attempts"])
        return row

    def _attempt(self, row: Job) -> None:
        try:
            jobs.REGISTRY[row.name](*row.args)
        except Exception:
            self._failed(row, traceback.format_exc(limit=-8))
        else:
            self._succeeded(row)

    def _succeeded(self, row: Job) -> None:
        with transaction.atomic():
            self._mine(row).delete()
            if row.name in jobs.TIMERS and row.key == f"timer:{row.name}":
                jobs.REGISTRY[row.name].enqueue(at=clock.now() + jobs.TIMERS[row.name], key=row.key)

    def _failed(self, row: Job, error: str) -> None:
        """Back off exponentially (10 s, 20 s, 40 s ... at most 6 h); after the last attempt the job is dead, in sight of the operator."""
        dead = row.attempts >= row.max_attempts and row.name not in jobs.TIMERS
        delay = timedelta(seconds=min(10 * 2 ** (row.attempts - 1), 6 * 3600))
        self._mine(row).update(
            state=Job.DEAD if dead else Job.WAITING, run_at=clock.now() + delay, error=error, lease_until=None
        )
        log.error("job failed", extra={"job": row.name, "job_id": row.pk, "attempt": row.attempts, "dead": dead})

    def _mine(self, row: Job):
        """The row, only while this worker still holds the lease it took for this attempt."""
        return Job.objects.filter(pk=row.pk, state=Job.LEASED, leased_by=self.name, attempts=row.attempts)
