"""What reporting keeps about a person, and what can be erased of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.questionnaires.queries import lines
from stadtplatz.tickets import actions
from stadtplatz.tickets.models import Ticket


def export(subject: Person | Guest) -> list[dict[str, Any]]:
    """The person's reports with their own words, dates and outcome, and what the city wrote to them."""
    return [as_data(ticket) for ticket in _own(subject).prefetch_related("case__messages", "case__documents")]


def erase(subject: Person | Guest, *, by: Actor = SYSTEM) -> list[str]:
    """Closed reports are made anonymous at once; open ones lose the contact, and the rest when they are closed long enough.

    Returns what stays, each with its ground.
    """
    kept: list[str] = []
    for ticket in _own(subject):
        if ticket.case.closed_at:
            actions.anonymise(ticket, why="request", by=by)
            kept.append(
                _("Category, place, dates and the city's answers stay without your name, as statistics (Art. 89 GDPR).")
            )
        else:
            actions.detach(ticket, by=by)
            kept.append(
                _(
                    "Open reports go on without your contact: the text is needed for the city's task (Art. 17 (3) b GDPR)."
                )
            )
    return list(dict.fromkeys(kept))


def _own(subject: Person | Guest):
    own = Q(case__applicant_person=subject) if isinstance(subject, Person) else Q(case__applicant_guest=subject)
    return (
        Ticket.objects.filter(own)
        .select_related("case", "category", "answers__version", "translation")
        .order_by("case__received_at", "pk")
    )


def as_data(ticket: Ticket) -> dict[str, Any]:
    """One report as its reporter may take it along."""
    case = ticket.case
    messages = [m for m in case.messages.all() if m.visibility == "public"]
    return {
        "number": case.number,
        "category": ticket.category.name,
        "text": ticket.text,
        "translation": getattr(getattr(ticket, "translation", None), "text", ""),
        "place": {"label": case.place_label, "note": ticket.place_note, "lon": case.lon, "lat": case.lat},
        "answers": {line.question: line.answer for line in lines(ticket.answers)},
        "received_at": case.received_at.isoformat(),
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "state": case.state,
        "outcome": case.outcome,
        "messages": [{"at": m.at.isoformat(), "own": m.from_applicant, "text": m.body} for m in messages],
        "photos": len(case.documents.all()),
    }
