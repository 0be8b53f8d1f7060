"""Which price a reduction is measured against (§ 11 PAngV)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from stadtplatz.kit.clock import BERLIN
from stadtplatz.kit.money import Money

THIRTY_DAYS = timedelta(days=30)


@dataclass(frozen=True)
class InForce:
    """One price and how long customers could see it; `ends_at` None means: still."""

    price: Money
    starts_at: datetime
    ends_at: datetime | None = None


def lowest_price_30_days(intervals: Iterable[InForce], before: datetime) -> Money | None:
    """The lowest price in force at any moment of the 30 days before `before` (§ 11 Abs. 1 PAngV); None if there was none.

    The days are whole days in Berlin: the window begins at midnight of the 30th day before, since it may be longer than 30 days but
    not shorter (Commission notice 2021/C 526/02), and a change of clocks makes it neither. A price set long ago counts if it was
    still valid within the window, for however short a time.
    """
    start = window_start(before)
    within = [
        span.price for span in intervals if span.starts_at < before and (span.ends_at is None or span.ends_at > start)
    ]
    return min(within, default=None)


def window_start(before: datetime) -> datetime:
    """Midnight in Berlin at the beginning of the 30th day before the day of this moment."""
    return datetime.combine(before.astimezone(BERLIN).date() - THIRTY_DAYS, time(), BERLIN)
