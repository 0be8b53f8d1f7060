"""What everybody may read of reports: only what was released, and nothing of who reported it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from stadtplatz.cases import queries as cases
from stadtplatz.cases.models import Case, CaseDocument
from stadtplatz.cases.rules import reach_of
from stadtplatz.kit import clock, codes
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.text import mask
from stadtplatz.kit.timeline import Timeline
from stadtplatz.tickets.flow import FLOW
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


WAITING, PICTURES = "texte", "bilder"
LATELY = timedelta(days=180)
_PHOTOS = CaseDocument.objects.filter(purpose=CaseDocument.PHOTO, internal=False)
QUEUES = {WAITING: _("Reports to decide on"), PICTURES: _("Public without their pictures")}


@dataclass(frozen=True)
class Waiting:
    """A report that waits for a decision; `masked` is what would be public without a change."""

    ticket: Ticket
    masked: str
    photos: int


@dataclass(frozen=True)
class ReleaseQueue:
    """One page of what waits. `rows` belong to `page`; `counts` says how many wait in each list."""

    page: Page
    rows: list[Waiting]
    counts: dict[str, int]


def release_queue(actor: Actor, *, name: str = WAITING, number: int | str = 1) -> ReleaseQueue:
    """The reports of this person's units that nobody has decided on yet, or whose pictures nobody has looked at; newest first.

    Those that came within the last 180 days; older ones are decided on from their own page.
    """
    lately = Q(case__kind=FLOW.kind, case__received_at__gte=clock.now() - LATELY)
    mine = Ticket.objects.filter(lately, case__unit__in=reach_of(actor).units, anonymised_at=None)
    mine = mine.exclude(case__state="withdrawn").exclude(category__release=Category.NEVER)
    undecided = mine.filter(publication__isnull=True)
    automatic = mine.filter(publication__automatic=True, publication__withdrawn_at=None)
    unseen = automatic.filter(Exists(_PHOTOS.filter(case=OuterRef("case"))))
    rows = (unseen if name == PICTURES else undecided).select_related("case", "category")
    page = Paginator(rows.order_by("-case__received_at", "-pk"), 20).get_page(number)
    tickets = list(page.object_list)
    found = _PHOTOS.filter(case__in=[ticket.case_id for ticket in tickets]).values_list("case").annotate(n=Count("pk"))
    photos = dict(found.order_by())
    other, rest = (WAITING, undecided) if name == PICTURES else (PICTURES, unseen)
    counts = {name if name in QUEUES else WAITING: page.paginator.count, other: rest.count()}
    return ReleaseQueue(page, [Waiting(t, mask(t.text), photos.get(t.case_id, 0)) for t in tickets], counts)
