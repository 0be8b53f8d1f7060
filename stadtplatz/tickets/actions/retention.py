"""What becomes of closed reports after their time."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.cases import actions as cases
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.questionnaires.actions import forget_answers
from stadtplatz.tickets import facts, rules
from stadtplatz.tickets.actions.publication import forget_pictures, forget_publication
from stadtplatz.tickets.models import ClientReport, Ending, Forgotten, Pin, Ticket, Translation
from stadtplatz.tickets.queries.retention import Due, due

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
    Translation.objects.filter(ticket=ticket).delete()
    Ending.objects.filter(ticket=ticket).update(said_by="", forwarded_to="")
    Ticket.objects.filter(pk=ticket.pk).update(text=REMOVED, place_note="", anonymised_at=at, sent_once=None)
    ClientReport.objects.filter(ticket=ticket).update(media_url="", token_digest="")
    record(facts.ANONYMISED, subject=ticket.case, by=by, at=at, category=ticket.category.code)


def detach(ticket: Ticket, *, by: Actor = SYSTEM, at: datetime | None = None) -> None:
    """An open report goes on without its reporter: no contact, none of their messages, and the old link opens nothing."""
    cases.forget_applicant(ticket.case, why="request", by=by, at=at)


def keep_retention(*, by: Actor = SYSTEM, at: datetime | None = None, limit: int = 200) -> Counter[str]:
    """Everything the rules of the categories ask for is done, up to `limit` steps, each in its own transaction; how many of which.

    Each step leaves one line in the ledger (`Forgotten`). Open reports are never touched; nobody is told.
    """
    at, done = at or clock.now(), Counter[str]()
    for waiting in list(due(at, limit=limit)):
        if _carry_out(waiting, by, at):
            done[waiting.step] += 1
    return done


def keep_retention_by_hand(*, by: Actor, at: datetime | None = None) -> Counter[str]:
    """The same, because somebody pressed the button. Refused to everybody but the operator."""
    if not rules.may_keep_retention(by):
        raise NotAllowed(_("Only the operator may do this."))
    return keep_retention(by=by, at=at, limit=1_000)


@transaction.atomic
def _carry_out(waiting: Due, by: Actor, at: datetime) -> bool:
    """False if the report was opened again or forgotten by somebody else meanwhile."""
    ticket = Ticket.objects.select_for_update(of=("self",)).filter(pk=waiting.ticket.pk).first()
    if ticket is None or ticket.case.closed_at is None or ticket.case.closed_at != waiting.ticket.case.closed_at:
        return False
    line = {"number": ticket.case.number, "category": ticket.category.code, "closed_at": ticket.case.closed_at}
    if waiting.step == Forgotten.PHOTOS:
        forget_pictures(ticket)
        cases.delete_files(ticket.case, by=by, at=at)
    elif waiting.step == Forgotten.REPORTER:
        anonymise(ticket, why="retention", by=by, at=at)
    else:
        forget_publication(ticket)
        record(facts.DELETED, subject=ticket.case, by=by, at=at, category=ticket.category.code)
        cases.delete_case(ticket.case, by=by, at=at)
    given = {**line, "days": waiting.days, "at": at, "by": by.key}
    Forgotten.objects.update_or_create(number=line["number"], step=waiting.step, defaults=given)
    return True
