"""A message that was asked for becomes a row, and a job that sends it; or it is known why not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.refusals import TooOften
from stadtplatz.notifications import rules
from stadtplatz.notifications.jobs import send
from stadtplatz.notifications.kinds import KINDS
from stadtplatz.notifications.links import unsubscribe_url
from stadtplatz.notifications.models import Message, Silence, message_token
from stadtplatz.notifications.rendering import Rendered, render
from stadtplatz.notifications.senders import MARKET, TOWNHALL, sender_of


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A message as somebody asked for it; see `notify` for what the words mean."""

    address: str
    to: Person | Guest | None
    language: str
    name: str = ""
    template: str
    context: dict[str, Any] | None
    errand_number: str = ""
    link: str
    reply_to: str
    in_reply_to: str
    calendar: str = ""
    kind: str
    sender: str
    capped: bool
    once: str | None
    at: datetime | None

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.sender not in {TOWNHALL, MARKET}:
            raise ValueError(f"Unknown kind {self.kind!r} or sender {self.sender!r}.")


def write(wanted: Wanted) -> Message | None:
    if wanted.once and (known := Message.objects.filter(once=wanted.once).first()):
        return known
    state = _state(wanted.address, wanted.to, wanted.kind, wanted.capped)
    return None if state is None else _kept(wanted, state)


def _kept(wanted: Wanted, state: str) -> Message:
    """The row of the message, in the state in which it begins; the job that sends it is waiting."""
    token = message_token()
    rendered = _rendered(wanted, token)
    as_asked = ("kind", "sender", "address", "language", "calendar", "errand_number", "link", "reply_to", "once")
    message = Message(
        **{name: getattr(wanted, name) for name in as_asked},
        person=wanted.to if isinstance(wanted.to, Person) else None,
        guest=wanted.to if isinstance(wanted.to, Guest) else None,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        in_reply_to=wanted.in_reply_to[:250],
        token=token,
        state=state,
        error="address fails" if state == Message.FAILED else "",
        created_at=wanted.at or clock.now(),
    )
    with transaction.atomic():
        message.save(force_insert=True)
        if state == Message.WAITING:
            send.enqueue(message.pk)
    return message


def _rendered(wanted: Wanted, token: str) -> Rendered:
    """Subject, text and HTML in the recipient's language."""
    with translation.override(wanted.language):
        writer = sender_of(wanted.sender)
    words = {
        **(wanted.context or {}),
        "link": f"{settings.BASE_URL}{wanted.link}" if wanted.link.startswith("/") else wanted.link,
        "errand_number": wanted.errand_number,
        "name": wanted.name,
        "sender_name": writer.name,
        "postal": writer.postal,
        "unsubscribe_url": unsubscribe_url(token) if rules.can_be_stopped(wanted.kind) else "",
    }
    return render(wanted.template, words, language=wanted.language)


def _state(address: str, to: Person | Guest | None, kind: str, capped: bool) -> str | None:
    """Where a new message begins, or None if there is nobody to reach."""
    silent = bool(address) and rules.can_be_stopped(kind) and _is_silent(address, kind)
    if not address or silent:
        return Message.IN_APP if isinstance(to, Person) else None
    if rules.is_failing(address, kind):
        return Message.FAILED
    if capped and not _within_caps(address, rules.BUCKETS.get(kind, "news")):
        return Message.HELD
    return Message.WAITING if settings.EMAIL_HOST else Message.KEPT


def _is_silent(address: str, kind: str) -> bool:
    return Silence.objects.filter(address_hash=rules.address_hash(address), kind=kind).exists()


def _within_caps(address: str, what: str) -> bool:
    try:
        for limit, per in rules.CAPS[what]:
            ratelimit.count(f"notifications.{what}", address.lower(), limit=limit, per=per)
    except TooOften:
        return False
    return True
