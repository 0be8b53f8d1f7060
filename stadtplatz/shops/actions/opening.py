"""When a shop is there: visible or not, pauses with an end, days that differ from the week."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.actions import record
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.refusals import ActionRefused, Stale
from stadtplatz.shops import documents, facts, rules
from stadtplatz.shops.actions.permission import must_manage, must_own
from stadtplatz.shops.hours import special
from stadtplatz.shops.hours.special import SpecialDays
from stadtplatz.shops.models import Shop

LONGEST_PAUSE = timedelta(days=400)


@transaction.atomic
def move_shop(
    *, shop: Shop, to: str, by: Actor, note: str = "", until: date | None = None, at: datetime | None = None
) -> Shop:
    """The shop is open, paused, closed or a draft again; `note` is what people read during a pause, `until` its last day.

    Refused: to all but owner and staff, and giving up to all but the owner; a way the shop cannot go from where it stands;
    becoming visible without an address, or with a counter that is not on the map; a pause that ends in the past or lasts longer
    than LONGEST_PAUSE.
    """
    (must_own if to == Shop.CLOSED else must_manage)(by, shop)
    fresh = Shop.objects.select_for_update().get(pk=shop.pk)
    if to not in rules.MOVES[fresh.state] or fresh.forgotten_at:
        raise ActionRefused(_("The shop cannot change like this from where it stands."), code="move")
    if to == Shop.OPEN and not (fresh.street and fresh.town and (not fresh.has_counter or fresh.lon)):
        raise ActionRefused(_("Before the shop becomes visible it needs an address."), code="address")
    today = clock.local(at or clock.now()).date()
    if to == Shop.PAUSED and until and not today <= until <= today + LONGEST_PAUSE:
        raise ActionRefused(_("The last day of the pause has to lie ahead, at most a year."), code="until")
    return _move(fresh, to, by, note=note, until=until, at=at)


@transaction.atomic
def end_pauses(*, at: datetime | None = None) -> int:
    """Every shop whose pause had a last day that is over is visible as open again; returns how many. For the hourly job."""
    today = clock.local(at or clock.now()).date()
    over = Shop.objects.select_for_update().filter(state=Shop.PAUSED, pause_until__lt=today)
    return len([_move(shop, Shop.OPEN, SYSTEM, at=at) for shop in over])


@transaction.atomic
def set_special_days(
    *, shop: Shop, version: int, days: Sequence[SpecialDays], by: Actor, at: datetime | None = None
) -> Shop:
    """On these days the shop keeps other hours than usual, or none; days that are over are dropped.

    Refused: to all but owner and staff; Stale; two rows for the same day; more than `special.MOST` rows.
    """
    must_manage(by, shop)
    today = clock.local(at or clock.now()).date()
    rows = sorted(row for row in days if row.last >= today)
    if any(one.overlaps(other) for one, other in pairwise(rows)):
        raise ActionRefused(_("Two of these rows name the same day."), code="overlap")
    if len(rows) > special.MOST:
        raise ActionRefused(_("These are too many rows. Please combine some."), code="many")
    kept = [row.as_json for row in rows]
    if not Shop.objects.filter(pk=shop.pk, version=version).update(version=F("version") + 1, special_days=kept):
        message = _("Somebody else changed this shop in the meantime. Nothing was saved; please compare.")
        raise Stale(message, current=Shop.objects.get(pk=shop.pk))
    record(facts.EDITED, subject=shop, by=by, at=at, shop=shop.pk, fields=["special_days"])
    return Shop.objects.get(pk=shop.pk)


def _move(
    shop: Shop, to: str, by: Actor, *, note: str = "", until: date | None = None, at: datetime | None = None
) -> Shop:
    now = at or clock.now()
    before, shop.state = shop.state, to
    shop.pause_note = note.strip()[:200] if to == Shop.PAUSED else ""
    shop.pause_until = until if to == Shop.PAUSED else None
    shop.opened_at = shop.opened_at or (now if to == Shop.OPEN else None)
    shop.closed_at = now if to == Shop.CLOSED else None
    shop.version += 1
    shop.save()
    record(facts.MOVED, subject=shop, by=by, at=at, shop=shop.pk, before=before, after=to)
    documents.push_shop(shop)
    return shop
