"""What stands beside a report at the desk: tasks, reports that belong to it, reports nearby, and who else has it open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, Q, QuerySet

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.queries import name_for_staff
from stadtplatz.cases import queries as cases
from stadtplatz.cases.models import CaseTask
from stadtplatz.cases.rules import reach_of
from stadtplatz.city import queries as city
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.tickets.models import Lookout, Ticket, TicketLink, Translation
from stadtplatz.tickets.queries.finding import JOIN, KIND, state_label, ticket_of

NEAR_METRES, NEAR_DAYS, MOST_NEAR = 120.0, 60, 6


@dataclass(frozen=True)
class Neighbour:
    """A report that has to do with the one that is shown. `metres` is empty for those linked by hand; `readable` for this visitor."""

    ticket: Ticket
    state: str
    metres: int | None = None
    readable: bool = True


@dataclass(frozen=True)
class Panels:
    """`answerable` are the ids of the open tasks that this visitor may answer."""

    tasks: list[CaseTask]
    answerable: set[int]
    linked: list[Neighbour]
    nearby: list[Neighbour]
    lookers: list[Person]


def panels(ticket: Ticket, actor: Actor, at: datetime | None = None) -> Panels:
    """Everything beside the report. Three queries, and more only where something is linked or somebody else has it open."""
    at = at or clock.now()
    tasks = list(ticket.case.tasks.select_related("unit", "outsider").order_by("finished_at", "deadline", "pk"))
    reach = reach_of(actor)
    answerable = {task.pk for task in tasks if task.finished_at is None and task.unit_id in reach.units}
    is_linked, is_looked_at = _is_there(ticket, actor, at)
    linked = _linked(ticket, actor) if is_linked else []
    known = {ticket.pk, *(row.ticket.pk for row in linked)}
    nearby = [row for row in _nearby(ticket, actor, at) if row.ticket.pk not in known][:MOST_NEAR]
    return Panels(tasks, answerable, linked, nearby, lookers(ticket, actor, at) if is_looked_at else [])


@dataclass(frozen=True)
class Reading:
    """A translation with the name of whoever wrote it."""

    row: Translation
    who: str


def translation(ticket: Ticket) -> Reading | None:
    """What the staff keep beside the reporter's words."""
    row: Translation | None = getattr(ticket, "translation", None)  # joined where the page was asked for
    return Reading(row, name_for_staff(row.by)) if row else None


def lookers(ticket: Ticket, actor: Actor, at: datetime | None = None) -> list[Person]:
    """Who else has the report open at this moment."""
    return [row.person for row in _lookouts(ticket, actor, at or clock.now()).select_related("person")]


def _lookouts(ticket: Ticket, actor: Actor, at: datetime) -> QuerySet[Lookout]:
    return Lookout.objects.filter(ticket=ticket, until__gt=at).exclude(person=actor.person_id)


def _links(ticket: Ticket) -> QuerySet[TicketLink]:
    return TicketLink.objects.filter(Q(first=ticket) | Q(second=ticket))


def _is_there(ticket: Ticket, actor: Actor, at: datetime) -> tuple[bool, bool]:
    """Whether anything is linked to the report, and whether somebody else has it open: mostly neither."""
    asked = {"linked": Exists(_links(ticket)), "looked_at": Exists(_lookouts(ticket, actor, at))}
    return Ticket.objects.annotate(**asked).values_list(*asked).get(pk=ticket.pk)


def colleagues_for(ticket: Ticket) -> list[int]:
    """Who could be given the report: the people of the responsible unit."""
    return sorted(city.staffing().members.get(ticket.case.unit_id, {}))


def _linked(ticket: Ticket, actor: Actor) -> list[Neighbour]:
    rows = (
        _links(ticket)
        .select_related("first__case", "second__case", "first__category", "second__category")
        .order_by("at")
    )
    others = [row.second if row.first_id == ticket.pk else row.first for row in rows]
    if not others:
        return []
    own = cases.for_staff(actor, kind=KIND).filter(pk__in=[row.case_id for row in others])
    readable = set(own.values_list("pk", flat=True))
    return [Neighbour(row, str(state_label(row.case)), readable=row.case_id in readable) for row in others]


def _nearby(ticket: Ticket, actor: Actor, at: datetime) -> list[Neighbour]:
    place = ticket.case.place
    if place is None:
        return []
    west, south, east, north = city.box(*place, NEAR_METRES)
    rows = cases.for_staff(actor, kind=KIND).filter(lat__range=(south, north), lon__range=(west, east))
    rows = rows.filter(received_at__gt=at - timedelta(days=NEAR_DAYS)).exclude(pk=ticket.case_id)
    found = []
    for case in rows.select_related(JOIN)[:50]:
        other = ticket_of(case)
        if other and case.lon is not None and case.lat is not None:
            away = city.metres_between(*place, case.lon, case.lat)
            found.append(Neighbour(other, str(state_label(case)), round(away)))
    return sorted((row for row in found if (row.metres or 0) <= NEAR_METRES), key=lambda row: row.metres or 0)
