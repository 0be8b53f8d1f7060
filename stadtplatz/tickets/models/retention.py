"""What was forgotten, when, and by what rule: kept without anything that leads to a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Forgotten(models.Model):
    """One step done at the end of a time a category has set. It outlives the report it speaks of."""

    PHOTOS, REPORTER, REPORT = "photos", "reporter", "report"
    STEPS = [(PHOTOS, _("Photos deleted")), (REPORTER, _("Made anonymous")), (REPORT, _("Deleted"))]

    number = models.CharField(max_length=20)
    category = models.SlugField(max_length=40)
    step = models.CharField(max_length=10, choices=STEPS)
    closed_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    """The days after closing that the rule gave when the step was done."""
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40)
    """Pseudonymous key of whoever pressed the button, or of the house itself."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "step"], name="forgotten_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.step}"
