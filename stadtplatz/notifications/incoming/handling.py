"""What becomes of a mail that came in: a report about a mail of ours, something a machine wrote, or words from a person."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.db import transaction

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock, media, ratelimit
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.refusals import TooOften
from stadtplatz.notifications import facts, rules
from stadtplatz.notifications.incoming import letters
from stadtplatz.notifications.incoming.authentic import is_authentic
from stadtplatz.notifications.incoming.automatic import bare, why_automatic
from stadtplatz.notifications.incoming.letters import Letter
from stadtplatz.notifications.incoming.returned import Returned, read_report
from stadtplatz.notifications.models import Incoming, Message
from stadtplatz.notifications.senders import MARKET, TOWNHALL, sender_of

HOUR = timedelta(hours=1)
_LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


def handle(incoming: Incoming, *, anyway: bool = False) -> str:
    """Read the kept mail and say what it is by its state; `anyway` leaves out the question whether a person wrote it.

    Returns the reason why nothing is made of it. Otherwise the fact `mail_received` is recorded, once, and the domain whose mail
    it answers (or that takes new mail) reacts to it.
    """
    mail = letters.parse(media.read(incoming.path))
    letter = letters.read(mail, recipient=incoming.envelope_recipient)
    report = read_report(mail, recipient=incoming.envelope_recipient)
    reply = _answered(letter.tokens)
    seen = _seen(mail, letter, reply)
    if report is not None:
        return _returned(incoming, report, seen)
    reason = incoming.reason if incoming.reason == "too-big" else ""
    if not reason and not anyway:
        reason = why_automatic(mail, sender=letter.sender, empty_envelope=incoming.empty_envelope) or _too_many(seen)
    _settle(incoming, reason, seen)
    return reason


def _seen(mail: EmailMessage, letter: Letter, reply: Message | None) -> dict[str, Any]:
    """What the row keeps of the mail."""
    about = reply.reply_to if reply else ""
    to_market = _to_the_market(mail) or (reply is not None and reply.sender == MARKET)
    return {
        "message_id": letter.message_id,
        "sender": letter.sender,
        "sender_name": letter.sender_name,
        "authentic": is_authentic(mail, letter.sender),
        "subject": letter.subject,
        "text": letter.text,
        "original": letter.original,
        "language": letter.language if letter.language in _LANGUAGES else _language_of(reply),
        "files": sum(1 for _file in letters.files_of(mail)),
        "answers": reply,
        "belongs_to": about or ("market" if to_market else ""),
    }


def _language_of(reply: Message | None) -> str:
    return reply.language if reply else settings.LANGUAGE_CODE


def _answered(tokens: tuple[str, ...]) -> Message | None:
    known = {message.token: message for message in Message.objects.filter(token__in=tokens[:20])}
    return next((known[token] for token in tokens if token in known), None)


def _to_the_market(mail: EmailMessage) -> bool:
    market, townhall = sender_of(MARKET).address.lower(), sender_of(TOWNHALL).address.lower()
    written_to = bare(" ".join(letters.header(mail, name) for name in ("Delivered-To", "To", "Cc")))
    return market != townhall and market in written_to and townhall not in written_to


def _too_many(seen: dict[str, Any]) -> str:
    try:
        ratelimit.count("notifications.mail_from", seen["sender"], limit=rules.MAILS_FROM_ONE, per=HOUR)
    except TooOften:
        return "too-many"
    if seen["belongs_to"]:
        try:
            ratelimit.count("notifications.mail_about", seen["belongs_to"], limit=rules.MAILS_ABOUT_ONE, per=HOUR)
        except TooOften:
            return "too-many-here"
    return ""


@transaction.atomic
def _settle(incoming: Incoming, reason: str, seen: dict[str, Any]) -> None:
    state = Incoming.ASIDE if reason else Incoming.READ
    new = Incoming.objects.filter(pk=incoming.pk, state=Incoming.NEW)
    if new.update(state=state, reason=reason, read_at=clock.now(), **seen) and not reason:
        about = seen["belongs_to"]
        record(facts.MAIL_RECEIVED, subject=incoming, by=SYSTEM, incoming=incoming.pk, about=about)


def _returned(incoming: Incoming, report: Returned, seen: dict[str, Any]) -> str:
    """A report about a mail of ours: one that failed for good marks its address. Without one of our tokens it proves nothing."""
    from stadtplatz.notifications.actions import mark_failing

    reply = _answered(report.tokens)
    reason = "other-report" if reply is None else "failed" if report.failed else "delayed"
    with transaction.atomic():
        if reply is not None and report.failed:
            mark_failing(reply, code=report.code)
        Incoming.objects.filter(pk=incoming.pk, state=Incoming.NEW).update(
            **seen | {"answers": reply, "belongs_to": reply.reply_to if reply else ""},
            state=Incoming.RETURNED,
            reason=reason,
            read_at=clock.now(),
        )
    return reason
