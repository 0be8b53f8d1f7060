"""Reading pools."""

from collections.abc import Iterable
from dataclasses import dataclass

from stadtplatz.kit.rows import Written
from stadtplatz.pools.models import Hold, Pool

FEW, PAGE = 8, 24
"""So many pools are asked for by statements written once: the page of an offer asks for five, a page of a list for 24, and thousands of people
ask for them."""
OF_SOME = {
    size: Written(
        lambda **keys: Pool.objects.filter(key__in=list(keys.values())).only("key", "available"),
        **{f"key_{number}": str for number in range(size)},
    )
    for size in (FEW, PAGE)
}


@dataclass(frozen=True)
class Level:
    """How a pool stands: supplied = available + held + booked."""

    supplied: int = 0
    available: int = 0
    held: int = 0
    booked: int = 0


def available(keys: Iterable[str]) -> dict[str, int]:
    """What is free in each of these pools; 0 for a pool nobody supplied. One query for any number of keys."""
    wanted = list(keys)
    if 0 < len(wanted) <= PAGE:
        size = FEW if len(wanted) <= FEW else PAGE
        padded = wanted + wanted[-1:] * (size - len(wanted))
        rows = OF_SOME[size](**{f"key_{number}": key for number, key in enumerate(padded)})
        found = {row.key: row.available for row in rows}
    else:
        found = dict(Pool.objects.filter(key__in=wanted).values_list("key", "available"))
    return {key: found.get(key, 0) for key in wanted}


def levels(keys: Iterable[str]) -> dict[str, Level]:
    """All four numbers of each of these pools. One query for any number of keys."""
    wanted = list(keys)
    rows = Pool.objects.filter(key__in=wanted).values_list("key", "supplied", "available", "held", "booked")
    found = {key: Level(*numbers) for key, *numbers in rows}
    return {key: found.get(key, Level()) for key in wanted}


def lines_of(hold: Hold) -> dict[str, int]:
    """What the hold still has of each pool: taken less returned."""
    rows = hold.lines.values_list("pool__key", "quantity", "returned")
    return {key: quantity - returned for key, quantity, returned in rows}


def between(first: str, last: str) -> dict[str, Level]:
    """The pools whose keys lie between these two, both included; one query.

    For keys of one prefix and one length, such as numbered times, so that every database sorts them alike.
    """
    rows = Pool.objects.filter(key__gte=first, key__lte=last)
    found = rows.values_list("key", "supplied", "available", "held", "booked")
    return {key: Level(*numbers) for key, *numbers in found if len(key) == len(first)}
