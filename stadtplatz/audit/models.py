"""Facts, and who outside wants to hear of them."""

import secrets

from django.db import models


def new_secret() -> str:
    return secrets.token_hex(32)


class Record(models.Model):
    """One fact, written once in the transaction of the change. Never updated."""

    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    actor = models.CharField(max_length=40)
    at = models.DateTimeField()
    keys = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"]),
            models.Index(fields=["actor", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind}:{self.subject_id}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("A fact is written once and never changed.")
        super().save(*args, **kwargs)


class Endpoint(models.Model):
    """A web hook: an address of another system that is told of facts, by ids alone, signed with a shared secret."""

    url = models.URLField(max_length=500)
    secret = models.CharField(max_length=64, default=new_secret)
    verbs = models.JSONField(default=list)
    """Verbs such as `tickets.opened`, whole domains as `tickets.*`, or `*`."""
    active = models.BooleanField(default=True)
    old_secret = models.CharField(max_length=64, blank=True)
    """The secret before the last change; messages are signed with it too until `old_secret_until`."""
    old_secret_until = models.DateTimeField(null=True)
    last_status = models.CharField(max_length=40, blank=True)
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.url

    def wants(self, verb: str) -> bool:
        return bool({"*", verb, f"{verb.split('.')[0]}.*"} & set(self.verbs))


class Delivery(models.Model):
    """One attempt to tell an endpoint of a fact (or, without a fact, that it is being tried), and what came of it."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    record = models.ForeignKey(Record, null=True, on_delete=models.CASCADE, related_name="+")
    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    status = models.CharField(max_length=40)
    """The HTTP status, or the name of what went wrong on the way."""
    taken = models.BooleanField()
    milliseconds = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["endpoint", "-id"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.status}"
