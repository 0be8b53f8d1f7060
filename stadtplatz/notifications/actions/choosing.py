"""What people want to be told by mail, and what they have read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.accounts.models import Person
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.notifications import rules
from stadtplatz.notifications.kinds import KINDS
from stadtplatz.notifications.models import Message, Silence


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
