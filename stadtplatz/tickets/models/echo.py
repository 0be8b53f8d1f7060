"""Others at a report: it concerns them too, they follow it, or they saw that it is still there. Nobody else learns who they are."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit import codes
from stadtplatz.tickets.models.ticket import Ticket


class Echo(models.Model):
    """One word of one person to a report of somebody else. `who` is a keyed hash of contact, account or browser: one echo of a kind each."""

    ME_TOO, FOLLOW, STILL_THERE = "me_too", "follow", "still_there"
    KINDS = [(ME_TOO, _("Concerns me, too")), (FOLLOW, _("Follows it")), (STILL_THERE, _("Still there"))]

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="echoes")
    kind = models.CharField(max_length=12, choices=KINDS)
    secret = models.CharField(max_length=32, unique=True, default=codes.new_secret, editable=False)
    who = models.CharField(max_length=64)
    guest = models.ForeignKey("accounts.Guest", null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey("accounts.Person", null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    """For "still there": when the city reopened or answered."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "kind", "who"], name="one_echo_of_a_kind_each")]
        indexes = [models.Index(fields=["kind", "answered_at", "at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.ticket_id}"


class EchoFeedback(models.Model):
    """The two answers of somebody who joined a report: counted apart from the reporter's, who alone can open it again."""

    echo = models.ForeignKey(Echo, on_delete=models.CASCADE, related_name="feedback")
    closed_at = models.DateTimeField()
    """Which closing it is about."""
    solved = models.CharField(max_length=6)
    score = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["echo", "closed_at"], name="one_echo_feedback_a_closing")]

    def __str__(self) -> str:
        return f"{self.solved} {self.echo_id}"


class Feedback(models.Model):
    """Two answers after a report was closed. One for each closing; the newest before the deadline of reopening counts."""

    YES, PARTLY, NO = "yes", "partly", "no"
    SOLVED = [(YES, _("Yes")), (PARTLY, _("In part")), (NO, _("No"))]
    SCORES = [
        (5, _("Very satisfied")),
        (4, _("Satisfied")),
        (3, _("Neither")),
        (2, _("Dissatisfied")),
        (1, _("Very dissatisfied")),
    ]

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="feedback")
    closed_at = models.DateTimeField()
    """Which closing it is about."""
    solved = models.CharField(max_length=6, choices=SOLVED)
    score = models.PositiveSmallIntegerField(null=True, choices=SCORES)
    reopened = models.BooleanField(default=False)
    """Whether this answer opened the report again."""
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "closed_at"], name="one_feedback_a_closing")]

    def __str__(self) -> str:
        return f"{self.solved} {self.ticket_id}"
