"""Turning holds into bookings, and bookings back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from stadtplatz.pools.actions.holding import Demand, hold, summed
from stadtplatz.pools.actions.moving import advance, lines_of, lock, must_move
from stadtplatz.pools.models import Hold, HoldLine, Pool
from stadtplatz.pools.rules import HoldEnded


@transaction.atomic
def confirm(hold: Hold) -> bool:
    """Turn a hold into a booking, also when its time has run out but nobody released it yet.

    False (and nothing happens) when it is already booked. Refused with HoldEnded when it is released.
    """
    if not advance(hold, Hold.BOOKED):
        if hold.state == Hold.RELEASED:
            raise HoldEnded
        return False
    for key, quantity in lines_of(hold):
        must_move(key, held=-quantity, booked=quantity)
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
        back = summed(quantities)
    for key in sorted(back):
        line, quantity = rows.get(key), back[key]
        room = HoldLine.objects.filter(pk=line.pk, quantity__gte=F("returned") + quantity) if line else None
        if room is None or not room.update(returned=F("returned") + quantity):
            raise ValueError(f"More of {key} would come back than hold {hold.pk} booked.")
        must_move(key, booked=-quantity, available=quantity)


@transaction.atomic
def exchange(booked: Hold, demand: Demand, *, contact: str = "", until: datetime) -> Hold:
    """A booking is given back and forgotten, another one taken in its place, all or nothing; returns the new one, booked.

    What the old booking gives back counts for the new one. All pools of both are locked first, in key order. Refused with
    SoldOut (then the old booking stands) and with HoldEnded if it is none (any more).
    """
    wanted = summed(demand)
    keys = {*wanted, *booked.lines.values_list("pool__key", flat=True)}
    lock(keys)
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
