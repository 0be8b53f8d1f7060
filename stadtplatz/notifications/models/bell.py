"""Browsers that want to be rung when there is news about an errand (Web Push)."""

from hashlib import sha256

from django.db import models


def endpoint_hash(endpoint: str) -> str:
    return sha256(endpoint.encode()).hexdigest()


class Bell(models.Model):
    """One browser and one errand. The browser's keys are not kept: what we send has no content that could be locked with them."""

    about = models.CharField(max_length=40)
    """Which errand, as the domain that owns it calls it."""
    endpoint = models.CharField(max_length=1000)
    """The address at the browser's push service."""
    endpoint_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True)
    refusals = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about", "endpoint_hash"], name="one_bell_for_an_errand")]
        indexes = [models.Index(fields=["ends_at"])]

    def __str__(self) -> str:
        return f"bell {self.pk}"
