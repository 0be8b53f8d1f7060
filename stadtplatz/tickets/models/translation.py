"""What a text in another language says in German, kept beside it."""

from __future__ import annotations

from django.db import models

from stadtplatz.tickets.models.ticket import Ticket


class Translation(models.Model):
    """A German reading of a report's text, by a member of staff. The reporter's own words stay and count."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="translation")
    text = models.TextField()
    by = models.CharField(max_length=40)
    """Pseudonymous key of whoever wrote it."""
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"translation of {self.ticket_id}"
