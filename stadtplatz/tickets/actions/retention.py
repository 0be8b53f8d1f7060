"""What becomes of closed reports after their time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from stadtplatz.audit.actions import record
from stadtplatz.cases import actions as cases
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.questionnaires.actions import forget_answers
from stadtplatz.tickets import facts
from stadtplatz.tickets.actions.publication import forget_publication
from stadtplatz.tickets.models import Category, ClientReport, Pin, Ticket

REMOVED = "–"


@transaction.atomic
def anonymise(ticket: Ticket, *, why: str, by: Actor = SYSTEM, at: datetime | None = None) -> None:
    """The report no longer leads to a person: text, contact, photos, note and exact wording of the place are gone for good.

    Category, place on the map, dates, outcome and what the city wrote stay, for statistics and as proof of what was done.
    """
    at = at or clock.now()
    forget_publication(ticket)
    cases.delete_files(ticket.case, by=by, at=at)
    cases.forget_applicant(ticket.case, why=why, by=by, at=at)
    if ticket.answers:
        forget_answers(ticket.answers)
    Pin.objects.filter(ticket=ticket).delete()
    Ticket.objects.filter(pk=ticket.pk).update(text=REMOVED, place_note="", anonymised_at=at, sent_once=None)
    ClientReport.objects.filter(ticket=ticket).update(media_url="", token_digest="")
    record(facts.ANONYMISED, subject=ticket.case, by=by, at=at, category=ticket.category.code)


def detach(ticket: Ticket, *, by: Actor = SYSTEM, at: datetime | None = None) -> None:
    """An open report goes on without its reporter: no contact, none of their messages, and the old link opens nothing."""
    cases.forget_applicant(ticket.case, why="request", by=by, at=at)


def anonymise_expired(at: datetime | None = None, *, limit: int = 200) -> int:
    """Make closed reports anonymous whose category's retention is over; returns how many."""
    at, done = at or clock.now(), 0
    for category in Category.objects.all():
        before = at - timedelta(days=category.retention_days)
        waiting = Ticket.objects.filter(category=category, anonymised_at=None, case__closed_at__lt=before)
        for ticket in waiting.select_related("case", "category").order_by("case__closed_at")[: limit - done]:
            anonymise(ticket, why="retention", at=at)
            done += 1
    return done
