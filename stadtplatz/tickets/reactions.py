"""Who is told what, after a fact about a report. Each may run twice: a message is written once for a fact and a recipient."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.audit.models import Record
from stadtplatz.audit.reactions import reacts_to
from stadtplatz.cases.models import CaseMessage, Deadline
from stadtplatz.cases.rules import is_applicants_key
from stadtplatz.city.models import Unit
from stadtplatz.notifications.actions import notify
from stadtplatz.tickets import documents, mail_in, ringing  # noqa: F401 - their reactions are found through this module
from stadtplatz.tickets.actions import follow_case
from stadtplatz.tickets.actions.echo import answer_still_there
from stadtplatz.tickets.flow import FIRST_ANSWER, FLOW
from stadtplatz.tickets.models import Echo, Ticket
from stadtplatz.tickets.queries import people
from stadtplatz.tickets.queries.post import mail_that_opened

AUTOMATIC = {"received", "accepted", "closed"}
"""Mails to the reporter that nobody writes by hand, as far as the reporter may switch them off."""
MOST_TOLD = 10
"""So many members of a unit are told at most when nobody in particular is responsible."""


@reacts_to("tickets.opened")
def confirm_receipt(record: Record) -> None:
    """The reporter gets number, link and the day of the first answer; who reported by mail gets them in `mail_in`."""
    ticket = _ticket(record)
    if ticket and mail_that_opened(ticket) is None:
        _tell_reporter(record, "received")


@reacts_to("tickets.accepted", "tickets.reopened")
def tell_of_progress(record: Record) -> None:
    """The reporter reads who has it now and by when it will be done."""
    _tell_reporter(record, "accepted")


@reacts_to("tickets.asked")
def pass_the_question(record: Record) -> None:
    """The reporter reads the question and that the deadline rests."""
    _tell_reporter(record, "question")


@reacts_to("cases.message_sent")
def pass_the_message(record: Record) -> None:
    """The reporter reads what the office wrote."""
    _tell_reporter(record, "message")


@reacts_to("tickets.done", "tickets.declined", "tickets.not_our_duty", "tickets.duplicate")
def tell_of_the_end(record: Record) -> None:
    """The reporter reads how it ended, why, and until when it can be opened again."""
    _tell_reporter(record, "closed")


@reacts_to("tickets.opened", "cases.passed_on")
def hand_over(record: Record) -> None:
    """Whoever is responsible now is told of a report to accept. A new danger has its own alarm."""
    ticket = _ticket(record)
    if ticket and not (record.verb == "tickets.opened" and ticket.danger_at):
        _tell_staff(record, "staff_new")


@reacts_to("tickets.danger_reported")
def alarm(record: Record) -> None:
    """The on-call service is alarmed at any hour: whoever is on duty, else everybody of the unit, and its heads."""
    if ticket := _ticket(record):
        case = ticket.case
        told = [*people.who_has(case, record.at)[:MOST_TOLD], *people.heads_of(case.unit, record.at)]
        _tell(record, ticket, "staff_alarm", dict.fromkeys(told))


@reacts_to("tickets.danger_unanswered")
def alarm_again(record: Record) -> None:
    """Nobody has it: everybody of the unit and the heads above are alarmed."""
    if ticket := _ticket(record):
        unit = ticket.case.unit
        told = [*[row.person for row in people.members(unit)[:MOST_TOLD]], *people.heads_above(unit, record.at)]
        _tell(record, ticket, "staff_alarm", dict.fromkeys([*told, *people.heads_of(unit, record.at)]))


@reacts_to("tickets.answered", "tickets.reopened", "tickets.withdrawn", "cases.message_received")
def pass_news_to_staff(record: Record) -> None:
    """The responsible are told what the reporter did."""
    _tell_staff(record, "staff_news")


@reacts_to("cases.document_added")
def tell_of_pictures(record: Record) -> None:
    """The responsible are told, once for all that came together, that the reporter sent pictures afterwards."""
    ticket = _ticket(record)
    if ticket is None or not is_applicants_key(record.actor, ticket.case):
        return
    together = Record.objects.filter(subject_id=record.subject_id, subject_kind=record.subject_kind, verb=record.verb)
    if not together.filter(at=record.at, pk__lt=record.pk).exists():
        _tell_staff(record, "staff_news")


@reacts_to("tickets.mail_unsure", "tickets.mail_returned")
def pass_mail_to_staff(record: Record) -> None:
    """The responsible are told of a mail that is not surely the reporter's, and that the reporter cannot be reached by mail."""
    _tell_staff(record, "staff_mail")


