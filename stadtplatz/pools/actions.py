"""Nothing scarce is promised twice.

Each pool changes by one conditional UPDATE, never by read, check and save. Locks are taken in one order everywhere - first the
hold's row, then its pools by key - so that two transactions cannot wait for each other. On PostgreSQL the row lock of the UPDATE
lasts until commit and so also guards the cap; on SQLite a transaction holds the only write lock.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum

from stadtplatz.kit import clock
from stadtplatz.pools.models import Hold, HoldLine, Pool
from stadtplatz.pools.rules import MAX_EXTENSIONS, CapReached, ExtendedTooOften, HoldEnded, SoldOut

Demand = Mapping[str, int] | Iterable[tuple[str, int]]


@transaction.atomic
def supply(key: str, quantity: int) -> None:
    """Add to a pool, creating it if need be. A negative quantity takes away what is still available.

    Refused with SoldOut if more would be taken away than is available: what is held or booked stays promised.
    """
    if not _move(key, supplied=quantity, available=quantity):
        Pool.objects.bulk_create([Pool(key=key)], ignore_conflicts=True)
        if not _move(key, supplied=quantity, available=quantity):
            raise SoldOut({key: (-quantity, _available(key))})


def supply_new(quantities: Mapping[str, int]) -> None:
    """Create many pools at once, each with its quantity, in one statement per 500. Refused (IntegrityError) if one exists."""
    Pool.objects.bulk_create(
        [Pool(key=key, supplied=quantity, available=quantity) for key, quantity in quantities.items()], batch_size=500
    )


def supply_missing(keys: Iterable[str]) -> None:
    """Each of these pools exists, empty if it did not; in one statement."""
    Pool.objects.bulk_create([Pool(key=key) for key in sorted(set(keys))], ignore_conflicts=True, batch_size=500)


def supply_first(quantities: Mapping[str, int]) -> None:
    """Each of these pools exists; one that did not begins with its quantity. One statement; pools that exist stay as they are."""
    Pool.objects.bulk_create(
        [Pool(key=key, supplied=quantity, available=quantity) for key, quantity in sorted(quantities.items())],
        ignore_conflicts=True,
        batch_size=500,
    )


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
def supply_many(quantities: Mapping[str, int]) -> None:
    """Add to many pools that exist at once, each its quantity (below 0 takes away what is available), in few statements.

    All or nothing: refused with SoldOut if more would be taken away than is available in any of them. Unknown pools are an error (KeyError).
    """
    for keys in _some(sorted(quantities)):
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


def _some(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), 500):
        yield keys[start : start + 500]


@transaction.atomic
def empty(keys: Iterable[str]) -> None:
    """Nothing is free in these pools any more; what is held and booked stays. In one statement per 500, in the order of the keys."""
    for some in _some(sorted(set(keys))):
        list(Pool.objects.select_for_update().filter(key__in=some).order_by("key").values_list("pk"))
        Pool.objects.filter(key__in=some).update(available=0, supplied=F("held") + F("booked"))


def hold(demand: Demand, *, contact: str, until: datetime, cap: int | Mapping[str, int] | None = None) -> Hold:
    """Take quantities out of several pools at once, all or nothing, until the given moment.

    `demand` maps keys to quantities above 0 or is a list of such pairs; a key named twice is summed first. `contact` is a
    pseudonymous key. `cap` bounds what one contact may hold unconfirmed per pool, for all pools or by key.
    Refused with SoldOut (`short`) or CapReached (`over`); then nothing is held. Before a refusal, holds that have run out on
    these pools are released and the attempt is repeated once. A pool nobody supplied counts as empty.
    """
    wanted = _summed(demand)
    if until <= clock.now():
        raise ValueError("A hold ends in the future.")
    try:
        return _take(wanted, contact, until, cap)
    except (SoldOut, CapReached):
        if not _make_room(wanted):
            raise
    return _take(wanted, contact, until, cap)


def extend(hold: Hold, until: datetime) -> Hold:
    """Keep a hold until a later moment; also one that has run out but was not released yet.

    Refused with HoldEnded when it is released or booked, with ExtendedTooOften after ten extensions; ValueError if not later.
    """
    if until <= clock.now():
        raise ValueError("A hold ends in the future.")
    changed = Hold.objects.filter(pk=hold.pk, state=Hold.HELD, extensions__lt=MAX_EXTENSIONS, until__lt=until).update(
        until=until, extensions=F("extensions") + 1
    )
    hold.refresh_from_db()
    if not changed:
        if hold.state != Hold.HELD:
            raise HoldEnded
        if hold.extensions >= MAX_EXTENSIONS:
            raise ExtendedTooOften
        raise ValueError("An extension ends later than before.")
    return hold


@transaction.atomic
def release(hold: Hold) -> bool:
    """Give a hold back unconfirmed. False (and nothing happens) when it is already released; HoldEnded when it is booked."""
    if not _advance(hold, Hold.RELEASED):
        if hold.state == Hold.BOOKED:
            raise HoldEnded
        return False
    for key, quantity in _lines(hold):
        _must_move(key, held=-quantity, available=quantity)
    return True


@transaction.atomic
def confirm(hold: Hold) -> bool:
    """Turn a hold into a booking, also when its time has run out but nobody released it yet.

    False (and nothing happens) when it is already booked. Refused with HoldEnded when it is released.
    """
    if not _advance(hold, Hold.BOOKED):
        if hold.state == Hold.RELEASED:
            raise HoldEnded
        return False
    for key, quantity in _lines(hold):
        _must_move(key, held=-quantity, booked=quantity)
    return True


@transaction.atomic
def give_back(hold: Hold, quantities: Demand | None = None) -> None:
    """Return booked quantities to their pools (a cancellation); without quantities everything that is still booked.

    Refused with HoldEnded unless the hold is booked, and with ValueError if more would come back than was booked.
    """
    hold.state = Hold.objects.select_for_update().values_list("state", flat=True).get(pk=hold.pk)
    if hold.state != Hold.BOOKED:
        raise HoldEnded
    rows = {line.pool.key: line for line in hold.lines.select_related("pool")}
    if quantities is None:
        back = {key: line.quantity - line.returned for key, line in rows.items() if line.quantity > line.returned}
    else:
        back = _summed(quantities)
    for key in sorted(back):
        line, quantity = rows.get(key), back[key]
        room = HoldLine.objects.filter(pk=line.pk, quantity__gte=F("returned") + quantity) if line else None
        if room is None or not room.update(returned=F("returned") + quantity):
            raise ValueError(f"More of {key} would come back than hold {hold.pk} booked.")
        _must_move(key, booked=-quantity, available=quantity)


@transaction.atomic
def exchange(booked: Hold, demand: Demand, *, contact: str = "", until: datetime) -> Hold:
    """A booking is given back and forgotten, another one taken in its place, all or nothing; returns the new one, booked.

    What the old booking gives back counts for the new one. All pools of both are locked first, in key order. Refused with
    SoldOut (then the old booking stands) and with HoldEnded if it is none (any more).
    """
    wanted = _summed(demand)
    keys = {*wanted, *booked.lines.values_list("pool__key", flat=True)}
    list(Pool.objects.select_for_update().filter(key__in=keys).order_by("key").values_list("pk"))
    give_back(booked)
    Hold.objects.filter(pk=booked.pk).delete()
    taken = hold(wanted, contact=contact, until=until)
    confirm(taken)
    return taken


@transaction.atomic
def forget(booked: Hold) -> int:
    """A booking whose time is over goes with its lines, and with pools that no other hold knows; returns how many pools went.

    For pools made for one moment, such as five minutes of a chair. Refused (HoldEnded) for a hold that is not booked.
    """
    if Hold.objects.select_for_update().values_list("state", flat=True).get(pk=booked.pk) != Hold.BOOKED:
        raise HoldEnded
    give_back(booked)
    pools = list(booked.lines.values_list("pool", flat=True))
    booked.delete()
    return Pool.objects.filter(pk__in=pools, holdline=None).delete()[0]


def release_expired(*, limit: int = 500) -> int:
    """Release holds whose time has run out, each in a transaction of its own; returns how many.

    Called every minute by a job. A hold that is being confirmed or extended at this moment is left alone.
    """
    due = Hold.objects.filter(state=Hold.HELD, until__lt=clock.now()).order_by("until")
    return sum(_release_expired_one(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _release_expired_one(pk: int) -> bool:
    expired = Hold.objects.select_for_update(skip_locked=True).filter(pk=pk, state=Hold.HELD, until__lt=clock.now())
    found = expired.first()
    return release(found) if found else False


@transaction.atomic
def _make_room(wanted: Iterable[str]) -> int:
    """Release what has run out on these pools without waiting for the job. Returns how many holds that were.

    Here all pools are locked first, in key order, and holds in somebody else's hands are passed over: the attempt to hold
    that follows in the same transaction then has its locks already and cannot close a circle.
    """
    due = Hold.objects.filter(state=Hold.HELD, until__lt=clock.now(), lines__pool__key__in=list(wanted))
    candidates = sorted(set(due.values_list("pk", flat=True)[:500]))
    if not candidates:
        return 0
    touched = HoldLine.objects.filter(hold__in=candidates).values_list("pool__key", flat=True)
    keys = sorted({*touched, *wanted})
    list(Pool.objects.select_for_update().filter(key__in=keys).order_by("key").values_list("pk"))
    free = Hold.objects.select_for_update(skip_locked=True).filter(
        pk__in=candidates, state=Hold.HELD, until__lt=clock.now()
    )
    mine = list(free.values_list("pk", flat=True))
    Hold.objects.filter(pk__in=mine).update(state=Hold.RELEASED, contact="")
    back = HoldLine.objects.filter(hold__in=mine).values_list("pool__key").annotate(Sum("quantity"))
    for key, quantity in sorted(back):
        _must_move(key, held=-quantity, available=quantity)
    return len(mine)


@transaction.atomic
def _take(wanted: dict[str, int], contact: str, until: datetime, cap: int | Mapping[str, int] | None) -> Hold:
    for key in sorted(wanted):
        if not _move(key, available=-wanted[key], held=wanted[key]):
            raise SoldOut(_short(wanted, missing=key))
    pools = dict(Pool.objects.filter(key__in=wanted).values_list("key", "pk"))
    if cap is not None:
        _check_cap(wanted, contact, cap)
    taken = Hold.objects.create(contact=contact, until=until, created_at=clock.now())
    HoldLine.objects.bulk_create(
        HoldLine(hold=taken, pool_id=pools[key], quantity=wanted[key]) for key in sorted(wanted)
    )
    return taken


def _check_cap(wanted: dict[str, int], contact: str, cap: int | Mapping[str, int]) -> None:
    """After the pools are locked, so that two attempts of one contact cannot both see the other's hold missing."""
    caps = {key: cap if isinstance(cap, int) else cap.get(key) for key in wanted}
    lines = HoldLine.objects.filter(hold__contact=contact, hold__state=Hold.HELD, pool__key__in=wanted)
    already = dict(lines.values_list("pool__key").annotate(Sum("quantity")))
    over = {
        key: (quantity, max(0, bound - already.get(key, 0)))
        for key, quantity in wanted.items()
        if (bound := caps[key]) is not None and already.get(key, 0) + quantity > bound
    }
    if over:
        raise CapReached(over)


