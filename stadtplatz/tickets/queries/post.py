"""The city's post: mails that came in, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from stadtplatz.cases.models import Case
from stadtplatz.notifications import queries as notifications
from stadtplatz.notifications.models import Incoming
from stadtplatz.tickets.models import Ticket

PREFIX = "ticket:"
TABS = ("", Incoming.ASIDE, Incoming.READ, Incoming.TAKEN, Incoming.RETURNED)
PAGE = 50
OURS = Q(belongs_to="") | Q(belongs_to="market") | Q(belongs_to__startswith=PREFIX)
"""The town hall's own post; what buyers and shops write to each other about orders is none of it."""


@dataclass(frozen=True)
class Post:
    """One page of the post, with the counts of all lists."""

    page: Page
    counts: dict[str, int]


def post(state: str = "", number: int | str = 1) -> Post:
    """Mails from outside, newest first. Ask `rules.may_read_post` before showing it."""
    counts = notifications.incoming_counts(OURS)
    rows: QuerySet[Incoming] = notifications.incoming_mails(state if state in TABS else "").filter(OURS)
    return Post(Paginator(rows, PAGE).get_page(number), counts | {"": sum(counts.values())})


def mail(pk: int) -> Incoming | None:
    """One mail from outside to the town hall. Ask `rules.may_read_mail` before showing it."""
    found = notifications.incoming(pk)
    return found if found and (found.belongs_to in {"", "market"} or found.belongs_to.startswith(PREFIX)) else None


def ticket_of_mail(row: Incoming) -> Ticket | None:
    """The report that a mail became, or belongs to."""
    thing = row.taken_as or row.belongs_to
    if not thing.startswith(PREFIX):
        return None
    tickets = Ticket.objects.select_related("case__unit", "case__applicant_guest", "case__applicant_person", "category")
    return tickets.filter(case__number=thing.removeprefix(PREFIX)).first()


def mail_that_opened(ticket: Ticket) -> Incoming | None:
    """The mail from which this report was made, if it was one."""
    if ticket.case.channel != "mail":
        return None
    return notifications.taken_as(f"{PREFIX}{ticket.case.number}").first()


def mails_of(case: Case) -> list[Incoming]:
    """The mails that made this report or stand on it as a note for the staff; no query for reports without such."""
    noted = any(message.author == "system" for message in case.messages.all())
    if not noted and case.channel != "mail":
        return []
    return list(notifications.taken_as(f"{PREFIX}{case.number}").only("pk", "subject", "sender", "received_at")[:20])
