"""Who has a report open: a lease that the open page renews."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from stadtplatz.cases.rules import may_read_as_staff
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.tickets.models import Lookout, Ticket

LEASE = timedelta(seconds=60)
"""The page asks every 20 seconds, so that one lost request does not make anybody vanish."""


def look_at(ticket: Ticket, *, by: Actor, at: datetime | None = None) -> None:
    """Others who open the report within the next minute see that this person has it open. Refused to who may not read it."""
    if not may_read_as_staff(by, ticket.case):
        raise NotAllowed(_("You may not do this here."))
    until = (at or clock.now()) + LEASE
    Lookout.objects.update_or_create(ticket=ticket, person_id=by.person_id, defaults={"until": until})


def forget_lookouts(at: datetime | None = None) -> int:
    """Leases that ran out are deleted; returns how many."""
    return Lookout.objects.filter(until__lt=at or clock.now()).delete()[0]
