"""What everybody may read of reports: only what was released, and nothing of who reported it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from stadtplatz.cases import queries as cases
from stadtplatz.cases.models import Case
from stadtplatz.kit import clock, codes
from stadtplatz.kit.timeline import Timeline
from stadtplatz.tickets.models import Category, Publication, PublishedPhoto, Ticket
from stadtplatz.tickets.queries.pages import timeline


@dataclass(frozen=True)
class PublicTicketPage:
    """Everything the public page shows, fetched."""

    publication: Publication
    case: Case
    timeline: Timeline
    photos: list[PublishedPhoto]
    original: str

    @property
    def points(self) -> list[dict[str, Any]]:
        return [{"lon": self.case.lon, "lat": self.case.lat, "label": self.case.place_label}]


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
    rows = visible().select_related("publication", "category", "case__unit", "case__function", "case__district")
    ticket = rows.defer("case__district__geometry").filter(case__number=spelled).first()
    if ticket is None:
        return None
    ticket.publication.ticket = ticket
    return ticket.publication


def public_page(publication: Publication, at: datetime | None = None) -> PublicTicketPage:
    """The page everybody may read: the released words and pictures, where it stands, and the public facts. Nothing of the reporter."""
    case, at = publication.ticket.case, at or clock.now()
    known = timeline(case, cases.public_entries(case), at, for_staff=True)  # the other sentences speak to the reporter
    return PublicTicketPage(
        publication=publication,
        case=case,
        timeline=replace(known, until=None, overdue=False),
        photos=list(publication.photos.all()),
        original=_public_original(publication.ticket),
    )


def _public_original(ticket: Ticket) -> str:
    """The number of the report that this one repeats, if everybody may read that one."""
    if not ticket.duplicate_of_id:
        return ""
    row = visible().filter(pk=ticket.duplicate_of_id).values_list("case__number", flat=True).first()
    return row or ""
