"""Whose time is booked: chairs, people, rooms, and when they are not to be had."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Resource(models.Model):
    """One calendar of a shop. Each five minutes of it is a pool with `capacity` places, made when somebody first wants it."""

    PERSON, CHAIR, ROOM = "person", "chair", "room"
    KINDS = [(PERSON, _("A person")), (CHAIR, _("A chair or a machine")), (ROOM, _("A room or a course"))]

    shop = models.ForeignKey("shops.Shop", on_delete=models.CASCADE, related_name="resources")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=6, choices=KINDS, default=PERSON)
    capacity = models.PositiveSmallIntegerField(default=1)
    """How many appointments may run at the same time: the places of a course."""
    hours = models.CharField(max_length=255, blank=True)
    """Usual week in the map's syntax; empty: the opening hours of the shop."""
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    """Off: nobody can book it any more; what is booked stays."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="resource_has_room"),
            models.UniqueConstraint(fields=["shop", "name"], name="one_resource_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Away(models.Model):
    """From `first` to `last` (both included) other hours than usual, or none at all: holidays, a course, a long evening."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="away")
    first = models.DateField()
    last = models.DateField()
    times = models.CharField(max_length=60, blank=True)
    """`08:00-12:00,14:00-16:00`; empty: not there."""
    note = models.CharField(max_length=80, blank=True)
    """For the shop alone."""

    class Meta:
        ordering = ["first", "pk"]
        constraints = [models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="away_ends_after")]

    def __str__(self) -> str:
        return f"{self.first} - {self.last}"


class Block(models.Model):
    """A time the shop keeps for itself. It takes all places of its five minutes, so nothing can be booked into it."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="blocks")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=80, blank=True)
    """For the shop alone."""
    hold = models.OneToOneField("pools.Hold", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["resource", "starts_at"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="block_ends_after")
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} - {self.ends_at}"
