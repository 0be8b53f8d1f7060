"""Limits on how often something may be done, counted in the database so that all processes share them."""

from datetime import timedelta
from hashlib import blake2s

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit import clock
from stadtplatz.kit.models import RateCounter
from stadtplatz.kit.refusals import TooOften


def count(what: str, who: str, *, limit: int, per: timedelta, cost: int = 1) -> None:
    """Count one more `what` by `who` (an address, a contact, a number; stored only as a keyed hash) in the present window.

    Refused with TooOften once `limit` is passed; refused attempts are counted too. Windows are aligned to the clock.
    The count is kept even when the caller's transaction is not: call it before the transaction begins.
    """
    seconds = int(per.total_seconds())
    now = clock.now()
    window = int(now.timestamp()) // seconds
    key = f"{what}:{window}:{_hashed(who)}"
    expires = now + timedelta(seconds=seconds - int(now.timestamp()) % seconds)
    with transaction.atomic():
        RateCounter.objects.bulk_create([RateCounter(key=key, expires_at=expires)], ignore_conflicts=True)
        RateCounter.objects.filter(key=key).update(count=F("count") + cost)
        total = RateCounter.objects.values_list("count", flat=True).get(key=key)
    if total > limit:
        wait = max(1, int((expires - now).total_seconds()))
        raise TooOften(_("That was a little too often. Please wait a moment and try again."), retry_after=wait)


def forget_expired() -> int:
    """Delete the counters of windows that are over; returns how many."""
    return RateCounter.objects.filter(expires_at__lt=clock.now()).delete()[0]


def _hashed(who: str) -> str:
    return blake2s(who.encode(), key=settings.SECRET_KEY.encode()[:32], digest_size=12).hexdigest()
