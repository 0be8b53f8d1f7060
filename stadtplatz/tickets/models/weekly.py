"""Who wants to read once a week what is new in a part of the town."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class WeeklyReader(models.Model):
    """Somebody with an account who asked for the weekly letter, of the whole town or of one part. Ends with the account."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    district = models.ForeignKey("city.District", null=True, on_delete=models.CASCADE, related_name="+")
    """Empty: the whole town."""
    since = models.DateTimeField()
    sent_until = models.DateTimeField()
    """What happened up to then was in a letter."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "district"], name="weekly_once_a_district"),
            models.UniqueConstraint(fields=["person"], condition=Q(district=None), name="weekly_once_a_town"),
        ]

    def __str__(self) -> str:
        return f"weekly {self.person_id} {self.district_id or ''}"
