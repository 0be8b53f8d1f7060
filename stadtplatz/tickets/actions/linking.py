"""Reports that belong together: merged into one, split in two, or linked."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.cases.rules import may_handle, may_read_as_staff
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.tickets import facts
from stadtplatz.tickets.actions.opening import open_ticket
from stadtplatz.tickets.models import Category, Echo, Ticket, TicketLink


def join(ticket: Ticket, into: Ticket, *, by: Actor, at: datetime) -> None:
    """The closed report is part of the other one: both timelines show it, and its reporter follows the other from now on."""
    _connect(ticket, into, at)
    record(facts.JOINED, subject=into.case, by=by, at=at, other=ticket.case.number)
    case = ticket.case
    if case.applicant_guest_id or case.applicant_person_id:
        who = sha256(f"joined:{ticket.pk}".encode()).hexdigest()
        found = {"guest_id": case.applicant_guest_id, "person_id": case.applicant_person_id, "at": at}
        Echo.objects.get_or_create(ticket=into, kind=Echo.FOLLOW, who=who, defaults=found)


@transaction.atomic
def split(
    ticket: Ticket,
    *,
    text: str,
    category: Category,
    by: Actor,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Ticket:
    """A second report exists for the other half: same place, same reporter (who is told), own category, deadlines and responsibility.

    Both are linked. Refused for closed reports, for a text that is too short, and to everybody but the responsible unit.
    """
    at, case = at or clock.now(), ticket.case
    if not may_handle(by, case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if case.closed_at or case.place is None:
        raise ActionRefused(_("Only an open report with a place can be split."), code="wrong-state")
    if expected_version not in (None, case.version):
        raise ActionRefused(_("Somebody changed this report in the meantime. Please look at it again."), code="stale")
    new = open_ticket(
        text=text,
        place=case.place,
        place_label=case.place_label,
        place_note=ticket.place_note,
        category=category,
        contact=case.applicant_guest,
        channel="staff",
        language=case.language,
        by=by,
        at=at,
    )
    # the reporter stays the same, also one with an account; whoever splits is no reporter
    type(case).objects.filter(pk=new.case.pk).update(applicant_person=case.applicant_person, predecessor=case)
    _connect(ticket, new, at)
    record(facts.SPLIT, subject=case, by=by, at=at, other=new.case.number)
    return Ticket.objects.select_related("case__unit", "category").get(pk=new.pk)


@transaction.atomic
def link(ticket: Ticket, *, to: Ticket, by: Actor, at: datetime | None = None) -> TicketLink:
    """Both reports name each other at the desk; the reporters do not read it. Refused with itself and where one may not be read."""
    _insist_readable(ticket, by)
    _insist_readable(to, by)
    if ticket.pk == to.pk:
        raise ActionRefused(_("Please give the number of another report."), code="itself")
    at = at or clock.now()
    row, new = _connect(ticket, to, at)
    if new:
        record(facts.LINKED, subject=ticket.case, by=by, at=at, other=to.case.number)
        record(facts.LINKED, subject=to.case, by=by, at=at, other=ticket.case.number)
    return row


def _connect(one: Ticket, other: Ticket, at: datetime) -> tuple[TicketLink, bool]:
    first, second = sorted((one, other), key=lambda ticket: ticket.pk)
    return TicketLink.objects.get_or_create(first=first, second=second, defaults={"at": at})


def _insist_readable(ticket: Ticket, by: Actor) -> None:
    if not may_read_as_staff(by, ticket.case):
        raise NotAllowed(_("There is no report of this number that you may read."))
