"""Calendars of others: ours read by them, theirs read by us."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit import codes


class Feed(models.Model):
    """An address at which a calendar program reads the appointments of a shop or of one resource. Whoever has it can read."""

    BUSY, SERVICE, NAME = "busy", "service", "name"
    DETAILS = [
        (BUSY, _("Only “busy”")),
        (SERVICE, _("“Busy” and the service")),
        (NAME, _("The service and the customer's name")),
    ]

    shop = models.ForeignKey("shops.Shop", on_delete=models.CASCADE, related_name="calendar_feeds")
    resource = models.ForeignKey("appointments.Resource", null=True, on_delete=models.CASCADE, related_name="feeds")
    """None: all calendars of the shop."""
    secret = models.CharField(max_length=32, unique=True, default=codes.new_secret, editable=False)
    detail = models.CharField(max_length=7, choices=DETAILS, default=SERVICE)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed {self.pk} of shop {self.shop_id}"

    @property
    def address(self) -> str:
        """The path that programs read."""
        return reverse("appointment-feed", args=[self.secret])


class ForeignCalendar(models.Model):
    """A calendar from elsewhere whose events make times of a resource uncertain. Only its busy times are kept, never its words."""

    resource = models.ForeignKey("appointments.Resource", on_delete=models.CASCADE, related_name="foreign_calendars")
    url = models.CharField(max_length=1000)
    """Secret: private calendars are read by addresses nobody can guess."""
    added_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    """The last time it could be read."""
    problem = models.CharField(max_length=20, blank=True)
    """Why the last try failed, a key of rules.PROBLEMS; empty if it did not."""

    def __str__(self) -> str:
        return f"foreign calendar {self.pk}"


class ForeignEvent(models.Model):
    """One busy time in a foreign calendar, repetitions spelled out."""

    calendar = models.ForeignKey(ForeignCalendar, on_delete=models.CASCADE, related_name="events")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["calendar", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.starts_at} - {self.ends_at}"
