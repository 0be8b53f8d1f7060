"""Reports that are still being written."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit import codes
from stadtplatz.tickets.models.danger import DangerKind
from stadtplatz.tickets.models.pack import Category
from stadtplatz.tickets.models.ticket import Ticket


class Draft(models.Model):
    """A report that is still being written. Whoever holds the token may go on; it is deleted when `expires_at` has come."""

    token = models.CharField(max_length=32, unique=True, default=codes.new_secret, editable=False)
    text = models.TextField(blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    place_label = models.CharField(max_length=200, blank=True)
    place_note = models.CharField(_("Where exactly?"), max_length=200, blank=True)
    category = models.ForeignKey(Category, null=True, on_delete=models.SET_NULL, related_name="+")
    danger = models.ForeignKey(DangerKind, null=True, on_delete=models.SET_NULL, related_name="+")
    """The danger that the reporter said yes to."""
    no_danger = models.JSONField(default=list)
    """Codes of the dangers that the reporter said no to, so that each is asked once."""
    answers_version = models.ForeignKey(
        "questionnaires.Version", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answers = models.JSONField(default=dict)
    """Answers to the category's own questions, and the version they were given to."""
    nearby_seen = models.BooleanField(default=False)
    """Whether the reports nearby were looked at, for this place and category."""
    email = models.EmailField(blank=True)
    """The contact of a report that was kept on a device, until it is sent."""
    send_by = models.DateTimeField(null=True, db_index=True)
    """When a kept report is sent as it is, if nobody has answered what is still asked."""
    language = models.CharField(max_length=12, default="de")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.CASCADE, related_name="+")
    """The report it became."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def place(self) -> tuple[float, float] | None:
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)


class DraftPhoto(models.Model):
    """A picture that was checked and kept, waiting for its report to be sent."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="photos")
    path = models.CharField(max_length=200)
    small_path = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"photo {self.pk}"
