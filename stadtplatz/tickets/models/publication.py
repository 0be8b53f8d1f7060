"""What everybody may read of a report: its own text and pictures, kept apart from what the reporter sent."""

from __future__ import annotations

from django.db import models

from stadtplatz.cases.models import CaseDocument
from stadtplatz.tickets.models.pack import Category
from stadtplatz.tickets.models.ticket import Ticket


class Publication(models.Model):
    """A released report. Text and pictures are those of the release; the reporter is never part of it.

    Place, category, district and state stand here once more so that maps and lists of very many reports need this table alone;
    they follow the case, and whether a page may be shown is decided on the case itself (`queries.publication.visible`).
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="publication")
    text = models.TextField()
    answer = models.TextField(blank=True)
    """What the city did or says, written for everybody."""
    automatic = models.BooleanField(default=False)
    """Released by the rule of its category, text alone, after masking; no staff member has looked at it yet."""
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=40)
    changed_at = models.DateTimeField()
    """When what everybody reads last changed: released anew, or moved on."""
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey("city.District", null=True, on_delete=models.SET_NULL, related_name="+")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    cell = models.BigIntegerField(null=True)
    """The square of the map it lies in (`kit.geo.cell`), for counting many at once."""
    received_at = models.DateTimeField()
    open = models.BooleanField(default=True)

    class Meta:
        indexes = [
            # Whole: maps and lists are counted from the index alone.
            models.Index(
                fields=[
                    *("withdrawn_at", "cell", "automatic", "category", "open"),
                    *("received_at", "district", "lon", "lat", "id"),
                ],
                name="publication_cells",
            ),
            models.Index(
                fields=["withdrawn_at", "-received_at", "automatic", "category", "open", "district"],
                name="publication_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"publication {self.pk}"

    @property
    def title(self) -> str:
        """The first words, for lists and feeds."""
        words = " ".join(self.text.split())
        return words if len(words) <= 80 else words[:79].rsplit(" ", 1)[0] + " …"


class PublishedPhoto(models.Model):
    """A picture as everybody sees it: a file of its own in which the covered parts do not exist any more."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="photos")
    document = models.ForeignKey(CaseDocument, null=True, on_delete=models.SET_NULL, related_name="+")
    path = models.CharField(max_length=200)
    small_path = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    boxes = models.JSONField(default=list)
    """What was covered: [left, top, width, height] in percent of the picture."""
    words = models.CharField(max_length=200, blank=True)
    """What the picture shows, for those who do not see it."""

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"published photo {self.pk}"
