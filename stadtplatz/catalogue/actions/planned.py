"""Prices that are to hold later, and the switch when their moment comes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue import facts, rules
from stadtplatz.catalogue.actions.prices import locked, switch_price
from stadtplatz.catalogue.models import Offer, PlannedPrice
from stadtplatz.kit import clock
from stadtplatz.kit.actors import SYSTEM, Actor
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed

FARTHEST = timedelta(days=366)
MOST_WAITING = 20


@transaction.atomic
def plan_price(
    *, offer: Offer, price: Money, starts_at: datetime, ends_at: datetime | None = None, announce: bool = False,
    by: Actor, at: datetime | None = None,
) -> PlannedPrice:  # fmt: skip
    """From `starts_at` on the offer costs this; at `ends_at`, if given, again what it would have cost without this plan.

    The switch is made by a job; what pages show and what is charged change in one moment. `announce` shows it as a reduction,
    measured when its moment comes (§ 11 PAngV). Refused: to all but owner and staff; a moment that is past, more than a year
    away or taken; a span with another switch in it; a price not above zero; an announcement that lowers nothing.
    """
    if not rules.may_edit(by, offer):
        raise NotAllowed(_("Only the owner and staff of the shop may change its offers."))
    at = at or clock.now()
    fresh = locked(offer)
    waiting = list(fresh.planned_prices.filter(state=PlannedPrice.WAITING).select_related("ends"))
    _check_span(waiting, starts_at, ends_at, at)
    switches = [rules.Switch(row.at, row.price) for row in waiting]
    otherwise = rules.price_at(fresh.price, switches, starts_at)
    if price.cents <= 0:
        raise ActionRefused(_("A price is above zero."), code="price")
    if announce and price >= otherwise:
        raise ActionRefused(
            _("This is not a reduction: until then it costs {price}.").format(price=otherwise), code="no-reduction"
        )
    begin = PlannedPrice.objects.create(offer=fresh, at=starts_at, price=price, announce=announce)
    if ends_at:
        PlannedPrice.objects.create(offer=fresh, at=ends_at, price=otherwise, ends=begin)
    record(facts.PLANNED, subject=fresh, by=by, at=at, offer=fresh.pk, after=price.cents)
    return begin


@transaction.atomic
def drop_plan(*, plan: PlannedPrice, by: Actor, at: datetime | None = None) -> None:
    """The planned price will not come, nor the return from it. Refused to all but owner and staff, and once it is in force."""
    if not rules.may_edit(by, plan.offer):
        raise NotAllowed(_("Only the owner and staff of the shop may change its offers."))
    locked(plan.offer)
    deleted = PlannedPrice.objects.filter(pk=plan.pk, state=PlannedPrice.WAITING)
    if not deleted.exists():
        raise ActionRefused(_("This price is already in force."), code="in-force")
    PlannedPrice.objects.filter(ends=plan, state=PlannedPrice.WAITING).delete()
    deleted.delete()
    record(facts.PLANNED, subject=plan.offer, by=by, at=at, offer=plan.offer_id, after=None)


@transaction.atomic
def switch_due(offer_id: int, *, at: datetime | None = None) -> int:
    """The offer costs what its last due switch says, from this very moment: only what pages showed was ever in force.

    Earlier ones that a standing worker missed are passed over. A special offer will end at the price it began from, also if that was
    changed since it was planned. A reduction that is none any more is switched without announcing
    it. Doing it twice changes nothing. Returns how many switches were due.
    """
    at = at or clock.now()
    fresh = locked(Offer(pk=offer_id))
    due = list(fresh.planned_prices.filter(state=PlannedPrice.WAITING, at__lte=at).order_by("at"))
    if not due:
        return 0
    last, before = due[-1], fresh.price
    PlannedPrice.objects.filter(pk__in=[row.pk for row in due[:-1]]).update(state=PlannedPrice.PASSED)
    try:
        with transaction.atomic():
            switch_price(fresh, last.price, announce=last.announce, by=SYSTEM, at=at)
        last.state = PlannedPrice.DONE
    except ActionRefused:
        switch_price(locked(fresh), last.price, announce=False, by=SYSTEM, at=at)
        last.state = PlannedPrice.PLAIN
    last.save(update_fields=["state"])
    PlannedPrice.objects.filter(ends=last, state=PlannedPrice.WAITING).update(price=before)
    return len(due)


def switch_all_due(*, at: datetime | None = None) -> int:
    """Make every switch whose moment has come, each offer in a transaction of its own; returns how many offers changed."""
    at = at or clock.now()
    due = PlannedPrice.objects.filter(state=PlannedPrice.WAITING, at__lte=at).order_by().values_list("offer").distinct()
    return sum(bool(switch_due(offer_id, at=at)) for (offer_id,) in list(due))


def _check_span(waiting: list[PlannedPrice], starts_at: datetime, ends_at: datetime | None, at: datetime) -> None:
    if starts_at <= at:
        raise ActionRefused(_("Please choose a moment that is still to come."), code="past")
    if (ends_at or starts_at) > at + FARTHEST:
        raise ActionRefused(_("Prices can be planned for one year at most."), code="far")
    if ends_at and ends_at <= starts_at:
        raise ActionRefused(_("The end comes after the beginning."), code="order")
    if len(waiting) + 2 > MOST_WAITING:
        raise ActionRefused(_("There are enough planned prices for this offer already."), code="many")
    within = any(starts_at <= row.at <= (ends_at or starts_at) for row in waiting)
    inside_special_offer = any(row.ends and row.ends.at < starts_at < row.at for row in waiting)
    if within or (inside_special_offer and not ends_at):
        raise ActionRefused(
            _("In this time another planned price begins or ends. Two prices never hold at once."), code="overlap"
        )
