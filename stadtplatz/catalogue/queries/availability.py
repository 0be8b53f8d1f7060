"""Reading when an offer can be had."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from stadtplatz.catalogue import rules
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.rules.availability import SOON, Availability, day_key, in_words
from stadtplatz.kit import clock
from stadtplatz.pools import queries as pools


@dataclass(frozen=True)
class When:
    """For a page: `words` say when it can be had, `again` is the next day if that is not today, `too_late` why it cannot be ordered now."""

    words: str
    again: date | None = None
    too_late: str = ""
    per_day: int | None = None


def when_of(offer: Offer, today: date | None = None) -> When | None:
    """When the offer can be had; None if nothing is said about it. No query."""
    if not offer.availability:
        return None
    when, today = rules.read_availability(offer.availability), today or clock.today()
    following = when.next_day(today)
    again = following if following and following > today else None
    return When(in_words(when, today), again, not_now(when, today), when.per_day)


def not_now(when: Availability, today: date) -> str:
    """Why it cannot be ordered at the moment; empty if it can be had within a week."""
    following = when.next_day(today)
    if following is None:
        return _("This cannot be had any more.")
    if following - today > SOON:
        return _("To be had again from {day} on.").format(day=formats.date_format(following, "j. F Y"))
    return ""


def free_on(wanted: Iterable[tuple[Offer, date]]) -> dict[tuple[int, date], int]:
    """How many of each of these offers are left for the day, by offer and day; only of those with a number for a day. At most one query."""
    numbers = {}
    for offer, day in wanted:
        if offer.availability and (number := rules.read_availability(offer.availability).per_day):
            numbers[offer.pk, day] = number
    if not numbers:
        return {}
    known = pools.levels([day_key(*pair) for pair in numbers])
    levels = {pair: known[day_key(*pair)] for pair in numbers}
    return {pair: number if not levels[pair].supplied else levels[pair].available for pair, number in numbers.items()}
