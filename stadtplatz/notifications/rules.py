"""Who may read a message, what may be switched off, and how much mail one stranger can cause for another."""

from datetime import timedelta
from hashlib import blake2s

from django.conf import settings

from stadtplatz.accounts.models import Guest, Person
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.identity import city
from stadtplatz.notifications.kinds import KINDS
from stadtplatz.notifications.models import FailingAddress, Message

# What people who have not proved an address can cause to be sent to it, whoever they are and whatever they do.
# Codes, contracts and news are counted apart, so that a flood of one kind does not lock somebody out of the other. The law asks for
# the confirmation of each order (§ 312i BGB), so their cap lies above what the checkout lets one contact order.
BUCKETS = {"security": "code", "contract": "contract"}
_FEW = ((6, timedelta(hours=1)), (15, timedelta(days=1)))
CAPS = {"code": _FEW, "news": _FEW, "contract": ((30, timedelta(hours=1)), (60, timedelta(days=1)))}
DAYS_KEPT = 180
# Mail from outside: how big one may be, how many an hour one sender and one errand may cause before the rest is put aside, and how many
# automatic answers a day somebody gets whom our own mail server vouches for. Nobody vouched for: one a day, so that a forged sender
# is hardly bothered and two machines cannot write to each other for long.
MOST_BYTES = 25_000_000
MAILS_FROM_ONE, MAILS_ABOUT_ONE = 30, 40
ANSWERS_A_DAY = 10
DAYS_ASIDE = 30
EMPTY_MAIL = {
    **dict.fromkeys(("path", "envelope_sender", "envelope_recipient", "message_id", "sender", "sender_name"), ""),
    **dict.fromkeys(("subject", "text", "original"), ""),
}
"""What is left of a mail from outside when its time is over."""


def is_own(actor: Actor, message: Message) -> bool:
    """Whether the message was written to this person or to one of their joined guest contacts. Codes are read in the mailbox only."""
    if not actor.is_person or message.kind == "security" or message.medium != Message.MAIL:
        return False
    return message.person_id == actor.person_id or bool(message.guest and message.guest.person_id == actor.person_id)


def may_read(actor: Actor, message: Message) -> bool:
    """People read their own messages; in the demo the mailbox is open to all."""
    return settings.DEMO or is_own(actor, message)


def can_be_stopped(kind: str) -> bool:
    """Whether people may switch this kind off."""
    return not KINDS[kind].needed


def is_proved(recipient: Person | Guest | None) -> bool:
    """Whether the recipient has shown that the address is theirs. People with an account have, by signing up."""
    return isinstance(recipient, Person) or bool(recipient and (recipient.proved_at or recipient.person_id))


def is_failing(address: str, kind: str) -> bool:
    """Whether mails to this address come back. Codes are sent all the same: by a code somebody can show that the address works."""
    return kind != "security" and FailingAddress.objects.filter(address_hash=address_hash(address)).exists()


def days_kept() -> int:
    """How many days the text of a message is kept; a city pack may set `legal: message_days:`."""
    days = city().legal.get("message_days", DAYS_KEPT)
    return days if isinstance(days, int) and days > 0 else DAYS_KEPT


def address_hash(address: str) -> str:
    """The address as it may be stored in lists of what is not wanted."""
    return blake2s(address.strip().lower().encode(), key=settings.SECRET_KEY.encode()[:32], digest_size=16).hexdigest()
