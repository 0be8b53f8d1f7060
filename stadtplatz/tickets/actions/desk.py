"""What the staff do with a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.accounts.models import Person
from stadtplatz.audit.actions import record
from stadtplatz.cases import actions as cases
from stadtplatz.cases.models import CaseDocument, CaseMessage
from stadtplatz.cases.rules import may_handle
from stadtplatz.city.models import Function, Membership, Unit
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.tickets import facts, replies
from stadtplatz.tickets.actions.linking import join
from stadtplatz.tickets.actions.opening import add_pictures, responsible, terms_of
from stadtplatz.tickets.actions.publication import follow_case
from stadtplatz.tickets.flow import FIRST_ANSWER, OUTCOMES
from stadtplatz.tickets.models import Category, Ending, Ticket


def accept(ticket: Ticket, *, by: Actor, expected_version: int | None = None, at: datetime | None = None) -> Ticket:
    """The acting person has the report in hand; the reporter is told, and the first answer counts as given."""
    cases.advance(ticket.case, move="accept", by=by, expected_version=expected_version, at=at)
    return _fresh(ticket)


def start(
    ticket: Ticket, *, by: Actor, words: str = "", expected_version: int | None = None, at: datetime | None = None
) -> Ticket:
    """The reporter can see that work has begun."""
    cases.advance(ticket.case, move="start", by=by, words=words, expected_version=expected_version, at=at)
    return _fresh(ticket)


def ask(
    ticket: Ticket, *, words: str, by: Actor, expected_version: int | None = None, at: datetime | None = None
) -> Ticket:
    """The reporter has the ball and is told the question; the clock rests until the answer or until the office resumes.

    Who left no contact sees the question only with the link. Refused without a question.
    """
    cases.advance(ticket.case, move="ask", by=by, words=words, expected_version=expected_version, at=at)
    return _fresh(ticket)


def resume(
    ticket: Ticket, *, by: Actor, words: str = "", expected_version: int | None = None, at: datetime | None = None
) -> Ticket:
    """Work goes on without an answer, and the clock runs again."""
    cases.advance(ticket.case, move="resume", by=by, words=words, expected_version=expected_version, at=at)
    return _fresh(ticket)


def pass_on(
    ticket: Ticket,
    *,
    unit: Unit,
    function: Function | None = None,
    reason: str,
    by: Actor,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Ticket:
    """The other unit has it and is told; the reporter reads who it is now. Refused without a reason, and to a closed unit."""
    if unit.closed:
        raise ActionRefused(_("This unit no longer takes anything on."), code="closed-unit")
    hand = cases.Hand(unit, function, _holder(function), None, _("Passed on by hand."))
    cases.pass_on(ticket.case, to=hand, reason=reason, by=by, expected_version=expected_version, at=at)
    return _fresh(ticket)


def assign(ticket: Ticket, *, person: Person, by: Actor, at: datetime | None = None) -> Ticket:
    """A colleague of the responsible unit has it from now on and is told. Refused for people of other units, and once it is closed."""
    held = Membership.objects.filter(person=person, unit=ticket.case.unit, ended=False, person__is_active=True)
    row = held.select_related("function").first()
    if row is None:
        raise ActionRefused(
            _("{person} does not work in {unit}.").format(person=person, unit=ticket.case.unit), code="foreign"
        )
    hand = cases.Hand(ticket.case.unit, row.function or ticket.case.function, person, None, _("Assigned by hand."))
    cases.assign(ticket.case, to=hand, by=by, at=at)
    return _fresh(ticket)


@transaction.atomic
def write(
    ticket: Ticket,
    *,
    body: str,
    by: Actor,
    internal: bool = False,
    photos: Sequence[AcceptedImage] = (),
    once: str = "",
    at: datetime | None = None,
) -> CaseMessage:
    """A message to the reporter (who is told), or a note that only the staff read. A message counts as first answer.

    The same `once` a second time changes nothing: a phone that never got the answer may send its words again.
    """
    message = cases.write_message(
        ticket.case,
        body=body,
        by=by,
        visibility=CaseMessage.INTERNAL if internal else CaseMessage.PUBLIC,
        meets=(FIRST_ANSWER,),
        once=once,
        at=at,
    )
    if photos and not message.documents.exists():
        add_pictures(ticket.case, photos, by=by, message=message, at=at)
    return message


@transaction.atomic
def close(
    ticket: Ticket,
    *,
    outcome: str,
    words: str,
    by: Actor,
    duplicate_of: Ticket | None = None,
    said_by: str = "",
    forwarded_to: str = "",
    remedy: str = "",
    photos: Sequence[AcceptedImage] = (),
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Ticket:
    """The report is closed with a reason that the reporter reads; it can be opened again for 14 days. Never silent.

    `outcome` is done, declined, not_our_duty or duplicate. What the ending rests on stands below the reason: for "not our duty" who
    said so (needed) and to whom it was forwarded, for "declined" what can be done against it, where there is something. As a duplicate it
    is merged into the other report, which its reporter follows from now on. Refused without
    words, without what is needed, and as a duplicate without, or of, itself or of another duplicate.
    """
    if outcome not in OUTCOMES:
        raise ActionRefused(_("Please choose how this ends."), code="outcome")
    if outcome == "duplicate":
        _check_original(ticket, duplicate_of)
    if outcome == "not_our_duty" and words.strip() and not said_by.strip():
        raise ActionRefused(_("Please say who said that this is not a duty of the city."), code="no-source")
    ending = Ending(
        ticket=ticket,
        outcome=outcome,
        said_by=said_by.strip()[:200] if outcome == "not_our_duty" else "",
        forwarded_to=forwarded_to.strip()[:200] if outcome == "not_our_duty" else "",
        remedy=remedy.strip()[:1000] if outcome == "declined" else "",
        at=at or clock.now(),
    )
    keys: dict[str, Any] = {"original": duplicate_of.case.number} if duplicate_of and outcome == "duplicate" else {}
    case = cases.advance(
        ticket.case,
        move=outcome,
        by=by,
        words=replies.with_ending(words, ending, ticket.case.language),
        expected_version=expected_version,
        at=at,
        **keys,
    )
    ending.save()
    add_pictures(case, photos, by=by, purpose=CaseDocument.AFTER_PHOTO, at=at)
    if duplicate_of is not None and keys:
        Ticket.objects.filter(pk=ticket.pk).update(duplicate_of=duplicate_of)
        join(ticket, duplicate_of, by=by, at=at or clock.now())
    return _fresh(ticket)


def take_back(
    ticket: Ticket, *, words: str, by: Actor, expected_version: int | None = None, at: datetime | None = None
) -> Ticket:
    """The office opens a closed report again and says why; within 14 days."""
    cases.advance(ticket.case, move="take_back", by=by, words=words, expected_version=expected_version, at=at)
    return _fresh(ticket)


@transaction.atomic
def change_category(
    ticket: Ticket, *, category: Category, by: Actor, expected_version: int | None = None, at: datetime | None = None
) -> Ticket:
    """Deadlines and responsibility follow the new category, counted from the day of receipt; the change is recorded.

    Another unit has yet to accept it. Refused for a closed report, the same category, one no longer in use, and other units.
    """
    at = at or clock.now()
    case = ticket.case
    if not may_handle(by, case):
        raise NotAllowed(_("Only the responsible unit can do this."))
    if case.closed_at or category.pk == ticket.category_id or not category.active:
        raise ActionRefused(_("Please choose another category."), code="category")
    hand = responsible(category.duty, case.place, at)
    if hand.unit.pk != case.unit_id:
        reason = _("The category is now {category}.").format(category=category)
        case = cases.pass_on(case, to=hand, reason=reason, by=by, expected_version=expected_version, at=at)
        expected_version = None
    case = cases.set_terms(case, terms=terms_of(category), expected_version=expected_version, at=at)
    before = ticket.category.code
    Ticket.objects.filter(pk=ticket.pk).update(category=category)
    keys = {"from": before, "to": category.code, "unit": case.unit.slug}
    record(facts.CATEGORY_CHANGED, subject=case, by=by, at=at, **keys)
    follow_case(_fresh(ticket), at=at)
    return _fresh(ticket)


def _check_original(ticket: Ticket, original: Ticket | None) -> None:
    if original is None:
        raise ActionRefused(_("Please give the number of the earlier report."), code="no-original")
    if original.pk == ticket.pk or original.duplicate_of_id:
        raise ActionRefused(_("Please give the number of the first report."), code="no-original")


def _holder(function: Function | None):
    if function is None:
        return None
    held = function.holders.filter(ended=False, person__is_active=True).select_related("person").first()
    return held.person if held else None


def _fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("case__unit", "category").get(pk=ticket.pk)
