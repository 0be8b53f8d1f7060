"""A limit on reading, kept in this process: reading must not write to the database."""

from datetime import timedelta

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from stadtplatz.kit import clock
from stadtplatz.kit.refusals import TooOften


def read_limit(what: str, who: str, *, limit: int, per: timedelta) -> None:
    """Count one more reading; TooOften once `limit` is passed in this process and window."""
    seconds = int(per.total_seconds())
    window, past = divmod(int(clock.now().timestamp()), seconds)
    key = f"read:{what}:{window}:{who}"
    cache.add(key, 0, seconds)
    if cache.incr(key) > limit:
        raise TooOften(_("That was a little too quick. Please wait a moment."), retry_after=seconds - past)
