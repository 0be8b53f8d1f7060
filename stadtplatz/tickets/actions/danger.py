"""Immediate danger: the on-call service is alarmed at once, at any hour, and again until somebody has it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.cases.rules import may_handle
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.jobs import job
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.tickets import facts
from stadtplatz.tickets.models import DangerKind, Ticket
from stadtplatz.tickets.queries.danger import kind_in_words

AGAIN_AFTER = (timedelta(minutes=15), timedelta(minutes=30), timedelta(minutes=60))
"""When nobody has taken on a danger after this long, the on-call service and its heads are alarmed (again)."""


def danger_of(text: str, said: DangerKind | None, *, asked: bool) -> tuple[DangerKind | None, bool]:
    """(the danger of a new report, whether the reporter said so). Where nobody could be asked, the words decide."""
    if said is not None:
        return said, True
    return (None, False) if asked else (kind_in_words(text), False)


@transaction.atomic
def raise_alarm(ticket: Ticket, *, kind: DangerKind, sure: bool, by: Actor, at: datetime | None = None) -> None:
    """The report stands out in every list, and whoever is responsible for it is alarmed now, whatever the hour or day.

    Web hooks hear `tickets.danger_reported`. If nobody accepts within 15 minutes the heads are alarmed too, three times in all.
    """
    at = at or clock.now()
    ticket.danger, ticket.danger_at, ticket.danger_sure = kind, at, sure
    ticket.save(update_fields=["danger", "danger_at", "danger_sure"])
    keys = {"danger": kind.code, "sure": sure, "unit": ticket.case.unit.slug}
    record(facts.DANGER_REPORTED, subject=ticket.case, by=by, at=at, **keys)
    look_after.enqueue(ticket.pk, 1, at=at + AGAIN_AFTER[0])


@transaction.atomic
def give_all_clear(ticket: Ticket, *, by: Actor, at: datetime | None = None) -> None:
    """The danger is over (or was none); the report goes on as any other. Refused to other units, and where there is no danger."""
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("case__unit").get(pk=ticket.pk)
    if not may_handle(by, ticket.case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if ticket.danger_at is None:
        raise ActionRefused(_("There is no danger to call off here."), code="no-danger")
    Ticket.objects.filter(pk=ticket.pk).update(danger_at=None)
    record(facts.DANGER_OVER, subject=ticket.case, by=by, at=at, unit=ticket.case.unit.slug)


@job()
def look_after(ticket_id: int, attempt: int) -> None:
    """If nobody has taken on the danger by now, alarm again, and look again later."""
    with transaction.atomic():
        rows = Ticket.objects.select_for_update(of=("self",)).select_related("case__unit")
        ticket = rows.filter(pk=ticket_id, danger_at__isnull=False).first()
        if ticket is None or ticket.case.accepted_at or ticket.case.closed_at:
            return
        danger, unit = ticket.danger.code if ticket.danger else "", ticket.case.unit.slug
        record(facts.DANGER_UNANSWERED, subject=ticket.case, by=SYSTEM, attempt=attempt, danger=danger, unit=unit)
        if attempt < len(AGAIN_AFTER):
            look_after.enqueue(ticket_id, attempt + 1, at=clock.now() + AGAIN_AFTER[attempt])
