"""Taking out of pools for a while, all or nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum

from stadtplatz.kit import clock
from stadtplatz.pools.actions.moving import move
from stadtplatz.pools.actions.releasing import make_room
from stadtplatz.pools.models import Hold, HoldLine, Pool
from stadtplatz.pools.rules import MAX_EXTENSIONS, CapReached, ExtendedTooOften, HoldEnded, SoldOut

Demand = Mapping[str, int] | Iterable[tuple[str, int]]


def hold(demand: Demand, *, contact: str, until: datetime, cap: int | Mapping[str, int] | None = None) -> Hold:
    """Take quantities out of several pools at once, all or nothing, until the given moment.

    `demand` maps keys to quantities above 0 or is a list of such pairs; a key named twice is summed first. `contact` is a
    pseudonymous key. `cap` bounds what one contact may hold unconfirmed per pool, for all pools or by key.
    Refused with SoldOut (`short`) or CapReached (`over`); then nothing is held. Before a refusal, holds that have run out on
    these pools are released and the attempt is repeated once. A pool nobody supplied counts as empty.
    """
    wanted = summed(demand)
    if until <= clock.now():
        raise ValueError("A hold ends in the future.")
    try:
        return _take(wanted, contact, until, cap)
    except (SoldOut, CapReached):
        if not make_room(wanted):
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


def summed(demand: Demand) -> dict[str, int]:
    """The demand with each key once. ValueError for quantities that are none, and for an empty demand."""
    wanted: dict[str, int] = {}
    for key, quantity in demand.items() if isinstance(demand, Mapping) else demand:
        if not isinstance(quantity, int) or quantity <= 0:
            raise ValueError(f"{key}: a quantity is a whole number above 0, not {quantity!r}.")
        wanted[key] = wanted.get(key, 0) + quantity
    if not wanted:
        raise ValueError("Nothing was asked for.")
    return wanted


@transaction.atomic
def _take(wanted: dict[str, int], contact: str, until: datetime, cap: int | Mapping[str, int] | None) -> Hold:
    for key in sorted(wanted):
        if not move(key, available=-wanted[key], held=wanted[key]):
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


def _short(wanted: dict[str, int], missing: str) -> dict[str, tuple[int, int]]:
    """What lacks. Called after part of the pools was taken, which are those with smaller keys than the missing one."""
    free = dict(Pool.objects.filter(key__in=wanted).values_list("key", "available"))
    short = {
        key: (quantity, free.get(key, 0))
        for key, quantity in wanted.items()
        if key > missing and free.get(key, 0) < quantity
    }
    return {missing: (wanted[missing], min(free.get(missing, 0), wanted[missing] - 1)), **short}
