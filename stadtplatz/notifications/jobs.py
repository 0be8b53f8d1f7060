"""Sending what waits in the outbox, and forgetting what is old."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parseaddr

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import QuerySet

from stadtplatz.kit import clock
from stadtplatz.kit.jobs import every, job
from stadtplatz.notifications import rules
from stadtplatz.notifications.kinds import KINDS
from stadtplatz.notifications.links import unsubscribe_url
from stadtplatz.notifications.models import Message
from stadtplatz.notifications.senders import sender_of


class NotTaken(Exception):
    """The mail server did not take the message this time. Says what kind of trouble, never to whom."""


@job(max_attempts=12, lease=timedelta(minutes=3))
def send(message_id: int) -> None:
    """Hand one waiting message to the mail server and remember that it was taken.

    A worker killed in between sends it again with the same Message-ID, by which mail programs know the copy. A lasting
    refusal by the server (5xx) makes the message "failed"; anything else is tried again with growing pauses.
    """
    message = Message.objects.filter(pk=message_id, state=Message.WAITING).first()
    if message is None:
        return
    try:
        mail_of(message).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as refusal:
        code = _reply_code(refusal)
        _note(message, error=f"{type(refusal).__name__} {code}")
        if code < 500:
            raise NotTaken(f"{type(refusal).__name__} {code}") from None  # the server's own words may hold the address
        _note(message, state=Message.FAILED)
    except Exception as problem:
        _note(message, error=type(problem).__name__)
        raise NotTaken(type(problem).__name__) from None
    else:
        _note(message, state=Message.SENT, sent_at=clock.now(), error="")


def mail_of(message: Message) -> EmailMultiAlternatives:
    """The message as a mail with text and HTML and the headers that mail programs act on."""
    sender = sender_of(message.sender)
    domain = parseaddr(sender.address)[1].partition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{message.token}.{message.pk}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if rules.can_be_stopped(message.kind):
        headers["List-Unsubscribe"] = f"<{unsubscribe_url(message.token)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=sender.from_header(),
        to=[message.address],
        reply_to=[sender.reply_address(message.token)] if message.reply_to else None,
        headers=headers,
        connection=get_connection(),
    )
    mail.attach_alternative(message.html, "text/html")
    return mail


def _note(message: Message, **changes) -> None:
    """Remember what came of it, whatever else failed."""
    with transaction.atomic():
        Message.objects.filter(pk=message.pk, state=Message.WAITING).update(**changes)


def _reply_code(refusal: Exception) -> int:
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return max((code for code, _text in refusal.recipients.values()), default=400)
    return int(getattr(refusal, "smtp_code", 400))


@every(timedelta(hours=1))
@job()
def empty_old_messages() -> None:
    """Delete the texts of messages whose time is over: codes after a day, all others after the city's number of days.

    The line in the list stays (when, what about, whether sent), without text. Messages that never left are given up alike.
    """
    now = clock.now()
    for kind in KINDS.values():
        kept = timedelta(hours=kind.hours) if kind.hours else timedelta(days=rules.days_kept())
        old = Message.objects.filter(kind=kind.code, emptied_at=None, created_at__lt=now - kept)
        for ids in _batches(old):
            Message.objects.filter(pk__in=ids).update(text="", html="", address="", emptied_at=now)


def _batches(rows: QuerySet[Message], size: int = 500) -> Iterator[list[int]]:
    """Ids of the rows, so many at a time, until none is left."""
    while ids := list(rows.values_list("pk", flat=True)[:size]):
        yield ids