@reacts_to("cases.assigned")
def tell_the_colleague(record: Record) -> None:
    """Whoever was given a report by a colleague is told."""
    _tell_staff(record, "staff_new")


@reacts_to("cases.task_added")
def ask_the_unit(record: Record) -> None:
    """The members of a unit that was asked for a part are told; people outside get their own link."""
    ticket = _ticket(record)
    unit = Unit.objects.filter(slug=record.keys.get("unit") or "").first()
    if ticket and unit:
        asked = [row.person for row in people.members(unit)] or people.heads_of(unit, record.at)
        _tell(record, ticket, "staff_task", asked[:MOST_TOLD])


@reacts_to("cases.task_finished")
def tell_of_the_answer(record: Record) -> None:
    """The responsible are told that a part of the work was answered."""
    _tell_staff(record, "staff_news")


@reacts_to("cases.deadline_near", "cases.deadline_passed")
def remind(record: Record) -> None:
    """The responsible are told that a deadline ends tomorrow, or that it has passed."""
    _tell_staff(record, "staff_late")


@reacts_to("cases.escalated")
def tell_the_head(record: Record) -> None:
    """The head of the unit is told that a deadline passed two working days ago; whoever is away has their deputy told."""
    if ticket := _ticket(record):
        _tell(record, ticket, "staff_late", people.heads_of(ticket.case.unit, record.at))


@reacts_to("cases.escalated_higher")
def tell_the_head_above(record: Record) -> None:
    """The head of the department above is told that a deadline passed four working days ago."""
    if ticket := _ticket(record):
        _tell(record, ticket, "staff_late", people.heads_above(ticket.case.unit, record.at))


@reacts_to(
    *("tickets.accepted", "tickets.done", "tickets.declined", "tickets.not_our_duty", "tickets.duplicate"),
    *("tickets.reopened", "tickets.withdrawn", "tickets.archived", "tickets.category_changed", "cases.passed_on"),
)
def keep_the_public_up_to_date(record: Record) -> None:
    """The public map and lists say where the report stands now."""
    if ticket := _ticket(record):
        follow_case(ticket, at=record.at)


@reacts_to("tickets.released")
def let_it_be_found(record: Record) -> None:
    """The overall search finds what the rule of a category released; a release by hand is found at once."""
    if record.keys.get("automatic") and (ticket := _ticket(record)):
        documents.index(ticket)


@reacts_to(
    "tickets.accepted",
    "tickets.started",
    "tickets.done",
    "tickets.declined",
    "tickets.not_our_duty",
    "tickets.reopened",
)
def tell_followers(record: Record) -> None:
    """Those who joined the report and left a contact read where it stands; no words of reporter or staff."""
    ticket = _ticket(record)
    rows = ticket.echoes.exclude(kind=Echo.STILL_THERE).select_related("guest__person", "person") if ticket else []
    for echo in rows:
        if ticket and (to := echo.person or echo.guest):
            concerned, closed = echo.kind == Echo.ME_TOO, ticket.case.closed_at is not None
            link, asked = (reverse(name, args=[echo.secret]) for name in ("tickets-echo", "tickets-echo-feedback"))
            told = {"concerned": concerned, "closed": closed, "feedback": settings.BASE_URL + asked}
            _tell(record, ticket, "followed", [to], link=link, context=told)


