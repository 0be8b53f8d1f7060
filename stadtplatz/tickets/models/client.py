"""Programs of others that report on behalf of people: who they are, and which reports came from them."""

from __future__ import annotations

from hashlib import blake2s, sha256

from django.db import models

from stadtplatz.tickets.models.ticket import Ticket


class ApiClient(models.Model):
    """A program that may open reports, such as an app of the county. Its key is shown once and kept only as a digest."""

    name = models.CharField(max_length=80, unique=True)
    contact = models.CharField(max_length=120, blank=True)
    """Whom to call when it misbehaves."""
    key_digest = models.CharField(max_length=64, unique=True)
    key_start = models.CharField(max_length=8)
    """The first signs of the key, to tell keys apart."""
    per_hour = models.PositiveIntegerField(default=600)
    """Reports it may open in an hour."""
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ClientReport(models.Model):
    """That a report came from a program, and what it said beside the report."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="by_client")
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="reports")
    token_digest = models.CharField(max_length=48, blank=True, db_index=True)
    """Of the token the program made up, to ask for the report's number again when the answer was lost."""
    media_url = models.URLField(max_length=500, blank=True)
    """A picture elsewhere. Nothing here ever fetches it."""

    def __str__(self) -> str:
        return f"{self.ticket_id} by {self.client_id}"


def key_digest(key: str) -> str:
    """Keys are long and random, so that one round of a plain digest keeps them."""
    return sha256(key.encode()).hexdigest()


def token_digest(token: str) -> str:
    """What is kept of a token that a program made up."""
    return blake2s(token.encode(), digest_size=24).hexdigest()
