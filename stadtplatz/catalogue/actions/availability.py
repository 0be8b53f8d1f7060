"""When an offer can be had, and how many on one day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from stadtplatz.audit.actions import record
from stadtplatz.catalogue import facts, rules
from stadtplatz.catalogue.actions.offers import _locked, _may_edit
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.rules.availability import Availability, day_key
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.pools import actions as pools
from stadtplatz.pools import queries as levels
from stadtplatz.pools.rules import SoldOut


@transaction.atomic
def set_availability(*, offer: Offer, version: int, when: Availability, by: Actor, at: datetime | None = None) -> Offer:
    """The offer and its variants can be had then, and so many on one day. What was ordered for other days stays.

    A smaller number counts for days that orders were taken for already, as far as it is not promised. Refused: to all but owner and
    staff; Stale; when it could never be had; hours that end before they begin.
    """
    _may_edit(by, offer)
    today = clock.local(at or clock.now()).date()
    if when.begins and when.ends and when.ends <= when.begins:
        raise ActionRefused(_("The hours end before they begin."), code="hours")
    if when.next_day(today) is None:
        raise ActionRefused(_("On these days it could never be had."), code="never")
    fresh = _locked(offer, version)
    before = rules.read_availability(fresh.availability)
    if before == when:
        return fresh
    fresh.availability = when.as_json()
    fresh.version += 1
    fresh.save()
    family = [fresh, *fresh.variants.all()]
    Offer.objects.filter(pk__in=[one.pk for one in family]).update(availability=fresh.availability)
    if before.per_day and when.per_day:
        _bring_to(family, when.per_day - before.per_day, today)
    record(facts.EDITED, subject=fresh, by=by, at=at, offer=fresh.pk, fields=["availability"])
    return fresh


def begin_days(wanted: Iterable[tuple[Offer, date]]) -> None:
    """Each of these offers has a pool for the day, with the number the shop set for a day; offers without such a number have none."""
    first = {}
    for offer, day in wanted:
        if number := rules.read_availability(offer.availability).per_day:
            first[day_key(offer.pk, day)] = number
    if first:
        pools.supply_first(first)


def _bring_to(family: list[Offer], change: int, today: date) -> None:
    for offer in family:
        known = levels.between(day_key(offer.pk, today), day_key(offer.pk, today + timedelta(days=400)))
        for key in sorted(known):
            try:
                pools.supply(key, change)
            except SoldOut as refusal:
                pools.supply(key, -refusal.short[key][1])
