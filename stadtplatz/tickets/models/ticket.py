"""The report itself, on top of the case that carries it."""

from __future__ import annotations

from django.db import models

from stadtplatz.cases.models import Case
from stadtplatz.tickets.models.danger import DangerKind
from stadtplatz.tickets.models.pack import Category


class Ticket(models.Model):
    """A report: what somebody wrote about something, on top of the case that carries it."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="ticket")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="tickets")
    text = models.TextField()
    place_note = models.CharField(max_length=200, blank=True)
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="duplicates")
    reopened_at = models.DateTimeField(null=True)
    """When the reporter opened it again; possible once."""
    sent_once = models.CharField(max_length=64, unique=True, null=True)
    """Key of the sending: the same form sent twice is one report."""
    answers = models.ForeignKey("questionnaires.AnswerSet", null=True, on_delete=models.SET_NULL, related_name="+")
    """The answers to the category's own questions."""
    danger = models.ForeignKey(DangerKind, null=True, on_delete=models.SET_NULL, related_name="+")
    """What danger was reported; stays when it is over."""
    danger_at = models.DateTimeField(null=True)
    """Since when it counts as immediate danger; empty when there is none, or none any more."""
    danger_sure = models.BooleanField(default=False)
    """True when the reporter said so; False when only the words did, because nobody could be asked."""
    quiet = models.BooleanField(default=False)
    """The reporter wants no automatic messages about it; what a person writes still comes."""
    anonymised_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["category", "case"]),
            models.Index(fields=["danger_at"], condition=models.Q(danger_at__isnull=False), name="tickets_in_danger"),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def title(self) -> str:
        """The first words of the report, for lists."""
        words = " ".join(self.text.split())
        return words if len(words) <= 80 else words[:79].rsplit(" ", 1)[0] + " …"
