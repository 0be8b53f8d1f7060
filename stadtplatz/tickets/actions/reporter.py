"""What the reporter does on the report's own page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from stadtplatz.cases import actions as cases
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.tickets.actions.opening import add_pictures
from stadtplatz.tickets.actions.publication import follow_case
from stadtplatz.tickets.models import Ticket


@transaction.atomic
def answer(
    ticket: Ticket, *, body: str, by: Actor, photos: Sequence[AcceptedImage] = (), at: datetime | None = None
) -> Ticket:
    """The reporter's words and pictures stand on the page and the responsible are told. If the city was waiting, its clock runs again.

    Refused when empty, too long, or on a report that is finished for good.
    """
    at = at or clock.now()
    if ticket.case.state == "waiting":
        cases.advance(ticket.case, move="answer", by=by, words=body, at=at)
        message = ticket.case.messages.latest("id")
    else:
        message = cases.write_message(ticket.case, body=body, by=by, at=at)
    add_pictures(ticket.case, photos, by=by, message=message, at=at)
    return Ticket.objects.select_related("case").get(pk=ticket.pk)


@transaction.atomic
def reopen(ticket: Ticket, *, words: str, by: Actor, at: datetime | None = None) -> Ticket:
    """The report is open again, its deadlines begin anew, and the responsible are told why.

    Possible once, within 14 days of closing; refused later, a second time, without words, and to anybody but the reporter.
    """
    at = at or clock.now()
    cases.advance(ticket.case, move="reopen", by=by, words=words, at=at)
    Ticket.objects.filter(pk=ticket.pk).update(reopened_at=at)
    return Ticket.objects.select_related("case").get(pk=ticket.pk)


@transaction.atomic
def withdraw(ticket: Ticket, *, by: Actor, words: str = "", at: datetime | None = None) -> Ticket:
    """The report is ended by its reporter for good and no longer public; the responsible are told. Refused once it is closed."""
    cases.advance(ticket.case, move="withdraw", by=by, words=words, at=at)
    fresh = Ticket.objects.select_related("case", "category").get(pk=ticket.pk)
    follow_case(fresh, at=at)
    return fresh
