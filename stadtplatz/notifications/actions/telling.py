"""Telling people: a message is written in the transaction of its cause and sent by a job afterwards."""

from datetime import datetime
from typing import Any

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit.actors import Actor
from stadtplatz.notifications import rules
from stadtplatz.notifications.actions.writing import Wanted, write
from stadtplatz.notifications.models import Message
from stadtplatz.notifications.senders import TOWNHALL


def notify(
    *,
    to: Person | Guest,
    template: str,
    context: dict[str, Any] | None = None,
    errand_number: str = "",
    link: str = "",
    reply_to: str = "",
    in_reply_to: str = "",
    calendar: str = "",
    kind: str = "errand",
    sender: str = TOWNHALL,
    caused_by: Actor | None = None,
    once: str | None = None,
    at: datetime | None = None,
) -> Message | None:
    """A message to this person or guest is written and on its way; returns it, or None where nobody can be reached.

    `template` names a file that extends `notifications/mail.html`; it also gets `link` (absolute), `errand_number`, `name`.
    `kind` is one of `kinds.KINDS`; what the recipient has switched off is only shown in the app, or not written at all for guests.
    `sender` is "townhall" or "market". `once` names the cause (a fact's id and the recipient): a second call with the same
    cause returns the first message. `reply_to` is what an answer belongs to; `in_reply_to` the Message-ID of a mail from outside
    that this one answers by itself. `calendar` is an iCalendar file with its METHOD, which goes along. To an address that mails come back from nothing is sent but codes; the message is kept as failed.
    Mail to an address that nobody has proved, and that was not caused by a signed-in person or the system (`caused_by`), counts
    against the address's caps; over the cap the message is kept as "held" and not sent, and the errand goes on.
    """
    if isinstance(to, Guest) and to.person is not None:
        to = to.person
    return write(
        Wanted(
            address=to.email,
            to=to,
            language=to.language,
            name=to.name,
            template=template,
            context=context,
            errand_number=errand_number,
            link=link,
            reply_to=reply_to,
            in_reply_to=in_reply_to,
            calendar=calendar,
            kind=kind,
            sender=sender,
            capped=not rules.is_proved(to) and not (caused_by and caused_by.kind in {"person", "system"}),
            once=once,
            at=at,
        )
    )


def notify_address(
    *,
    address: str,
    template: str,
    language: str,
    context: dict[str, Any] | None = None,
    link: str = "",
    reply_to: str = "",
    in_reply_to: str = "",
    kind: str = "security",
    sender: str = TOWNHALL,
    capped: bool = True,
    once: str | None = None,
    at: datetime | None = None,
) -> Message | None:
    """As `notify`, to an address that belongs to nobody we know (sign-up, invitation, "no account here"). Capped unless said otherwise."""
    return write(
        Wanted(
            address=address,
            to=None,
            language=language,
            template=template,
            context=context,
            link=link,
            reply_to=reply_to,
            in_reply_to=in_reply_to,
            kind=kind,
            sender=sender,
            capped=capped,
            once=once,
            at=at,
        )
    )
