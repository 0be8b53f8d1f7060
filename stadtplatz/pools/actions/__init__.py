"""Nothing scarce is promised twice.

Each pool changes by one conditional UPDATE, never by read, check and save. Locks are taken in one order everywhere - first the
hold's row, then its pools by key - so that two transactions cannot wait for each other. On PostgreSQL the row lock of the UPDATE
lasts until commit and so also guards the cap; on SQLite a transaction holds the only write lock.
"""

from stadtplatz.pools.actions.booking import confirm, exchange, forget, give_back
from stadtplatz.pools.actions.holding import extend, hold
from stadtplatz.pools.actions.releasing import release, release_expired
from stadtplatz.pools.actions.supplying import (
    empty,
    set_available,
    supply,
    supply_first,
    supply_many,
    supply_missing,
    supply_new,
)
from stadtplatz.pools.rules import CapReached, ExtendedTooOften, HoldEnded, SoldOut

__all__ = [
    "CapReached",
    "ExtendedTooOften",
    "HoldEnded",
    "SoldOut",
    "confirm",
    "empty",
    "exchange",
    "extend",
    "forget",
    "give_back",
    "hold",
    "release",
    "release_expired",
    "set_available",
    "supply",
    "supply_first",
    "supply_many",
    "supply_missing",
    "supply_new",
]
