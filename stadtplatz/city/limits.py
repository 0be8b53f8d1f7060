"""A limit on reading, kept in the memory of this process: reading must not write to the database."""

from collections import Counter
from datetime import timedelta
from threading import Lock

from django.utils.translation import gettext_lazy as _

from stadtplatz.kit import clock
from stadtplatz.kit.refusals import TooOften

_lock = Lock()
_counts: dict[str, tuple[int, Counter[str]]] = {}


def read_limit(what: str, who: str, *, limit: int, per: timedelta) -> None:
    """Count one more reading; TooOften once `limit` is passed in this process and window. Each window forgets the last one."""
    seconds = int(per.total_seconds())
    window, past = divmod(int(clock.now().timestamp()), seconds)
    with _lock:
        known = _counts.get(what)
        if known is None or known[0] != window:
            known = _counts[what] = (window, Counter())
        known[1][who] += 1
        total = known[1][who]
    if total > limit:
        raise TooOften(_("That was a little too quick. Please wait a moment."), retry_after=seconds - past)


def forget() -> None:
    """Forget what was counted (tests)."""
    _counts.clear()
