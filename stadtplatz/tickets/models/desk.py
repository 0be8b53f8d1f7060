"""What the staff keep at their desk: saved filters, who has a report open, links between reports, and what an ending rests on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stadtplatz.tickets.models.ticket import Ticket

PERSON = "accounts.Person"


class SavedFilter(models.Model):
    """A list that a person wants to see again. `query` is the address after the question mark."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="ticket_filters")
    name = models.CharField(_("Name"), max_length=60)
    query = models.CharField(max_length=400)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="one_filter_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Lookout(models.Model):
    """A person has a report open until the lease runs out; the page renews it while it is open."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="lookouts")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "person"], name="one_lookout_each")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.until}"


class TicketLink(models.Model):
    """Two reports that have to do with each other. The older report stands first; split ones are linked, too."""

    first = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links")
    second = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="back_links")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_link_of_two_reports"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="older_report_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class Ending(models.Model):
    """What a closing rests on: who is in charge instead and who said so, or what can be done against a refusal."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="endings")
    outcome = models.CharField(max_length=30)
    said_by = models.CharField(max_length=200, blank=True)
    """Who said that this is not the city's duty."""
    forwarded_to = models.CharField(max_length=200, blank=True)
    """To whom the report was forwarded; empty when it was not."""
    remedy = models.CharField(max_length=1000, blank=True)
    """What can be done against the refusal, where the law knows something."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at}"
