"""Telling people: a message is written in the transaction of its cause and sent by a job afterwards."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import NotAllowed, TooOften
from stadtplatz.notifications import rules
from stadtplatz.notifications.jobs import send
from stadtplatz.notifications.kinds import KINDS
from stadtplatz.notifications.links import unsubscribe_url
from stadtplatz.notifications.models import Message, Silence, message_token
from stadtplatz.notifications.rendering import one_line, render
from stadtplatz.notifications.senders import MARKET, TOWNHALL, sender_of


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
    return _write(
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
    return _write(
        address=address,
        to=None,
        language=language,
        name="",
        template=template,
        context=context,
        errand_number="",
        link=link,
        reply_to=reply_to,
        in_reply_to=in_reply_to,
        kind=kind,
        sender=sender,
        capped=capped,
        once=once,
        at=at,
    )


def keep_paper(
    *,
    kind: str,
    title: str,
    html: str,
    errand_number: str = "",
    link: str = "",
    sender: str = TOWNHALL,
    once: str | None = None,
    at: datetime | None = None,
) -> Message:
    """Printed matter lies in the mailbox list afterwards: `kind` is letter, label or code; `html` is rendered by our own templates.

    Nobody is told; it is for whoever prints or, in the demo, looks.
    """
    if kind not in {Message.LETTER, Message.LABEL, Message.CODE}:
        raise ValueError(f"Paper is letter, label or code, not {kind!r}.")
    fields = {
        "medium": kind,
        "kind": "errand",
        "sender": sender,
        "subject": one_line(title)[:200],
        "html": html,
        "errand_number": errand_number,
        "link": link,
        "state": Message.KEPT,
        "created_at": at or clock.now(),
    }
    if once is None:
        return Message.objects.create(**fields)
    return Message.objects.get_or_create(once=once, defaults=fields)[0]


def _write(
    *,
    address,
    to,
    language,
    name,
    template,
    context,
    errand_number,
    link,
    reply_to,
    in_reply_to,
    kind,
    sender,
    capped,
    once,
    at,
    calendar="",
) -> Message | None:
    if kind not in KINDS or sender not in {TOWNHALL, MARKET}:
        raise ValueError(f"Unknown kind {kind!r} or sender {sender!r}.")
    if once and (known := Message.objects.filter(once=once).first()):
        return known
    state = _state(address, to, kind, capped)
    if state is None:
        return None
    token = message_token()
    absolute = f"{settings.BASE_URL}{link}" if link.startswith("/") else link
    with translation.override(language):
        writer = sender_of(sender)
    rendered = render(
        template,
        {
            **(context or {}),
            "link": absolute,
            "errand_number": errand_number,
            "name": name,
            "sender_name": writer.name,
            "postal": writer.postal,
            "unsubscribe_url": unsubscribe_url(token) if rules.can_be_stopped(kind) else "",
        },
        language=language,
    )
    with transaction.atomic():
        message = Message(
            kind=kind,
            sender=sender,
            person=to if isinstance(to, Person) else None,
            guest=to if isinstance(to, Guest) else None,
            address=address,
            language=language,
            subject=rendered.subject,
            text=rendered.text,
            html=rendered.html,
            calendar=calendar,
            errand_number=errand_number,
            link=link,
            reply_to=reply_to,
            in_reply_to=in_reply_to[:250],
            token=token,
            once=once,
            state=state,
            error="address fails" if state == Message.FAILED else "",
            created_at=at or clock.now(),
        )
        message.save(force_insert=True)
        if state == Message.WAITING:
            send.enqueue(message.pk)
    return message


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


def choose(person: Person, *, wanted: set[str], by: Actor, at: datetime | None = None) -> None:
    """The person gets mails of the wanted kinds and of those that must reach them; the others are only shown in the list.

    Refused to everybody but the person.
    """
    if by.person_id != person.pk:
        raise NotAllowed(_("Only you can choose your emails."))
    for kind in KINDS:
        if rules.can_be_stopped(kind):
            if kind in wanted:
                resume(address=person.email, kind=kind)
            else:
                stop(address=person.email, kind=kind, at=at)


def mark_read(message: Message, *, by: Actor, at: datetime | None = None) -> None:
    """The message no longer counts as unread. Refused to everybody but the person it was written to."""
    if not rules.is_own(by, message):
        raise NotAllowed(_("This message is not yours."))
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=at or clock.now())


@transaction.atomic
def stop(*, address: str, kind: str, at: datetime | None = None) -> None:
    """No further mail of this kind goes to the address. Refused (ValueError) for kinds that must reach people."""
    if not rules.can_be_stopped(kind):
        raise ValueError(f"Messages of kind {kind!r} cannot be stopped.")
    Silence.objects.get_or_create(
        address_hash=rules.address_hash(address), kind=kind, defaults={"at": at or clock.now()}
    )


@transaction.atomic
def resume(*, address: str, kind: str) -> None:
    """Mail of this kind goes to the address again."""
    Silence.objects.filter(address_hash=rules.address_hash(address), kind=kind).delete()
