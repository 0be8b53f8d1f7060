"""Finding reports and what belongs to reporting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stadtplatz.cases import queries as cases
from stadtplatz.cases.models import Case
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.rows import sole
from stadtplatz.tickets.flow import FLOW
from stadtplatz.tickets.kept import words
from stadtplatz.tickets.models import Category, Draft, Guidance, Publication, Ticket

KIND = FLOW.kind
JOIN = "ticket__category"


def by_secret(secret: str) -> Ticket | None:
    """The report whose secret link this is."""
    return ticket_of(cases.by_secret(secret, kind=KIND, join=JOIN))


def by_number_and_code(number: str, code: str) -> Ticket | None:
    """The report of this number if the typed code is its own; counts as a try (five an hour for each number, then TooOften)."""
    return ticket_of(cases.by_number_and_code(number, code, kind=KIND))


def mine(actor: Actor) -> list[Ticket]:
    """The visitor's own reports, newest first: of the account, and of guest contacts whose address was proved."""
    rows = list(cases.of_applicant(actor, kind=KIND).select_related(JOIN)[:200])
    return [ticket for case in rows if (ticket := ticket_of(case))]


def categories() -> list[Category]:
    """The categories in use, in the city's order; shared, not to be changed."""
    return words().categories


def guidance() -> Guidance:
    """What the city says around reporting."""
    return words().guidance or Guidance()


def draft(token: str) -> Draft | None:
    """The draft behind this token, unless its time is over."""
    return sole(Draft.objects.select_related("category").filter(token=token, expires_at__gt=clock.now()))


@dataclass(frozen=True)
class PublicLine:
    """What everybody may know of a report: never its text, photos, number or exact place."""

    category: str
    picture_path: str
    district: str
    state: str
    received_at: datetime


def recent_public(limit: int = 6) -> list[PublicLine]:
    """The newest public reports as plain facts."""
    rows = Publication.objects.filter(withdrawn_at=None).order_by("-received_at")
    rows = rows.select_related("category", "district", "ticket__case").defer("district__geometry", "ticket__text")
    return [_public_line(row) for row in rows[:limit]]


def _public_line(row: Publication) -> PublicLine:
    return PublicLine(
        category=row.category.name,
        picture_path=row.category.picture_path,
        district=row.district.name if row.district else "",
        state=str(state_label(row.ticket.case)),
        received_at=row.received_at,
    )


def state_label(case: Case) -> object:
    """The state in a word; what was archived is called by its outcome."""
    return shown_state(case).label


def shown_state(case: Case):
    """The state as people understand it: an archived report still is done, declined and so on."""
    code = case.outcome if case.state == "archived" and case.outcome else case.state
    return FLOW.state(code)


def ticket_of(case: Case | None) -> Ticket | None:
    """The report on this case, knowing the very row it was fetched with."""
    if case is None:
        return None
    ticket = case.ticket
    ticket.case = case
    return ticket


def any_report() -> bool:
    """Whether there is a report at all."""
    return Ticket.objects.exists()
