"""What others may say to a report, and what the reporter says after its end."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.audit.actions import record
from stadtplatz.cases import actions as cases
from stadtplatz.cases.queries import moves_open_to
from stadtplatz.cases.rules import is_applicant
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.tickets import facts, rules
from stadtplatz.tickets.actions.reporter import reopen
from stadtplatz.tickets.models import Echo, EchoFeedback, Feedback, Ticket
from stadtplatz.tickets.queries.echoes import can_be_still_there, may_give_echo_feedback, may_give_feedback

TOLD_AT = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}
"""At so many people the staff read it in the timeline; in between only the count goes up."""
TOLD_AGAIN_AFTER = timedelta(hours=24)
"""A second "still there" within this time is counted, and the responsible are not told once more."""
MOST_A_DAY = 100
"""So many echoes of a kind one report takes in a day."""


@transaction.atomic
def join(
    ticket: Ticket,
    *,
    kind: str,
    by: Actor,
    browser: str = "",
    email: str = "",
    language: str = "de",
    at: datetime | None = None,
) -> Echo:
    """The report concerns one person more, has a follower more, or is said to be still there. Once for each contact, account or browser.

    Those with a contact are told how it goes on. Of "still there" the responsible are told, at most once a day, and open it again
    or answer. Refused for reports that others must not know of, ended ones (to follow), and open ones (still there).
    """
    at = at or clock.now()
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("case", "category").get(pk=ticket.pk)
    _check(ticket, kind, at)
    who = _who(by, browser, email)
    known = Echo.objects.filter(ticket=ticket, kind=kind, who=who).first()
    if known:
        return known
    if Echo.objects.filter(ticket=ticket, kind=kind, at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise ActionRefused(_("Very many people have said so today. The city knows."), code="flood")
    guest = accounts.leave_contact(email=email, language=language) if email and not by.is_person else None
    told = _is_worth_telling(ticket, kind, at)
    echo = Echo.objects.create(ticket=ticket, kind=kind, who=who, guest=guest, person_id=by.person_id, at=at)
    if told:
        count = Echo.objects.filter(ticket=ticket, kind=kind).count()
        fact = facts.STILL_THERE if kind == Echo.STILL_THERE else facts.ME_TOO
        record(fact, subject=ticket.case, by=by, at=at, count=count)
    return echo


@transaction.atomic
def leave_address(echo: Echo, *, email: str, language: str = "de") -> Echo:
    """Who joined without a contact is told from now on. Refused when there is a contact already."""
    echo = Echo.objects.select_for_update(of=("self",)).get(pk=echo.pk)
    if echo.guest_id or echo.person_id:
        raise ActionRefused(_("You are told already."), code="known")
    echo.guest = accounts.leave_contact(email=email, language=language)
    echo.save(update_fields=["guest"])
    return echo


def unfollow(echo: Echo) -> None:
    """The echo is gone, with its contact; nobody is told of it any more. Counts follow."""
    Echo.objects.filter(pk=echo.pk).delete()


def answer_still_there(ticket: Ticket, at: datetime) -> None:
    """The city opened the report again or wrote: what was said before counts as answered."""
    Echo.objects.filter(ticket=ticket, kind=Echo.STILL_THERE, answered_at=None, at__lte=at).update(answered_at=at)


@transaction.atomic
def give_feedback(
    ticket: Ticket, *, solved: str, score: int | None, words: str = "", by: Actor, at: datetime | None = None
) -> Feedback:
    """The two answers are kept for this closing. "Not solved" opens the report again if its reporter still may (once, within 14 days).

    Otherwise the responsible and their head are told. Refused to anybody but the reporter, twice, and more than 60 days later.
    """
    at = at or clock.now()
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("case__applicant_guest").get(pk=ticket.pk)
    if not is_applicant(by, ticket.case):
        raise NotAllowed(_("Only the reporter can do this."))
    if not may_give_feedback(ticket, at):
        raise ActionRefused(_("You have answered already, or the time for it is over. Thank you."), code="answered")
    closed_at = ticket.case.closed_at
    reopens = solved == Feedback.NO and _can_reopen(ticket, by, at)
    row = Feedback.objects.create(
        ticket=ticket, closed_at=closed_at, solved=solved, score=score, reopened=reopens, at=at
    )
    record(facts.FEEDBACK_GIVEN, subject=ticket.case, by=by, at=at, solved=solved, score=score, reopened=reopens)
    if reopens:
        reopen(ticket, words=words.strip() or _("Not solved, says the reporter."), by=by, at=at)
    elif words.strip() and ticket.case.state != "archived":
        cases.write_message(ticket.case, body=words, by=by, at=at)
    return row


@transaction.atomic
def give_echo_feedback(
    echo: Echo, *, solved: str, score: int | None, by: Actor, at: datetime | None = None
) -> EchoFeedback:
    """The two answers of somebody whom it concerns too are kept for this closing, apart from the reporter's.

    "Not solved" also counts as "still there" where that can be said: the responsible are told, at most once a day. It opens nothing
    by itself. Refused twice, more than 60 days later, and to those who only follow.
    """
    at = at or clock.now()
    echo = (
        Echo.objects.select_for_update(of=("self",)).select_related("ticket__case", "ticket__category").get(pk=echo.pk)
    )
    if not may_give_echo_feedback(echo, at):
        raise ActionRefused(_("You have answered already, or the time for it is over. Thank you."), code="answered")
    closed_at = echo.ticket.case.closed_at
    row = EchoFeedback.objects.create(echo=echo, closed_at=closed_at, solved=solved, score=score, at=at)
    record(facts.ECHO_FEEDBACK, subject=echo.ticket.case, by=by, at=at, solved=solved, score=score)
    if solved == Feedback.NO and can_be_still_there(echo.ticket, at):
        with suppress(ActionRefused):  # when very many said so today, the answer is kept all the same
            join(echo.ticket, kind=Echo.STILL_THERE, by=by, browser=f"echo:{echo.pk}", at=at)
    return row


def _check(ticket: Ticket, kind: str, at: datetime) -> None:
    if kind not in dict(Echo.KINDS) or not rules.may_be_joined(ticket):
        raise NotAllowed(_("This is not possible here."))
    if kind == Echo.STILL_THERE:
        if not can_be_still_there(ticket, at):
            raise ActionRefused(
                _("Please report it anew: this report is open, or ended too long ago."), code="not-done"
            )
    elif ticket.case.closed_at:
        raise ActionRefused(_("This report has ended. Please report it anew."), code="ended")


def _can_reopen(ticket: Ticket, by: Actor, at: datetime) -> bool:
    return any(move.code == "reopen" for move in moves_open_to(by, ticket.case, at))


def _is_worth_telling(ticket: Ticket, kind: str, at: datetime) -> bool:
    rows = Echo.objects.filter(ticket=ticket, kind=kind)
    if kind == Echo.ME_TOO:
        return rows.count() + 1 in TOLD_AT
    return kind == Echo.STILL_THERE and not rows.filter(answered_at=None, at__gt=at - TOLD_AGAIN_AFTER).exists()


def _who(by: Actor, browser: str, email: str) -> str:
    """Contact before account before browser, so that one person counts once in each way; kept only as a keyed hash."""
    known = by.key if by.is_person else email.strip().lower() or browser
    if not known:
        raise ActionRefused(_("Please allow a cookie for this, or leave an e-mail address."), code="nobody")
    return salted_hmac("tickets.echo", known, algorithm="sha256").hexdigest()


__all__ = ["answer_still_there", "give_echo_feedback", "give_feedback", "join", "leave_address", "unfollow"]
