"""Taking mails in. A mail is kept before anything is made of it; what it is about is up to the domains."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit import clock, media, ratelimit
from stadtplatz.kit.refusals import TooOften
from stadtplatz.notifications import rules
from stadtplatz.notifications.actions.telling import notify, notify_address
from stadtplatz.notifications.incoming import letters
from stadtplatz.notifications.jobs import read_mail
from stadtplatz.notifications.models import Incoming, Message

HEAD = 200_000
"""Bytes that are kept of a mail that is too big."""
DAY = timedelta(days=1)


def take_in(
    raw: bytes,
    *,
    way: str = Incoming.PIPE,
    envelope_sender: str | None = None,
    envelope_recipient: str = "",
    size: int | None = None,
    at: datetime | None = None,
) -> Incoming:
    """The mail is kept as it came and will be read by a job; the same mail again changes nothing and leads to the same row.

    `envelope_sender` is what the mail server was told (`MAIL FROM`; empty for reports and automatic answers), None if nobody knows.
    `size` is the true size where only the head was fetched. Of a mail over 25 MB only the head is kept, and its sender is told.
    """
    size = size or len(raw)
    too_big = size > rules.MOST_BYTES
    raw = raw[:HEAD] if too_big else raw
    once = letters.fingerprint(raw)
    if known := Incoming.objects.filter(once=once).first():
        return known
    path = media.save_private("mail.eml", raw)
    given = {
        "way": way,
        "path": path,
        "size": min(size, 2_000_000_000),
        "reason": "too-big" if too_big else "",
        "envelope_sender": (envelope_sender or "")[:320],
        "empty_envelope": envelope_sender is not None and envelope_sender.strip("<> ") == "",
        "envelope_recipient": envelope_recipient[:320],
        "received_at": at or clock.now(),
    }
    with transaction.atomic():
        incoming, made = Incoming.objects.get_or_create(once=once, defaults=given)
        if made:
            read_mail.enqueue(incoming.pk)
    if not made:
        media.delete(path)
    return incoming


def take(incoming: Incoming, *, taken_as: str) -> bool:
    """A domain has taken the mail on, as this thing of its own; False if that happened before. Call it in the transaction of the change."""
    return bool(
        Incoming.objects.filter(pk=incoming.pk, state=Incoming.READ).update(state=Incoming.TAKEN, taken_as=taken_as)
    )


def put_aside(incoming: Incoming, *, reason: str) -> bool:
    """The mail is kept and shown with this reason, and nothing is made of it; False if it was dealt with before."""
    rows = Incoming.objects.filter(pk=incoming.pk, state__in=(Incoming.NEW, Incoming.READ))
    return bool(rows.update(state=Incoming.ASIDE, reason=reason))


@transaction.atomic
def take_anyway(incoming: Incoming) -> bool:
    """A mail that was put aside is read again, as one that a person wrote; False if it is not put aside or too big.

    The caller asked whether the acting person may read the post.
    """
    rows = Incoming.objects.filter(pk=incoming.pk, state=Incoming.ASIDE).exclude(reason="too-big").exclude(path="")
    if not rows.update(state=Incoming.NEW, reason="", read_at=None):
        return False
    read_mail.enqueue(incoming.pk, True)
    return True


def answer_mail(
    incoming: Incoming,
    *,
    template: str,
    to: Person | Guest | None = None,
    context: dict[str, Any] | None = None,
    **more: Any,
) -> Message | None:
    """Answer the sender by a mail of ours, once for each template; None where that could hit somebody who never wrote.

    A sender's name is easily forged: who is not vouched for by our own mail server gets at most one such answer a day.
    `more` goes to `notify`.
    """
    once = f"mail:{incoming.pk}:{template}"
    if known := Message.objects.filter(once=once).first():
        return known
    if not incoming.sender or not _may_be_answered(incoming):
        return None
    if to is not None:
        return notify(to=to, template=template, context=context, once=once, in_reply_to=incoming.message_id, **more)
    tell: Callable[..., Message | None] = partial(notify_address, address=incoming.sender, language=incoming.language)
    return tell(template=template, context=context, kind="errand", once=once, in_reply_to=incoming.message_id, **more)


def _may_be_answered(incoming: Incoming) -> bool:
    limit = rules.ANSWERS_A_DAY if incoming.authentic else 1
    try:
        ratelimit.count("notifications.answer", incoming.sender, limit=limit, per=DAY)
    except TooOften:
        return False
    return True