def _move(key: str, **changes: int) -> int:
    """The conditional UPDATE: change the columns unless one would fall below zero. Returns how many rows changed (0 or 1)."""
    enough = {f"{column}__gte": -change for column, change in changes.items() if change < 0 and column != "supplied"}
    return Pool.objects.filter(key=key, **enough).update(
        **{column: F(column) + change for column, change in changes.items()}
    )


def _must_move(key: str, **changes: int) -> None:
    if not _move(key, **changes):
        raise RuntimeError(f"Pool {key} does not hold what its holds say: {changes}")


def _advance(hold: Hold, state: str) -> bool:
    """HELD to `state`, by exactly one caller, forgetting the contact; the given object learns the present state."""
    changed = Hold.objects.filter(pk=hold.pk, state=Hold.HELD).update(state=state, contact="")
    hold.state = state if changed else Hold.objects.values_list("state", flat=True).get(pk=hold.pk)
    return bool(changed)


def _lines(hold: Hold) -> list[tuple[str, int]]:
    return list(hold.lines.order_by("pool__key").values_list("pool__key", "quantity"))


def _summed(demand: Demand) -> dict[str, int]:
    wanted: dict[str, int] = {}
    for key, quantity in demand.items() if isinstance(demand, Mapping) else demand:
        if not isinstance(quantity, int) or quantity <= 0:
            raise ValueError(f"{key}: a quantity is a whole number above 0, not {quantity!r}.")
        wanted[key] = wanted.get(key, 0) + quantity
    if not wanted:
        raise ValueError("Nothing was asked for.")
    return wanted


def _short(wanted: dict[str, int], missing: str) -> dict[str, tuple[int, int]]:
    """What lacks. Called after part of the pools was taken, which are those with smaller keys than the missing one."""
    free = dict(Pool.objects.filter(key__in=wanted).values_list("key", "available"))
    short = {
        key: (quantity, free.get(key, 0))
        for key, quantity in wanted.items()
        if key > missing and free.get(key, 0) < quantity
    }
    return {missing: (wanted[missing], min(free.get(missing, 0), wanted[missing] - 1)), **short}


def _available(key: str) -> int:
    return Pool.objects.values_list("available", flat=True).get(key=key)


__all__ = [
    "CapReached",
    "ExtendedTooOften",
    "HoldEnded",
    "SoldOut",
    "confirm",
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
    "supply_missing",
    "supply_new",
]
