"""What notifications keep about a person or guest."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit.actors import Actor
from stadtplatz.notifications.models import Message, Silence
from stadtplatz.notifications.queries import stopped_kinds
from stadtplatz.notifications.rules import address_hash


def export(subject: Person | Guest) -> dict[str, Any]:
    """Every message with its text, and the kinds of mail that were switched off; nothing if there is neither."""
    messages = [_told(message) for message in _of(subject).order_by("id")]
    stopped = sorted(stopped_kinds(subject.email)) if subject.email else []
    return {"messages": messages, "stopped_kinds": stopped} if messages or stopped else {}


def erase(subject: Person | Guest, *, by: Actor) -> list[str | Promise]:
    """Delete the messages, and what was sent to the address before it belonged to anybody. Nothing stays."""
    if subject.email:
        Message.objects.filter(address__iexact=subject.email, person=None, guest=None).delete()
        Silence.objects.filter(address_hash=address_hash(subject.email)).delete()
    forget(subject)
    return []


def forget(subject: Person | Guest) -> None:
    """No message to this person or guest is left."""
    _of(subject).delete()


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
