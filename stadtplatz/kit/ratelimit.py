"""Limits on how often something may be done, counted in the database so that all processes share them."""

from datetime import datetime, timedelta
from hashlib import blake2s

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit import clock
from stadtplatz.kit.http import household
from stadtplatz.kit.jobs import every, job
from stadtplatz.kit.models import RateCounter
from stadtplatz.kit.refusals import TooOften


def count(what: str, who: str, *, limit: int, per: timedelta, cost: int = 1) -> None:
    """Count one more `what` by `who` (an address, a contact, a number; stored only as a keyed hash) in the present window.

    Refused with TooOften once `limit` is passed; refused attempts are counted too. Windows are aligned to the clock.
    IPv6 addresses count by their /64, which one household has. The count is kept even when the caller's transaction is not:
    call it before the transaction begins.
    """
    key, expires = _window(what, who, per)
    if _add(key, expires, cost) > limit:
        wait = max(1, int((expires - clock.now()).total_seconds()))
        raise TooOften(_("That was a little too often. Please wait a moment and try again."), retry_after=wait)


def used(what: str, who: str, *, per: timedelta) -> int:
    """How much was counted in the present window."""
    key, _expires = _window(what, who, per)
    return RateCounter.objects.filter(key=key).values_list("count", flat=True).first() or 0


def forget_expired() -> int:
    """Delete the counters of windows that are over; returns how many."""
    return RateCounter.objects.filter(expires_at__lt=clock.now()).delete()[0]


@every(timedelta(hours=1))
@job()
def forget_expired_counters() -> None:
    forget_expired()


def _add(key: str, expires: datetime, cost: int) -> int:
    """The new count, in one statement that both databases know; Django's own means take four."""
    moment = connection.ops.adapt_datetimefield_value(expires)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ADD, [key, cost, moment])
        return cursor.fetchall()[0][0]


_ADD = (
    "INSERT INTO kit_ratecounter (key, count, expires_at) VALUES (%s, %s, %s) "
    "ON CONFLICT (key) DO UPDATE SET count = kit_ratecounter.count + excluded.count RETURNING count"
)


def _window(what: str, who: str, per: timedelta) -> tuple[str, datetime]:
    seconds, now = int(per.total_seconds()), clock.now()
    number, passed = divmod(int(now.timestamp()), seconds)
    return f"{what}:{seconds}:{number}:{_hashed(who)}", now + timedelta(seconds=seconds - passed)


def _hashed(who: str) -> str:
    key = settings.SECRET_KEY.encode()[:32]
    return blake2s(household(who).encode(), key=key, digest_size=12).hexdigest()
