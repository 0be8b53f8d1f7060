"""The worker: claims due jobs one by one, does them, records what came of it."""

import logging
import os
import secrets
import signal
import socket
import threading
import traceback
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from stadtplatz.kit import clock, jobs, logs
from stadtplatz.kit.models import Heartbeat, Job

log = logging.getLogger("stadtplatz.worker")

SHORTEST_NAP, LONGEST_NAP = 0.02, 0.5
"""Seconds between two looks: right after work short, doubling to the longest while nothing is due."""
RECOVER_EVERY = timedelta(seconds=5)
BEAT_EVERY = timedelta(seconds=15)


class Worker:
    """One worker. Several may run on one or many machines; a claim belongs to exactly one until its lease ends."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
        self._stopping = threading.Event()

    # --- the loop -----------------------------------------------------------------------------------------------------
    def run(self) -> None:
        """Be the worker of this process: work until SIGTERM or Ctrl-C, then finish the job at hand."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        log.info("worker started", extra={"worker": self.name})
        self.work()
        Heartbeat.objects.filter(worker=self.name).delete()
        connection.close()
        log.info("worker stopped", extra={"worker": self.name})

    def work(self) -> None:
        """Work until `stop` is called. A database that is away is waited for; nothing is claimed meanwhile."""
        nap, next_chores = SHORTEST_NAP, timezone.now()
        while not self._stopping.is_set():
            try:
                close_old_connections()
                if timezone.now() >= next_chores:
                    self._chores()
                    next_chores = timezone.now() + RECOVER_EVERY
                nap = SHORTEST_NAP if self.run_next() else min(nap * 2, LONGEST_NAP)
            except Error:
                log.exception("database away")
                connection.close()
                nap = LONGEST_NAP * 4
            if nap > SHORTEST_NAP:
                self._stopping.wait(nap)

    def stop(self, *_signal: object) -> None:
        """Finish the job at hand, claim no other, return from `run`."""
        self._stopping.set()

    def run_next(self) -> bool:
        """Claim and do one due job; False when nothing is due."""
        if not self._due().exists():  # a plain read: looking takes no write lock
            return False
        claimed = self._claim()
        if claimed is None:
            return False
        self._attempt(claimed)
        return True

    def start_timers(self) -> None:
        """Make sure that each timer has its next row, not further away than its interval (the demo's clock can be set back)."""
        now = clock.now()
        rows = Job.objects.filter(key__startswith="timer:").exclude(state=Job.DEAD)
        present = {row.key: row for row in rows.order_by("state")}  # the waiting row of a key hides the leased one
        for name, interval in jobs.TIMERS.items():
            row = present.pop(f"timer:{name}", None)
            if row is None:
                jobs.REGISTRY[name].enqueue(at=now + min(interval, timedelta(minutes=1)), key=f"timer:{name}")
            elif row.state == Job.WAITING and row.run_at > now + max(interval, timedelta(minutes=10)):
                Job.objects.filter(pk=row.pk, state=Job.WAITING).update(run_at=now + interval)
        for row in present.values():  # timers this version no longer has
            Job.objects.filter(pk=row.pk, state=Job.WAITING).delete()

    def recover(self) -> int:
        """Let jobs wait again whose worker disappeared; one that took its worker along on its last attempt is dead."""
        with transaction.atomic():
            lost = list(
                _locked(Job.objects.filter(state=Job.LEASED, lease_until__lt=timezone.now()).order_by("id")[:100])
            )
            for row in lost:
                log.warning("lease ran out", extra={"job": row.name, "job_id": row.pk, "attempt": row.attempts})
                self._put_back(row, "The worker disappeared while doing this, or it took longer than its lease.")
        return len(lost)

    # --- one job ------------------------------------------------------------------------------------------------------
    def _due(self) -> QuerySet[Job]:
        running = Job.objects.filter(state=Job.LEASED, key=OuterRef("key"))
        return Job.objects.filter(~Exists(running), state=Job.WAITING, run_at__lte=clock.now()).order_by("run_at", "id")

    @transaction.atomic
    def _claim(self) -> Job | None:
        row = _locked(self._due()[:1]).first()
        if row is None:
            return None
        known = jobs.REGISTRY.get(row.name)
        row.state, row.leased_by, row.attempts = Job.LEASED, self.name, row.attempts + 1
        row.lease_until = timezone.now() + (known.lease if known else timedelta(minutes=2))
        row.save(update_fields=["state", "leased_by", "lease_until", "attempts"])
        return row

    def _attempt(self, row: Job) -> None:
        token = logs.request_id.set(f"job:{row.pk}")
        try:
            if row.name not in jobs.REGISTRY:
                self._bury(row, "No job of this name exists in this version.")
                return
            with _savepoint_inside_tests():
                jobs.REGISTRY[row.name](*row.args)
        except Exception as error:
            self._failed(row, error)
        else:
            self._succeeded(row)
        finally:
            logs.request_id.reset(token)

    @transaction.atomic
    def _succeeded(self, row: Job) -> None:
        deleted, _ = self._held(row).delete()
        if deleted and row.key == f"timer:{row.name}" and row.name in jobs.TIMERS:
            jobs.REGISTRY[row.name].enqueue(at=clock.now() + jobs.TIMERS[row.name], key=row.key)

    def _failed(self, row: Job, error: Exception) -> None:
        story = logs.without_personal_data("".join(traceback.format_exception(error, limit=-8)))
        log.error("job failed", exc_info=error, extra={"job": row.name, "job_id": row.pk, "attempt": row.attempts})
        with transaction.atomic():
            mine = self._held(row).select_for_update().first()
            if mine is not None:
                self._put_back(mine, story)

    def _put_back(self, row: Job, story: str) -> None:
        """Back off exponentially (10 s, 20 s, 40 s ... at most 6 h); after the last attempt the job is dead. Timers never die."""
        if row.attempts >= row.max_attempts and row.name not in jobs.TIMERS:
            self._bury(row, story)
            return
        run_at = clock.now() + timedelta(seconds=min(10 * 2 ** min(row.attempts - 1, 20), 6 * 3600))
        if row.name in jobs.TIMERS:
            run_at = min(run_at, clock.now() + jobs.TIMERS[row.name])
        jobs.wait_again(row, run_at=run_at, error=story, failed_at=timezone.now())

    def _bury(self, row: Job, story: str) -> None:
        self._held(row).update(state=Job.DEAD, error=story, failed_at=timezone.now(), lease_until=None, leased_by="")
        log.error("job is dead", extra={"job": row.name, "job_id": row.pk, "attempt": row.attempts})

    def _held(self, row: Job) -> QuerySet[Job]:
        """The row, only while it is still leased for the attempt we know of."""
        return Job.objects.filter(pk=row.pk, state=Job.LEASED, leased_by=row.leased_by, attempts=row.attempts)

    # --- around -------------------------------------------------------------------------------------------------------
    def _chores(self) -> None:
        self.recover()
        self.start_timers()
        beat(self.name)


def beat(name: str) -> None:
    """Say that this worker lives, at most once in BEAT_EVERY, and forget those silent for a day."""
    now = timezone.now()
    if Heartbeat.objects.filter(worker=name, seen_at__gt=now - BEAT_EVERY).exists():
        return
    Heartbeat.objects.update_or_create(worker=name, defaults={"seen_at": now})
    Heartbeat.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()


def last_seen() -> datetime | None:
    """When any worker was last seen, in real time."""
    return Heartbeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()


def _locked(rows: QuerySet[Job]) -> QuerySet[Job]:
    """Rows nobody else is claiming; on SQLite the transaction holds the only write lock already."""
    return rows.select_for_update(skip_locked=True, of=("self",)) if connection.vendor == "postgresql" else rows


def _savepoint_inside_tests() -> AbstractContextManager:
    """Workers run jobs outside any transaction; a test wraps everything in one, which a failing job must not break."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
