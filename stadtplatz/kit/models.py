"""The kit's few tables: jobs and their workers, rate counters, marks of change, and what this city is called."""

from django.db import models


class Job(models.Model):
    """Work to be done after a change. The row is deleted when the work is done; dead ones wait for the operator."""

    WAITING, LEASED, DEAD = "waiting", "leased", "dead"

    name = models.CharField(max_length=120)
    args = models.JSONField(default=list)
    key = models.CharField(max_length=160, null=True)
    """At most one job of a key waits, and at most one runs; a key asked for while its job runs waits behind it."""
    state = models.CharField(max_length=8, default=WAITING)
    run_at = models.DateTimeField()
    """In the town's time, which the demo can move; leases and failures are in real time."""
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=8)
    lease_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=120, blank=True)
    error = models.TextField(blank=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "run_at", "id"])]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=models.Q(state="waiting"), name="one_waiting_job_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class Heartbeat(models.Model):
    """When a worker was last seen; the readiness page reports it."""

    worker = models.CharField(max_length=120, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} at {self.seen_at}"


class RateCounter(models.Model):
    """How often something happened within one window of time, counted for all processes."""

    key = models.CharField(max_length=160, unique=True)
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class Stamp(models.Model):
    """The mark of the newest change of one topic; written by triggers alone, see `kit.kept`."""

    topic = models.CharField(max_length=60, primary_key=True)
    mark = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.topic}: {self.mark}"


class CityIdentity(models.Model):
    """What this city is called and how it looks; written when a city pack is loaded. One row."""

    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.data.get("name", "city"))
