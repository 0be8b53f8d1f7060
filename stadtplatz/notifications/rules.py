"""Who may read a message, what may be switched off, and how much mail one stranger can cause for another."""

from datetime import timedelta
from hashlib import blake2s

from django.conf import settings

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit.actors import Actor
from stadtplatz.notifications.kinds import KINDS
from stadtplatz.notifications.models import Message

# What people who have not proved an address can cause to be sent to it, whoever they are and whatever they do.
CAPS = ((6, timedelta(hours=1)), (15, timedelta(days=1)))


def may_read(actor: Actor, message: Message) -> bool:
    """People read their own messages and those of their joined guest contacts; in the demo the mailbox is open to all."""
    if settings.DEMO:
        return True
    if not actor.is_person:
        return False
    return message.person_id == actor.person_id or bool(message.guest and message.guest.person_id == actor.person_id)


def can_be_stopped(kind: str) -> bool:
    """Whether people may switch this kind off."""
    return not KINDS[kind].needed


def is_proved(recipient: Person | Guest | None) -> bool:
    """Whether the recipient has shown that the address is theirs. People with an account have, by signing up."""
    return isinstance(recipient, Person) or bool(recipient and (recipient.proved_at or recipient.person_id))


def address_hash(address: str) -> str:
    """The address as it may be stored in lists of what is not wanted."""
    return blake2s(address.strip().lower().encode(), key=settings.SECRET_KEY.encode()[:32], digest_size=16).hexdigest()
