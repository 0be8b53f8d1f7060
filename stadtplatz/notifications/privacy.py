"""What notifications keep about a person or guest."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit import clock, media
from stadtplatz.kit.actors import Actor
from stadtplatz.notifications.models import FailingAddress, Incoming, Message, Silence
from stadtplatz.notifications.queries import stopped_kinds
from stadtplatz.notifications.rules import EMPTY_MAIL, address_hash


def export(subject: Person | Guest) -> dict[str, Any]:
    """Every message with its text, and the kinds of mail that were switched off; nothing if there is neither."""
    messages = [_told(message) for message in _of(subject).order_by("id")]
    stopped = sorted(stopped_kinds(subject.email)) if subject.email else []
    mails = [_told_mail(mail) for mail in _mails_from(subject)]
    found = {"messages": messages, "mails_to_the_city": mails, "stopped_kinds": stopped}
    return {name: rows for name, rows in found.items() if rows or name == "messages"} if any(found.values()) else {}


def erase(subject: Person | Guest, *, by: Actor) -> list[str | Promise]:
    """Delete the messages, and what was sent to the address before it belonged to anybody. Nothing stays."""
    if subject.email:
        Message.objects.filter(address__iexact=subject.email, person=None, guest=None).delete()
        Silence.objects.filter(address_hash=address_hash(subject.email)).delete()
        FailingAddress.objects.filter(address_hash=address_hash(subject.email)).delete()
        _empty(_mails_from(subject))
    forget(subject)
    return []


def forget(subject: Person | Guest) -> None:
    """No message to this person or guest is left."""
    _of(subject).delete()


def _mails_from(subject: Person | Guest) -> list[Incoming]:
    return list(Incoming.objects.filter(sender=subject.email.lower()).order_by("id")) if subject.email else []


def _empty(mails: list[Incoming]) -> None:
    """Of these mails only the line stays: that one came, and when."""
    for mail in mails:
        transaction.on_commit(partial(media.delete, mail.path))
    Incoming.objects.filter(pk__in=[mail.pk for mail in mails]).update(**EMPTY_MAIL, emptied_at=clock.now())


def _told_mail(mail: Incoming) -> dict[str, Any]:
    return {"at": mail.received_at.isoformat(), "subject": mail.subject, "text": mail.original, "errand": mail.taken_as}


def _of(subject: Person | Guest) -> QuerySet[Message]:
    mine = Q(person=subject) | Q(guest__person=subject) if isinstance(subject, Person) else Q(guest=subject)
    return Message.objects.filter(mine)


def _told(message: Message) -> dict[str, Any]:
    return {
        "at": message.created_at.isoformat(),
        "kind": message.kind,
        "to": message.address,
        "subject": message.subject,
        "text": message.text,
        "state": message.state,
        "errand": message.errand_number,
    }
