"""What orders do by the clock."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.jobs import every, job
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, flow, quoting, reactions, reserving, rules
from stadtplatz.orders.models import OrderPart, Quote, Reservation, WeightQuestion

BATCH = 200


@every(timedelta(minutes=15))
@job(max_attempts=3)
def close_what_is_over() -> None:
    """What a shop never answered lapses when its slot is over; what nobody collected goes back on sale three days later."""
    now = clock.now()
    _advance_all(OrderPart.objects.filter(state=flow.PLACED, ends_at__lt=now), "lapse")
    late = OrderPart.objects.filter(state__in=(flow.CONFIRMED, flow.READY), ends_at__lt=now - rules.COLLECT_GRACE)
    _advance_all(late, "expire")


@every(timedelta(minutes=30))
@job(max_attempts=3)
def remind_to_collect() -> None:
    """Whoever did not come to the slot is reminded once, an hour after it."""
    waiting = OrderPart.objects.filter(
        state=flow.READY, reminded_at=None, ends_at__lt=clock.now() - timedelta(hours=1)
    ).select_related("order__guest", "order__person", "shop")
    for part in waiting.order_by("pk")[:BATCH]:
        reactions.remind(part)
        OrderPart.objects.filter(pk=part.pk, reminded_at=None).update(reminded_at=clock.now())


@every(timedelta(minutes=15))
@job(max_attempts=3)
def close_weights() -> None:
    """Questions about a higher weight that nobody answered in time are over; the bound holds."""
    late = WeightQuestion.objects.select_related("line").filter(answer=WeightQuestion.OPEN, until__lte=clock.now())
    for question in late.order_by("pk")[:BATCH]:
        actions.close_weight(question)


@every(timedelta(hours=6))
@job(max_attempts=3)
def forget_old_baskets() -> None:
    """Baskets nobody has touched for 30 days are forgotten, with the contact somebody may have typed."""
    while actions.forget_old(before=clock.now() - rules.BASKET_KEPT, limit=BATCH) == BATCH:
        continue


@every(timedelta(minutes=5))
@job(max_attempts=3)
def end_what_lies_aside() -> None:
    """What was put aside and not fetched in time goes back on sale, and whoever wanted it is told."""
    over = Reservation.objects.filter(state__in=reserving.OPEN, until__lt=clock.now())
    _each(
        over.order_by("until"),
        lambda row: actions.move_reservation(row, move="end", by=SYSTEM, expected_version=row.version),
    )


@every(timedelta(hours=6))
@job(max_attempts=3)
def forget_reservers() -> None:
    """Contacts leave what has been over for two weeks; the counting keys of no-shows go after 60 days."""
    while actions.forget_reservers(limit=BATCH) == BATCH:
        continue


@every(timedelta(hours=1))
@job(max_attempts=3)
def end_quotes() -> None:
    """Prices whose last day is over, and questions no shop answered for 30 days, end; both sides read it on the page."""
    now = clock.now()
    late = Q(state=quoting.OFFERED, valid_until__lt=clock.today()) | Q(
        state=quoting.ASKED, asked_at__lt=now - rules.QUOTE_WAITS
    )
    _each(
        Quote.objects.filter(late).order_by("pk"),
        lambda row: actions.move_quote(row, move="end", by=SYSTEM, expected_version=row.version),
    )


@every(timedelta(hours=6))
@job(max_attempts=3)
def forget_quotes() -> None:
    """Words and contacts leave questions for a price that have been over for 60 days."""
    while actions.forget_quotes(limit=BATCH) == BATCH:
        continue


def _advance_all(parts, move: str) -> None:
    _each(parts.order_by("pk"), lambda part: actions.advance(part, move=move, by=SYSTEM, expected_version=part.version))


def _each(rows: QuerySet[Any], act: Callable[[Any], object]) -> None:
    """Do it to the first BATCH of them; what somebody moved at this very moment is passed over."""
    for row in rows[:BATCH]:
        with suppress(ActionRefused):
            act(row)
