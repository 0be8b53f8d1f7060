"""Open data: the public reports of a year as files, made anew every month."""

from __future__ import annotations

from django.db import models


class OpenDataFile(models.Model):
    """One file. `outdated` as soon as something in it is no longer public: it is then not served and made anew within the hour."""

    CSV, JSON = "csv", "json"

    year = models.PositiveSmallIntegerField()
    format = models.CharField(max_length=4, choices=[(CSV, "CSV"), (JSON, "JSON")])
    path = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    outdated = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "format"]
        constraints = [models.UniqueConstraint(fields=["year", "format"], name="open_data_once")]

    def __str__(self) -> str:
        return f"{self.year}.{self.format}"
