"""What a report's page shows, to its reporter and at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from stadtplatz.cases import queries as cases
from stadtplatz.cases.flow import Move
from stadtplatz.cases.models import Case, Deadline
from stadtplatz.city.queries import public_name
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.timeline import Timeline, TimelineEntry
from stadtplatz.notifications.queries import push_key
from stadtplatz.tickets.flow import FIRST_ANSWER, FLOW, REOPEN_FOR
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.queries.finding import shown_state

_STEPS = ("new", "accepted", "in_progress", "done")
_ENDINGS = ("declined", "not_our_duty", "duplicate", "withdrawn")


@dataclass(frozen=True)
class TicketPage:
    """Everything the page needs, fetched. `promises` are (label, due, state) with state open, kept, late or resting."""

    ticket: Ticket
    case: Case
    timeline: Timeline
    photos: list[dict[str, str]]
    promises: list[tuple[str, datetime | None, str]]
    moves: dict[str, Move]
    question: str
    reopen_until: datetime | None
    files: list[cases.FileLine]
    """Papers, and what is closed until the scanner has looked at it."""

    @property
    def points(self) -> list[dict[str, Any]]:
        """The one point of the map, and the list beside it."""
        return [{"lon": self.case.lon, "lat": self.case.lat, "label": self.case.place_label}]

    @property
    def bell_key(self) -> str:
        """What a browser needs in order to be rung by us and nobody else."""
        return push_key()

    @property
    def can_write(self) -> bool:
        return not cases.state_of(self.case).final


def public_page(ticket: Ticket, actor: Actor, at: datetime | None = None) -> TicketPage:
    """The page of the report as its reporter sees it: staff by their unit, no notes."""
    cases.fetch(ticket.case)
    return _page(
        ticket, actor, cases.applicant_entries(ticket.case, photo_url_name="tickets-photo"), "tickets-photo", at
    )


def desk_page(ticket: Ticket, actor: Actor, at: datetime | None = None) -> TicketPage:
    """The page of the report as the staff see it: with names, notes and the reason for the responsibility."""
    cases.fetch(ticket.case)
    entries = cases.staff_entries(ticket.case, photo_url_name="desk-ticket-photo")
    return _page(ticket, actor, entries, "desk-ticket-photo", at)


def _page(
    ticket: Ticket, actor: Actor, entries: list[TimelineEntry], photo_url: str, at: datetime | None
) -> TicketPage:
    case, at = ticket.case, at or clock.now()
    address = case.secret if photo_url == "tickets-photo" else case.number
    shown = [document for document in case.documents.all() if address == case.number or not document.internal]
    own = [document for document in case.documents.all() if document.message_id is None and not document.internal]
    return TicketPage(
        ticket=ticket,
        case=case,
        timeline=timeline(case, entries, at, for_staff=photo_url != "tickets-photo"),
        photos=cases.photo_links(own, photo_url, address),
        promises=promises(case, at),
        moves={move.code: move for move in cases.moves_open_to(actor, case, at)},
        question=_last_question(case) if case.state == "waiting" else "",
        reopen_until=case.closed_at + REOPEN_FOR if case.closed_at else None,
        files=cases.file_lines(shown, photo_url, address),
    )


def timeline(case: Case, entries: list[TimelineEntry], at: datetime, *, for_staff: bool = False) -> Timeline:
    """The shared timeline: where it stands in one sentence, who has it, by when, and the way so far."""
    promise = cases.promise(case, at)
    state = shown_state(case)
    return Timeline(
        sentence=_sentence(case, str(state.label if for_staff else state.sentence)),
        who=in_whose_hands(case),
        until=promise.until,
        entries=entries,
        steps=_steps(case),
        overdue=promise.overdue,
        finished=case.closed_at is not None,
        number=case.number,
    )


def in_whose_hands(case: Case) -> str:
    """Unit and function; the name only where the city publishes it."""
    if case.closed_at:
        return ""
    name = public_name(person=case.assignee_id, unit=case.unit_id) if case.assignee_id else ""
    return ", ".join(part for part in (case.unit.name, case.function.name if case.function else "", name) if part)


def promises(case: Case, at: datetime) -> list[tuple[str, datetime | None, str]]:
    """First answer and completion, in words for both sides."""
    labels = {FIRST_ANSWER: _("First answer"), "done": _("Done")}
    rows = sorted(case.deadlines.all(), key=lambda row: row.code != FIRST_ANSWER)
    return [
        (labels[row.code], row.met_at or row.due, _promise_state(case, row, at)) for row in rows if row.code in labels
    ]


def _promise_state(case: Case, row: Deadline, at: datetime) -> str:
    if row.met_at:
        return "kept" if case.closed_at is None or row.code == FIRST_ANSWER else "over"
    if row.due is None:
        return "resting"
    return "late" if row.due < at else "open"


def _sentence(case: Case, sentence: str) -> str:
    if case.resting:
        return f"{sentence.rstrip('.')}. " + _("The deadline rests until the answer.")
    return sentence


def _steps(case: Case) -> list[tuple[str, str]]:
    labels = [str(FLOW.state(code).label) for code in _STEPS]
    current = shown_state(case).code
    if current in _ENDINGS:
        return [(labels[0], "done"), (str(FLOW.state(current).label), "done")]
    place = _STEPS.index("accepted" if current == "waiting" else current)
    finished = current == "done"
    return [
        (label, "done" if i < place or finished else "now" if i == place else "next") for i, label in enumerate(labels)
    ]


def _last_question(case: Case) -> str:
    asked: list[Any] = [m for m in case.messages.all() if m.visibility == "public" and not m.from_applicant]
    return asked[-1].body if asked else ""
