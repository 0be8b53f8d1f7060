"""What everybody may read of reports: only what was released, and nothing of who reported it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from stadtplatz.kit import codes
from stadtplatz.tickets.models import Category, Publication, Ticket


def visible() -> QuerySet[Ticket]:
    """The public reports. Text and pictures for everybody are in `ticket.publication`, never in the ticket itself.

    A report is public while it is released and neither taken back by its reporter nor made anonymous. Text released by rule stays
    public only while its category has that rule, so that a change of category or of the pack counts at once.
    """
    public = Ticket.objects.filter(publication__withdrawn_at=None, publication__isnull=False, anonymised_at=None)
    by_rule = Q(category__release=Category.AUTOMATIC, category__accuses=False)
    by_staff = Q(publication__automatic=False) & ~Q(category__release=Category.NEVER)
    return public.filter(by_rule | by_staff).exclude(case__state="withdrawn")


def publication_of(number: str) -> Publication | None:
    """The public side of the report with this number; None for unknown numbers and for reports that are not public alike."""
    spelled = codes.read_number(number)
    if spelled is None:
        return None
    rows = visible().select_related("publication", "category", "case__unit", "case__district")
    ticket = rows.defer("case__district__geometry").filter(case__number=spelled).first()
    if ticket is None:
        return None
    ticket.publication.ticket = ticket
    return ticket.publication
