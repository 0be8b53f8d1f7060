"""Reports by telephone, at the counter and by letter: staff write down what somebody tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from stadtplatz.accounts import actions as accounts
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.uploads import AcceptedImage
from stadtplatz.notifications import actions as notifications
from stadtplatz.tickets.actions.opening import open_ticket
from stadtplatz.tickets.models import Category, DangerKind, Ticket
from stadtplatz.tickets.queries.entry import ON_BEHALF
from stadtplatz.tickets.rules import works_on_tickets


@dataclass(frozen=True)
class Told:
    """What somebody said, on which channel, and how they can be reached; a name alone is not kept without a way to reach them."""

    channel: str
    text: str
    category: Category
    place: tuple[float, float] | None
    place_label: str = ""
    place_note: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "de"
    photos: Sequence[AcceptedImage] = ()
    danger: DangerKind | None = None
    danger_asked: bool = False


@transaction.atomic
def write_down(told: Told, *, by: Actor, once: str | None = None, at: datetime | None = None) -> Ticket:
    """The report is open as `open_ticket` says and belongs to whoever told it, never to the staff member; the channel stays with it.

    With an e-mail address the reporter gets the usual mail, else the letter is for them. Refused to people who work in no unit, on
    other channels than telephone, counter and letter, and as `open_ticket` refuses.
    """
    if not works_on_tickets(by):
        raise NotAllowed(_("Only staff write down reports for others."))
    if told.channel not in ON_BEHALF:
        raise ActionRefused(_("Please choose how the report came."), code="channel")
    contact = None
    if told.email or told.phone:
        contact = accounts.leave_contact(name=told.name, email=told.email, phone=told.phone, language=told.language)
    return open_ticket(
        text=told.text,
        place=told.place,
        place_label=told.place_label,
        place_note=told.place_note,
        category=told.category,
        contact=contact,
        channel=told.channel,
        language=told.language,
        photos=told.photos,
        danger=told.danger,
        danger_asked=told.danger_asked,
        once=once,
        by=by,
        at=at,
    )


def letter_to(ticket: Ticket, *, pin: str = "") -> str:
    """The letter to the reporter, in their language: number, code, QR, what happens next, and the PIN while it is known."""
    told = {"ticket": ticket, "case": ticket.case, "link": _link(ticket), "pin": pin}
    with translation.override(ticket.case.language):
        return render_to_string("tickets/letter.html", told)


def keep_letter(ticket: Ticket) -> None:
    """A copy of the letter lies with the printed matter, once; without the PIN, which is kept nowhere."""
    number = ticket.case.number
    with translation.override(ticket.case.language):
        title = _("Your report %(number)s has arrived") % {"number": number}
    notifications.keep_paper(
        kind="letter",
        title=title,
        html=letter_to(ticket),
        errand_number=number,
        link=_link(ticket),
        once=f"ticket-letter:{ticket.pk}",
    )


def _link(ticket: Ticket) -> str:
    return settings.BASE_URL + reverse("follow", args=[ticket.case.secret])
