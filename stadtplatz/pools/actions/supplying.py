"""Putting into pools, and taking out what nobody has been promised."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F

from stadtplatz.pools.actions.moving import BATCH, in_batches, lock, move
from stadtplatz.pools.models import Pool
from stadtplatz.pools.rules import SoldOut


@transaction.atomic
def supply(key: str, quantity: int) -> None:
    """Add to a pool, creating it if need be. A negative quantity takes away what is still available.

    Refused with SoldOut if more would be taken away than is available: what is held or booked stays promised.
    """
    if not move(key, supplied=quantity, available=quantity):
        Pool.objects.bulk_create([Pool(key=key)], ignore_conflicts=True)
        if not move(key, supplied=quantity, available=quantity):
            raise SoldOut({key: (-quantity, _available(key))})


def supply_new(quantities: Mapping[str, int]) -> None:
    """Create many pools at once, each with its quantity, in one statement per 500. Refused (IntegrityError) if one exists."""
    Pool.objects.bulk_create(
        [Pool(key=key, supplied=quantity, available=quantity) for key, quantity in quantities.items()], batch_size=BATCH
    )


def supply_missing(keys: Iterable[str]) -> None:
    """Each of these pools exists, empty if it did not; in one statement."""
    Pool.objects.bulk_create([Pool(key=key) for key in sorted(set(keys))], ignore_conflicts=True, batch_size=BATCH)


def supply_first(quantities: Mapping[str, int]) -> None:
    """Each of these pools exists; one that did not begins with its quantity. One statement; pools that exist stay as they are."""
    Pool.objects.bulk_create(
        [Pool(key=key, supplied=quantity, available=quantity) for key, quantity in sorted(quantities.items())],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


@transaction.atomic
def supply_many(quantities: Mapping[str, int]) -> None:
    """Add to many pools that exist at once, each its quantity (below 0 takes away what is available), in few statements.

    All or nothing: refused with SoldOut if more would be taken away than is available in any of them. Unknown pools are an error (KeyError).
    """
    for keys in in_batches(sorted(quantities)):
        rows = Pool.objects.select_for_update().filter(key__in=keys).order_by("key")
        free = dict(rows.values_list("key", "available"))
        if unknown := set(keys) - free.keys():
            raise KeyError(unknown)
        if short := {key: (-quantities[key], free[key]) for key in keys if free[key] < -quantities[key]}:
            raise SoldOut(short)
        alike: dict[int, list[str]] = {}
        for key in keys:
            alike.setdefault(quantities[key], []).append(key)
        for change, some in alike.items():
            moved = {"available": F("available") + change, "supplied": F("supplied") + change}
            Pool.objects.filter(key__in=some).update(**moved)


@transaction.atomic
def set_available(key: str, quantity: int) -> None:
    """Say how many are free from now on ("there are 12 on the shelf"); what is held and booked stays and is not counted here.

    Refused (ValueError) below 0.
    """
    if quantity < 0:
        raise ValueError("A pool cannot have less than nothing.")
    Pool.objects.bulk_create([Pool(key=key)], ignore_conflicts=True)
    Pool.objects.filter(key=key).update(available=quantity, supplied=F("held") + F("booked") + quantity)


@transaction.atomic
def empty(keys: Iterable[str]) -> None:
    """Nothing is free in these pools any more; what is held and booked stays. In one statement per 500, in the order of the keys."""
    for some in in_batches(sorted(set(keys))):
        lock(some)
        Pool.objects.filter(key__in=some).update(available=0, supplied=F("held") + F("booked"))


def _available(key: str) -> int:
    return Pool.objects.values_list("available", flat=True).get(key=key)
