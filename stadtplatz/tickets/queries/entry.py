"""Reports that staff wrote down for somebody."""

from __future__ import annotations

from datetime import timedelta

from stadtplatz.audit.models import Record
from stadtplatz.kit import clock, codes
from stadtplatz.kit.actors import Actor
from stadtplatz.tickets import facts
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.queries.desk import one_for_staff

ON_BEHALF = frozenset({"phone", "counter", "post"})
"""Channels on which staff write down what somebody else says."""
WRITER_PRINTS = timedelta(days=1)


def for_letter(actor: Actor, number: str) -> Ticket | None:
    """The report whose letter this person may print, else None. Only reports that staff wrote down have one: it opens the report.

    Those who may read the report, and for a day whoever wrote it down, even if it now lies with another unit.
    """
    ticket = one_for_staff(actor, number) or _written_down_by(actor, number)
    return ticket if ticket and ticket.case.channel in ON_BEHALF else None


def _written_down_by(actor: Actor, number: str) -> Ticket | None:
    spelled = codes.read_number(number)
    recent = Ticket.objects.filter(case__number=spelled, case__received_at__gte=clock.now() - WRITER_PRINTS)
    ticket = recent.select_related("case__unit", "category").first() if spelled and actor.is_person else None
    if ticket is None:
        return None
    opened = Record.objects.filter(
        verb=facts.OPENED.verb, subject_kind=ticket.case._meta.label_lower, subject_id=ticket.case_id, actor=actor.key
    )
    return ticket if opened.exists() else None
