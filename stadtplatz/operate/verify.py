"""The invariants of an installation, read only: what must be true after any crash."""

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from stadtplatz.appointments.models import Appointment
from stadtplatz.cases.models import Case
from stadtplatz.kit.models import Job
from stadtplatz.kit.money import ZERO
from stadtplatz.orders.models import Order, OrderPart
from stadtplatz.pools.models import Hold, HoldLine, Pool


def complaints() -> list[str]:
    """Everything that should not be, as sentences; an empty list for a sound installation."""
    return [*_pools(), *_holds(), *_orders(), *_appointments(), *_cases(), *_jobs()]


def _pools() -> Iterator[str]:
    balanced = Q(supplied=F("available") + F("held") + F("booked"))
    for pool in Pool.objects.exclude(balanced):
        yield f"Pool {pool.key} is not balanced: {pool.supplied} supplied, {pool.available} + {pool.held} + {pool.booked} accounted for."


def _holds() -> Iterator[str]:
    """What pools say is held and booked must be what the holds say."""
    for state, column in ((Hold.HELD, "held"), (Hold.BOOKED, "booked")):
        lines = (
            HoldLine.objects.filter(hold__state=state).values("pool").annotate(total=Sum(F("quantity") - F("returned")))
        )
        claimed = {row["pool"]: row["total"] for row in lines}
        for pool in Pool.objects.filter(Q(pk__in=claimed) | Q(**{f"{column}__gt": 0})):
            if getattr(pool, column) != claimed.get(pool.pk, 0):
                yield f"Pool {pool.key}: {getattr(pool, column)} {column}, but the holds say {claimed.get(pool.pk, 0)}."


def _orders() -> Iterator[str]:
    for order in Order.objects.filter(parts__isnull=True):
        yield f"Order {order.number} has no part."
    for part in OrderPart.objects.select_related("order").prefetch_related("lines").iterator(chunk_size=500):
        if (goods := sum((line.amount for line in part.lines.all()), ZERO)) != part.goods:
            yield f"Order {part.order.number}: the lines of {part.shop_name} make {goods}, the part says {part.goods}."


def _appointments() -> Iterator[str]:
    """An appointment to come has its time, and the time it has is its own."""
    for row in Appointment.objects.filter(state__in=("requested", "booked"), hold=None):
        yield f"Appointment {row.number} has lost its time."
    held = Appointment.objects.filter(state__in=("requested", "booked"), hold__isnull=False).select_related("hold")
    for row in held.iterator(chunk_size=500):
        if row.hold and row.hold.state != Hold.BOOKED:
            yield f"Appointment {row.number}: its time is {row.hold.state}."


def _cases() -> Iterator[str]:
    for case in Case.objects.filter(unit__isnull=True):
        yield f"Case {case.number} belongs to no unit."


def _jobs() -> Iterator[str]:
    dead = Job.objects.filter(state=Job.DEAD).count()
    if dead:
        yield f"{dead} jobs are dead and wait for the operator."
