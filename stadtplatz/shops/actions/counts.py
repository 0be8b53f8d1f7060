"""How often a shop's page is opened: counts, no persons."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from stadtplatz.kit import clock
from stadtplatz.shops.models import DayCount, Shop


@transaction.atomic
def count_visit(*, shop: Shop, kind: str, at: datetime | None = None) -> None:
    """One more opening of the shop's page on this day. Nothing about who it was is written down."""
    day = clock.local(at or clock.now()).date()
    row, _is_new = DayCount.objects.get_or_create(shop=shop, day=day, kind=kind)
    DayCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
