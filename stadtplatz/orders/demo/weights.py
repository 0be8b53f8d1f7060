"""A cheese that turned out larger: the shop of the demo asks whether it may charge all of it."""

from datetime import datetime, timedelta

from stadtplatz.kit.actors import Actor
from stadtplatz.orders import actions, flow, rules
from stadtplatz.orders.models import OrderLine


def build(now: datetime, keepers: dict[int, Actor]) -> None:
    """One question that still waits for its answer, at the first order with loose goods that nobody has weighed."""
    soon = now + rules.WEIGHT_LEAST + timedelta(hours=1)
    rows = OrderLine.objects.select_related("part__order").filter(
        grams__isnull=False, weighed=None, part__state=flow.CONFIRMED, part__starts_at__gt=soon, part__shop__in=keepers
    )
    line = rows.order_by("part__starts_at", "pk").first()
    if line is None or not line.grams:
        return
    keeper = keepers[line.part.shop_id]
    actions.weigh(line.part, grams={line.pk: line.grams * 13 // 10}, by=keeper, at=now)
    actions.ask_weight(OrderLine.objects.get(pk=line.pk), by=keeper, at=now)
