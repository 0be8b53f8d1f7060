"""Reading what others said to a report: how many, never who."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from stadtplatz.kit import clock
from stadtplatz.tickets.flow import FLOW, REOPEN_FOR
from stadtplatz.tickets.models import Echo, EchoFeedback, Feedback, Ticket
from stadtplatz.tickets.queries.finding import shown_state

FEEDBACK_FOR_DAYS = 60


@dataclass(frozen=True)
class EchoCounts:
    """How many it concerns beside the reporter, how many follow, and how many say that it is still there (unanswered)."""

    me_too: int = 0
    follow: int = 0
    still_there: int = 0


def echo_counts(tickets: Iterable[Ticket]) -> dict[int, EchoCounts]:
    """The counts for these reports by their id, in one query."""
    rows = Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).annotate(
        me_too=Count("echoes", filter=Q(echoes__kind=Echo.ME_TOO)),
        follow=Count("echoes", filter=Q(echoes__kind=Echo.FOLLOW)),
        still=Count("echoes", filter=Q(echoes__kind=Echo.STILL_THERE, echoes__answered_at=None)),
    )
    return {pk: EchoCounts(*counts) for pk, *counts in rows.values_list("pk", "me_too", "follow", "still")}


def echo(secret: str) -> Echo | None:
    """The echo whose secret link this is."""
    rows = Echo.objects.select_related("ticket__case__unit", "ticket__case__function", "ticket__category", "guest")
    return rows.filter(secret=secret).first()


@dataclass(frozen=True)
class EchoPage:
    """What somebody who joined a report may know of it: kind, state, in whose hands, by when; no words, no photo, no number."""

    echo: Echo
    state: str
    sentence: str
    unit: str
    until: datetime | None
    concerned: int
    closed: bool
    can_say_still_there: bool
    asks_feedback: bool


def echo_page(found: Echo, at: datetime | None = None) -> EchoPage:
    """The page behind the secret link of an echo."""
    case, state = found.ticket.case, shown_state(found.ticket.case)
    sentences = {"new": FLOW.state("new").label, "waiting": FLOW.state("accepted").label}
    return EchoPage(
        echo=found,
        state=str(sentences.get(state.code, state.label)),
        sentence=str(state.sentence),
        unit=case.unit.name,
        until=case.due if case.closed_at is None else None,
        concerned=1 + found.ticket.echoes.filter(kind=Echo.ME_TOO).count(),
        closed=case.closed_at is not None,
        can_say_still_there=can_be_still_there(found.ticket, at),
        asks_feedback=may_give_echo_feedback(found, at),
    )


def can_be_still_there(ticket: Ticket, at: datetime | None = None) -> bool:
    """Whether the report ended a short while ago, so that the office can open it again."""
    case, at = ticket.case, at or clock.now()
    return case.outcome == "done" and case.closed_at is not None and at - case.closed_at <= REOPEN_FOR


def may_give_feedback(ticket: Ticket, at: datetime | None = None) -> bool:
    """Whether the two questions are open: the city ended the report, not long ago, and they were not answered yet."""
    case, at = ticket.case, at or clock.now()
    if case.closed_at is None or case.outcome in {"", "withdrawn"} or ticket.anonymised_at:
        return False
    recent = (at - case.closed_at).days <= FEEDBACK_FOR_DAYS
    return recent and not Feedback.objects.filter(ticket=ticket, closed_at=case.closed_at).exists()


def may_give_echo_feedback(found: Echo, at: datetime | None = None) -> bool:
    """Whether the two questions are open for somebody whom it concerns too, as for the reporter."""
    case, at = found.ticket.case, at or clock.now()
    if found.kind != Echo.ME_TOO or case.closed_at is None or case.outcome in {"", "withdrawn"}:
        return False
    recent = (at - case.closed_at).days <= FEEDBACK_FOR_DAYS
    return recent and not EchoFeedback.objects.filter(echo=found, closed_at=case.closed_at).exists()


def last_feedback(ticket: Ticket) -> Feedback | None:
    """The newest answers of the reporter."""
    return ticket.feedback.order_by("-at").first()
