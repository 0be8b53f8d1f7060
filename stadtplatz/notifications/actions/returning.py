"""Addresses that mails come back from."""

from datetime import datetime

from django.db import transaction

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.notifications import facts, rules
from stadtplatz.notifications.models import FailingAddress, Message


@transaction.atomic
def mark_failing(message: Message, *, code: str = "", at: datetime | None = None) -> None:
    """This mail did not arrive and nothing more is sent to its address, apart from codes, until the address is proved anew.

    The domain that sent it hears of it by the fact, once for each mail.
    """
    at = at or clock.now()
    if not message.address:
        return
    FailingAddress.objects.get_or_create(
        address_hash=rules.address_hash(message.address), defaults={"code": code[:12], "since": at}
    )
    changed = Message.objects.filter(pk=message.pk).exclude(error__startswith="returned")
    if changed.update(state=Message.FAILED, error=f"returned {code}".strip()[:200]):
        keys = {"message": message.pk, "about": message.reply_to, "code": code[:12]}
        record(facts.MAIL_RETURNED, subject=message, by=SYSTEM, at=at, **keys)


def forgive(address: str) -> None:
    """Mails go to this address again: somebody has shown that it works."""
    FailingAddress.objects.filter(address_hash=rules.address_hash(address)).delete()
