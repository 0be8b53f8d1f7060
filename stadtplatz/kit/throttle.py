"""Limits for reading, counted in the memory of this process: no row is written because somebody looks at a page.

With several web processes a visitor may do as much in each of them; for writing there is `ratelimit`, which all processes share.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Lock

from django.utils.translation import gettext_lazy as _

from stadtplatz.kit.http import household
from stadtplatz.kit.refusals import TooOften

_MOST_VISITORS = 50_000


@dataclass
class Limit:
    """So many times in so many seconds for each visitor; the window begins anew for all at once."""

    what: str
    most: int
    seconds: int
    _window: int = -1
    _counts: Counter[str] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def forget(self) -> None:
        """Begin anew (tests)."""
        self._window = -1

    def is_full(self) -> bool:
        """Count one more of all visitors together; whether that was beyond the limit."""
        try:
            self.count("everybody")
        except TooOften:
            return True
        return False

    def count(self, who: str) -> None:
        """Count one more, IPv6 by its /64; refused with TooOften beyond the limit. With too many visitors to remember, counting begins anew."""
        now, who = time.time(), household(who)
        window = int(now) // self.seconds
        with self._lock:
            if window != self._window or len(self._counts) > _MOST_VISITORS:
                self._window, self._counts = window, Counter()
            self._counts[who] += 1
            total = self._counts[who]
        if total > self.most:
            wait = self.seconds - int(now) % self.seconds
            raise TooOften(_("That was a little too often. Please wait a moment and try again."), retry_after=wait)
