"""Giving back what was held and not confirmed."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Sum

from stadtplatz.kit import clock
from stadtplatz.pools.actions.moving import advance, lines_of, lock, must_move
from stadtplatz.pools.models import Hold, HoldLine
from stadtplatz.pools.rules import HoldEnded


@transaction.atomic
def release(hold: Hold) -> bool:
    """Give a hold back unconfirmed. False (and nothing happens) when it is already released; HoldEnded when it is booked."""
    if not advance(hold, Hold.RELEASED):
        if hold.state == Hold.BOOKED:
            raise HoldEnded
        return False
    for key, quantity in lines_of(hold):
        must_move(key, held=-quantity, available=quantity)
    return True


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
def make_room(wanted: Iterable[str]) -> int:
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
    lock(keys)
    free = Hold.objects.select_for_update(skip_locked=True).filter(
        pk__in=candidates, state=Hold.HELD, until__lt=clock.now()
    )
    mine = list(free.values_list("pk", flat=True))
    Hold.objects.filter(pk__in=mine).update(state=Hold.RELEASED, contact="")
    back = HoldLine.objects.filter(hold__in=mine).values_list("pool__key").annotate(Sum("quantity"))
    for key, quantity in sorted(back):
        must_move(key, held=-quantity, available=quantity)
    return len(mine)
