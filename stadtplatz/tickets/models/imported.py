"""Where reports came from that were not made here."""

from __future__ import annotations

from django.db import models


class Imported(models.Model):
    """One taking-over of reports from elsewhere: the source is named wherever their figures are shown."""

    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=120, blank=True)
    count = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.source
