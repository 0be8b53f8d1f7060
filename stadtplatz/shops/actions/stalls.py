"""On which market a shop stands when."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops import facts
from stadtplatz.shops.actions.permission import must_manage
from stadtplatz.shops.models import Shop, StallTime

MOST_STALL_TIMES = 14


@transaction.atomic
def add_stall_time(
    *, shop: Shop, weekday: int, begins: time, ends: time, where: str, note: str = "", by: Actor, at: datetime | None = None,
) -> StallTime:  # fmt: skip
    """The shop's page says that it stands there on this day of the week. Refused: to all but owner and staff; an end before the
    beginning; without a place; beyond MOST_STALL_TIMES."""
    must_manage(by, shop)
    Shop.objects.select_for_update().get(pk=shop.pk)
    if ends <= begins:
        raise ActionRefused(_("The end lies before the beginning."), code="ends")
    if not where.strip():
        raise ActionRefused(_("Please say on which market."), code="where")
    if StallTime.objects.filter(shop=shop).count() >= MOST_STALL_TIMES:
        raise ActionRefused(_("That are too many market days for one shop."), code="many")
    row = StallTime.objects.create(
        shop=shop, weekday=weekday, begins=begins, ends=ends, where=where.strip()[:80], note=note.strip()[:120]
    )
    _record(shop, by, at)
    return row


@transaction.atomic
def remove_stall_time(*, stall_time: StallTime, by: Actor, at: datetime | None = None) -> None:
    """The shop's page no longer says so. Refused to all but owner and staff."""
    must_manage(by, stall_time.shop)
    shop = stall_time.shop
    stall_time.delete()
    _record(shop, by, at)


def _record(shop: Shop, by: Actor, at: datetime | None) -> None:
    record(facts.EDITED, subject=shop, by=by, at=at, shop=shop.pk, fields=["stall_times"])
