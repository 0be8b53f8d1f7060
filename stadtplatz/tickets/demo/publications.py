"""What the demo's town has published: texts by rule, some pictures after a look, a few kept inside, the rest still to decide on."""

from __future__ import annotations

from datetime import datetime, timedelta

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.cases.models import CaseDocument
from stadtplatz.city.models import Membership
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.text import mask
from stadtplatz.tickets import actions
from stadtplatz.tickets.models import Category, Ticket

WITH_PICTURES = 12
ANSWER = "Das ist erledigt. Vielen Dank für den Hinweis."


def publish(now: datetime) -> None:
    """The oldest reports with pictures are public with them, other kinds are decided on until last week."""
    pictured = Ticket.objects.filter(publication__automatic=True, case__documents__purpose=CaseDocument.PHOTO)
    for number, ticket in enumerate(_loaded(pictured)[:WITH_PICTURES]):
        _release(ticket, now, cover=number % 3 == 0)
    decided = Ticket.objects.filter(publication=None, case__received_at__lt=now - timedelta(days=7))
    for number, ticket in enumerate(_loaded(decided.exclude(category__release=Category.NEVER))):
        if number % 3 == 0 or ticket.category.accuses:
            actions.keep_inside(ticket, by=_somebody(ticket), at=_soon(ticket, now))
        else:
            _release(ticket, now, cover=False)
    actions.refresh_open_data(at=now)


def _release(ticket: Ticket, now: datetime, *, cover: bool) -> None:
    boxes = [(60.0, 55.0, 22.0, 14.0)] if cover else []
    photos = ticket.case.documents.filter(purpose=CaseDocument.PHOTO, internal=False)
    actions.release(
        ticket,
        text=mask(ticket.text),
        answer=ANSWER if ticket.case.outcome == "done" else "",
        pictures=[
            actions.Picture(photo, boxes, f"{ticket.category.name}, {ticket.case.place_label}") for photo in photos
        ],
        by=_somebody(ticket),
        at=_soon(ticket, now),
    )


def _soon(ticket: Ticket, now: datetime) -> datetime:
    return min(now, ticket.case.received_at + timedelta(hours=20))


def _somebody(ticket: Ticket) -> Actor:
    """Who handles the report, else the head of its unit."""
    case = ticket.case
    if case.assignee:
        return actor_for(case.assignee)
    members = Membership.objects.filter(unit=case.unit, ended=False, person__is_active=True).select_related("person")
    return actor_for(members.order_by("pk")[0].person)


def _loaded(rows) -> list[Ticket]:
    joined = rows.select_related("case__unit", "case__assignee", "category")
    return list(joined.order_by("case__received_at", "pk").distinct())
