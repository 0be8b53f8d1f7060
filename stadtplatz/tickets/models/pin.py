"""How a reporter without mail address proves that a report is theirs."""

from __future__ import annotations

from django.db import models

from stadtplatz.tickets.models.ticket import Ticket


class Pin(models.Model):
    """Six digits that were shown once, right after sending; only a hash is kept."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="pin")
    digest = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"pin {self.ticket_id}"
