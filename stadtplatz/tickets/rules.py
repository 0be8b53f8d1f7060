"""Who may do what with reports, beyond what holds for every case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stadtplatz.accounts.rules import is_operator
from stadtplatz.cases import rules as cases
from stadtplatz.cases.models import Case
from stadtplatz.city.queries import unit_for
from stadtplatz.city.rules import INHERITED, is_member, memberships
from stadtplatz.kit.actors import Actor

if TYPE_CHECKING:
    from stadtplatz.tickets.models import DangerKind, Ticket


def may_reopen_as_reporter(actor: Actor, case: Case) -> bool:
    """The reporter, once."""
    return cases.is_applicant(actor, case) and case.ticket.reopened_at is None


def works_on_tickets(actor: Actor) -> bool:
    """Members of any unit. Running the installation is not enough."""
    return bool(memberships(actor))


def may_read_post(actor: Actor) -> bool:
    """The unit that sorts the city's mail: the one with the duty `post`, else the one that answers for everything without a rule."""
    return works_on_tickets(actor) and is_member(actor, unit_for("post"))


def may_read_mail(actor: Actor, case: Case | None) -> bool:
    """Who sorts the mail, and whoever reads the report that a mail belongs to."""
    return may_read_post(actor) or (case is not None and cases.may_read_as_staff(actor, case))


def may_see_photos(actor: Actor, case: Case) -> bool:
    """The reporter and those who handle the case; no photo is public."""
    return cases.may_read(actor, case)


def may_release(actor: Actor, case: Case) -> bool:
    """Those who handle the report decide what everybody may read of it."""
    return cases.may_handle(actor, case)


def may_be_joined(ticket: Ticket) -> bool:
    """Others may join what does not point at people, unless its reporter took it back or its time is over."""
    return not (ticket.category.accuses or ticket.anonymised_at or ticket.case.state == "withdrawn")


def may_keep_retention(actor: Actor) -> bool:
    """The operator looks after what is to be forgotten."""
    return is_operator(actor)


def may_set_danger(actor: Actor, kind: DangerKind) -> bool:
    """Heads and administrators of the unit that is on call for this danger, and whoever runs the installation."""
    return is_operator(actor) or (works_on_tickets(actor) and is_member(actor, unit_for(kind.duty), INHERITED))


def sees_dangers(actor: Actor) -> bool:
    """Everybody at the desk reads the numbers."""
    return works_on_tickets(actor) or is_operator(actor)


def may_see_figures(actor: Actor) -> bool:
    """Heads of any unit; they see the units they head and those below."""
    return any(role in INHERITED for role in memberships(actor).values())


def may_edit_replies(actor: Actor) -> bool:
    """Heads and administrators of any unit, and whoever runs the installation."""
    return is_operator(actor) or any(role in INHERITED for role in memberships(actor).values())


def may_try_rules(actor: Actor) -> bool:
    """Heads and administrators of any unit, and whoever runs the installation."""
    return may_edit_replies(actor)