@reacts_to("tickets.still_there", "tickets.feedback_given")
def pass_on_what_people_say(record: Record) -> None:
    """The responsible are told that it is still there, or that the reporter calls it not solved and it could not be opened again."""
    unsolved = record.keys.get("solved") == "no" and not record.keys.get("reopened")
    if record.verb == "tickets.still_there" or unsolved:
        _tell_staff(record, "staff_news")
    if unsolved and (ticket := _ticket(record)):
        _tell(record, ticket, "staff_news", people.heads_of(ticket.case.unit, record.at))


@reacts_to("tickets.reopened", "cases.message_sent")
def count_as_answered(record: Record) -> None:
    """What others said was still there has had its answer."""
    if ticket := _ticket(record):
        answer_still_there(ticket, record.at)


def _tell_reporter(record: Record, template: str) -> None:
    """Who wants no automatic messages still gets what a person wrote."""
    ticket = _ticket(record)
    reporter = ticket and (ticket.case.applicant_person or ticket.case.applicant_guest)
    if ticket and reporter and not (ticket.quiet and template in AUTOMATIC):
        _tell(record, ticket, template, [reporter])


def _tell_staff(record: Record, template: str) -> None:
    if ticket := _ticket(record):
        case = ticket.case
        _tell(record, ticket, template, people.who_has(case, record.at)[:MOST_TOLD])


def _tell(
    record: Record,
    ticket: Ticket,
    template: str,
    people: Iterable[Person | Guest],
    *,
    link: str = "",
    context: dict[str, Any] | None = None,
) -> None:
    for to in people:
        if to.key == record.actor:
            continue  # nobody needs a message about what they just did
        notify(
            to=to,
            template=f"tickets/mail/{template}",
            context=_context(record, ticket, to.language) | (context or {}),
            errand_number="" if link else ticket.case.number,
            link=link or _link(ticket, to, staff=template.startswith("staff_")),
            reply_to="" if link else f"ticket:{ticket.case.number}",
            kind=_kind(template),
            once=f"{record.pk}:{to.key}",
            at=record.at,
        )


def _kind(template: str) -> str:
    if template == "staff_alarm":
        return "alarm"
    return "desk" if template.startswith("staff_") else "errand"


def _context(record: Record, ticket: Ticket, language: str) -> dict[str, Any]:
    case = ticket.case
    message = CaseMessage.objects.filter(pk=record.keys.get("message"), visibility=CaseMessage.PUBLIC).first()
    deadlines = {deadline.code: deadline for deadline in Deadline.objects.filter(case=case)}
    with translation.override(language):
        return {
            "number": case.number,
            "code": case.spelled_code,
            "category": ticket.category.name,
            "place": case.place_label,
            "unit": case.unit.name,
            "state": str(FLOW.state(case.state).label),
            "verb": record.verb.removeprefix("tickets.").removeprefix("cases."),
            "words": message.body if message else "",
            "text": ticket.text,
            "note": ticket.place_note,
            "danger": ticket.danger.name if ticket.danger else "",
            "sure": ticket.danger_sure,
            "feedback": settings.BASE_URL + reverse("tickets-feedback", args=[case.secret]),
            "phone": getattr(case.applicant_guest, "phone", ""),
            "first_answer": getattr(deadlines.get(FIRST_ANSWER), "due", None),
            "done": getattr(deadlines.get("done"), "due", None),
        }


def _link(ticket: Ticket, to: Person | Guest, *, staff: bool) -> str:
    with translation.override(to.language):
        if staff:
            return reverse("desk-ticket", args=[ticket.case.number])
        return reverse("tickets-page", args=[ticket.case.secret])


def _ticket(record: Record) -> Ticket | None:
    """The report the fact is about; None for other kinds of cases, and when it is gone."""
    if record.subject_kind != "cases.case":
        return None
    rows = Ticket.objects.select_related(
        "category",
        "danger",
        "case__unit__parent",
        "case__assignee",
        "case__applicant_person",
        "case__applicant_guest__person",
    )
    return rows.filter(case_id=record.subject_id).first()
