"""Sending what waits in the outbox, and forgetting what is old."""

import re
import smtplib
from collections.abc import Iterator
from datetime import timedelta
from email import encoders
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet

from stadtplatz.kit import clock, media
from stadtplatz.kit.jobs import every, job
from stadtplatz.notifications import push, rules
from stadtplatz.notifications.kinds import KINDS
from stadtplatz.notifications.links import unsubscribe_url
from stadtplatz.notifications.models import Bell, FailingAddress, Incoming, Message
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
        if isinstance(refusal, smtplib.SMTPRecipientsRefused):
            _mark_failing(message, code)
    except Exception as problem:
        _note(message, error=type(problem).__name__)
        raise NotTaken(type(problem).__name__) from None
    else:
        _note(message, state=Message.SENT, sent_at=clock.now(), error="")


def mail_of(message: Message) -> EmailMultiAlternatives:
    """The message as a mail with text and HTML and the headers that mail programs act on."""
    sender = sender_of(message.sender)
    headers = {
        "Message-ID": _message_id(message),
        "Auto-Submitted": "auto-replied" if message.in_reply_to else "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "From": sender.from_header(),
    }
    if message.in_reply_to:
        headers["In-Reply-To"] = message.in_reply_to
    if thread := _earlier(message):
        headers["References"] = " ".join(thread)
    if rules.can_be_stopped(message.kind):
        headers["List-Unsubscribe"] = f"<{unsubscribe_url(message.token)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        # Where it can be read, a report that the mail did not arrive comes back with the token, and leads to this very mail.
        from_email=sender.reply_address(message.token) if settings.MAIL_IN else sender.from_header(),
        to=[message.address],
        reply_to=[sender.reply_address(message.token)] if message.reply_to else None,
        headers=headers,
        connection=get_connection(),
    )
    mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        mail.attach(_calendar_file(message.calendar))
    return mail


def _calendar_file(calendar: str) -> MIMENonMultipart:
    """The file as an attachment that names its METHOD (RFC 6047), in Base64: no server on the way touches its umlauts or ends of lines."""
    method = re.search(r"^METHOD:([A-Z]+)", calendar, re.M)
    part = MIMENonMultipart("text", "calendar", charset="utf-8", name="termin.ics")
    if method:
        part.set_param("method", method[1])
    part.set_payload(calendar.encode())
    encoders.encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename="termin.ics")
    return part


def _message_id(message: Message) -> str:
    domain = parseaddr(sender_of(message.sender).address)[1].partition("@")[2] or "localhost"
    return f"<{message.token}.{message.pk}@{domain}>"


def _earlier(message: Message) -> list[str]:
    """What mail programs group one errand's mails by: its first mail to this address, the last ones, and what this one answers."""
    if not message.reply_to:
        return [message.in_reply_to] if message.in_reply_to else []
    rows = Message.objects.filter(reply_to=message.reply_to, address=message.address, pk__lt=message.pk)
    known = list(rows.only("pk", "token", "sender").order_by("pk")[:50])
    chosen = known if len(known) <= 5 else [known[0], *known[-4:]]
    return [_message_id(row) for row in chosen] + ([message.in_reply_to] if message.in_reply_to else [])


def _mark_failing(message: Message, code: int) -> None:
    from stadtplatz.notifications.actions import mark_failing

    mark_failing(message, code=str(code))


def _note(message: Message, **changes) -> None:
    """Remember what came of it, whatever else failed."""
    with transaction.atomic():
        Message.objects.filter(pk=message.pk, state=Message.WAITING).update(**changes)


def _reply_code(refusal: Exception) -> int:
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return max((code for code, _text in refusal.recipients.values()), default=400)
    return int(getattr(refusal, "smtp_code", 400))


@job(max_attempts=6)
def ring_bell(bell_id: int) -> None:
    """Ring one browser. A subscription that is gone (404, 410), or refused three times (4xx), is forgotten; anything else is tried again."""
    bell = Bell.objects.filter(pk=bell_id, ends_at__gt=clock.now()).first()
    if bell is None:
        return
    status = push.ring(bell.endpoint, bell.about)
    if 200 <= status < 300:
        Bell.objects.filter(pk=bell_id).update(rung_at=clock.now(), refusals=0)
    elif status in {404, 410} or (400 <= status < 500 and status != 429 and bell.refusals >= 2):
        bell.delete()
    elif 400 <= status < 500 and status != 429:
        Bell.objects.filter(pk=bell_id).update(refusals=F("refusals") + 1)
    else:
        raise NotTaken(f"The push service answered {status}.")


@every(timedelta(minutes=1))
@job(lease=timedelta(minutes=10))
def fetch_mail() -> None:
    """Take in what lies in the city's mailbox, where one is named."""
    from stadtplatz.notifications.incoming import imap

    if settings.IMAP_HOST:
        imap.fetch()


@job(max_attempts=5)
def read_mail(incoming_id: int, anyway: bool = False) -> None:
    """Make of one kept mail what it is. One that cannot be read at all ends among the dead letters and can be tried again."""
    from stadtplatz.notifications.actions import answer_mail
    from stadtplatz.notifications.incoming.handling import handle

    incoming = Incoming.objects.filter(pk=incoming_id, state=Incoming.NEW).first()
    if incoming is not None and handle(incoming, anyway=anyway) == "too-big":
        incoming.refresh_from_db()
        answer_mail(incoming, template="notifications/mail/too_big", context={"subject": incoming.subject})


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
            Message.objects.filter(pk__in=ids).update(text="", html="", calendar="", address="", emptied_at=now)


@every(timedelta(hours=1))
@job()
def empty_old_mail() -> None:
    """Mails from outside lose their words, sender and kept original: those put aside after 30 days, the others as our own.

    The line stays (when, what became of it). Addresses that mails came back from are tried again after the same time.
    """
    now = clock.now()
    aside, others = now - timedelta(days=rules.DAYS_ASIDE), now - timedelta(days=rules.days_kept())
    old = Incoming.objects.filter(emptied_at=None, received_at__lt=aside)
    for ids in _batches(old.filter(Q(state__in=(Incoming.ASIDE, Incoming.RETURNED)) | Q(received_at__lt=others))):
        rows = Incoming.objects.filter(pk__in=ids)
        media.delete_all(rows.values_list("path", flat=True))
        rows.update(**rules.EMPTY_MAIL, emptied_at=now)
    FailingAddress.objects.filter(since__lt=others).delete()
    Bell.objects.filter(ends_at__lt=now).delete()


def _batches(rows: QuerySet[Any], size: int = 500) -> Iterator[list[int]]:
    """Ids of the rows, so many at a time, until none is left."""
    while ids := list(rows.values_list("pk", flat=True)[:size]):
        yield ids
