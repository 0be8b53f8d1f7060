"""Which price a reduction is measured against (§ 11 PAngV)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

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

    A price set long ago counts if it was still valid within the window, for however short a time.
    """
    start = before - THIRTY_DAYS
    within = [
        span.price for span in intervals if span.starts_at < before and (span.ends_at is None or span.ends_at > start)
    ]
    return min(within, default=None)
