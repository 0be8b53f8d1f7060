"""The reporter wants no automatic messages about one report, or wants them again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.cases.rules import is_applicant
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.tickets import facts
from stadtplatz.tickets.models import Ticket


@transaction.atomic
def keep_quiet(ticket: Ticket, *, quiet: bool, by: Actor, at: datetime | None = None) -> None:
    """No mail tells the reporter by itself how it goes on (receipt, taken on, ended), until this is undone; the page still shows all of it.

    What a person of the city writes or asks still comes by mail. The staff read of it on the timeline. Repeating it changes
    nothing. Refused to everybody but the reporter.
    """
    if not is_applicant(by, ticket.case):
        raise NotAllowed(_("Only the reporter can do this."))
    if Ticket.objects.filter(pk=ticket.pk, quiet=not quiet).update(quiet=quiet):
        record(facts.NEWS_OFF if quiet else facts.NEWS_ON, subject=ticket.case, by=by, at=at)
