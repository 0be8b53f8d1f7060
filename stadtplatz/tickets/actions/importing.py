"""Taking over the reports of another system."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Guest
from stadtplatz.audit.actions import record
from stadtplatz.cases import actions as cases
from stadtplatz.cases.models import Case
from stadtplatz.city.models import District
from stadtplatz.kit import clock, geo
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.tickets import facts
from stadtplatz.tickets.actions.opening import terms_of
from stadtplatz.tickets.flow import FIRST_ANSWER, FLOW, REOPEN_FOR
from stadtplatz.tickets.models import Category, Imported, Publication, Ticket

BATCH = 500


@dataclass(frozen=True)
class PastReport:
    """A report as the other system knew it. `state` of an open one; a closed one has `closed_at` and `outcome` instead.

    `public_text` is what everybody may read of it; empty for reports that stay inside.
    """

    text: str
    category: Category
    to: cases.Hand
    received_at: datetime
    place: tuple[float, float]
    place_label: str = ""
    district: District | None = None
    state: str = "new"
    accepted_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    channel: str = "web"
    contact: Guest | None = None
    pass_ons: int = 0
    public_text: str = ""


def import_reports(
    past: Iterable[PastReport], *, source: str, licence: str = "", by: Actor, at: datetime | None = None
) -> Imported:
    """The reports stand here with new numbers, as they stood elsewhere; nobody is told. Source and licence are kept with their count.

    Closed ones older than the time for reopening are finished for good. One fact is recorded for the whole; rows are written in
    transactions of at most 500. Only the installation itself and its operator do this.
    """
    if by.kind != "system" and not by.operator:
        raise NotAllowed(_("You may not do this here."))
    at, count, rows = at or clock.now(), 0, iter(past)
    while batch := list(islice(rows, BATCH)):
        count += len(batch)
        _write(batch, by, at)
    with transaction.atomic():
        imported = Imported.objects.create(source=source, licence=licence, count=count, at=at)
        record(facts.IMPORTED, subject=imported, by=by, at=at, count=count)
    return imported


@transaction.atomic
def _write(batch: list[PastReport], by: Actor, at: datetime) -> None:
    made = cases.import_cases(FLOW, [_past_case(row, at) for row in batch], at=at)
    tickets = [Ticket(case=case, category=row.category, text=row.text) for case, row in zip(made, batch, strict=True)]
    Ticket.objects.bulk_create(tickets)
    Publication.objects.bulk_create(
        _publication(ticket, ticket.case, row, by)
        for ticket, row in zip(tickets, batch, strict=True)
        if row.public_text
    )


def _past_case(row: PastReport, at: datetime) -> cases.PastCase:
    finished = row.closed_at is not None and row.closed_at + REOPEN_FOR < at
    return cases.PastCase(
        received_at=row.received_at,
        to=row.to,
        terms=terms_of(row.category),
        state=("archived" if finished else row.outcome) if row.closed_at else row.state,
        first_answer=FIRST_ANSWER,
        accepted_at=row.accepted_at,
        closed_at=row.closed_at,
        outcome=row.outcome,
        applicant=row.contact,
        place=row.place,
        place_label=row.place_label,
        district=row.district,
        channel=row.channel,
        pass_ons=row.pass_ons,
    )


def _publication(ticket: Ticket, case: Case, row: PastReport, by: Actor) -> Publication:
    return Publication(
        ticket=ticket,
        text=row.public_text,
        automatic=row.category.released_automatically,
        released_at=row.received_at,
        released_by=by.key,
        changed_at=row.closed_at or row.received_at,
        category=row.category,
        district=row.district,
        lon=case.lon,
        lat=case.lat,
        cell=geo.cell(*row.place),
        received_at=row.received_at,
        open=row.closed_at is None,
    )
