"""When something can be had: weekdays, hours, a season of every year, single days, and how many on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from stadtplatz.kit import clock

AHEAD = 400
"""So many days are looked through for the next one on which it can be had."""
SOON = timedelta(days=7)
"""What can be had within these days may lie in a basket."""

MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Availability:
    """When an offer can be collected. Nothing said means: whenever the shop hands out.

    `season` runs from one month and day to another of every year, both included, over New Year if it ends before it begins.
    `days` are single days beside weekdays and season; with neither of those they are the only ones. `begins` and `ends` are local
    hours within which the collection begins; on nights when the clock changes they mean what the clock on the wall says.
    """

    weekdays: frozenset[int] = frozenset()
    begins: time | None = None
    ends: time | None = None
    season: tuple[MonthDay, MonthDay] | None = None
    days: frozenset[date] = frozenset()
    per_day: int | None = None

    def on(self, day: date) -> bool:
        """Whether it can be had on this day."""
        if day in self.days:
            return True
        if self.days and not self.weekdays and not self.season:
            return False
        return (not self.weekdays or day.weekday() in self.weekdays) and self._in_season(day)

    def at(self, moment: datetime) -> bool:
        """Whether a collection may begin at this moment."""
        here = clock.local(moment)
        hour = here.time().replace(tzinfo=None)
        return (
            self.on(here.date())
            and (self.begins is None or hour >= self.begins)
            and (self.ends is None or hour < self.ends)
        )

    def next_day(self, since: date) -> date | None:
        """The first day from `since` on on which it can be had; None if there is none for more than a year."""
        coming = (since + timedelta(days=offset) for offset in range(AHEAD))
        return next((day for day in coming if self.on(day)), None)

    def _in_season(self, day: date) -> bool:
        if self.season is None:
            return True
        first, last = self.season
        now = (day.month, day.day)
        return first <= now <= last if first <= last else now >= first or now <= last

    def as_json(self) -> dict[str, Any]:
        """As an offer keeps it; empty if nothing is said."""
        said: dict[str, Any] = {
            "weekdays": sorted(self.weekdays),
            "begins": self.begins.isoformat("minutes") if self.begins else "",
            "ends": self.ends.isoformat("minutes") if self.ends else "",
            "season": [f"{month:02d}-{day:02d}" for month, day in self.season] if self.season else [],
            "days": sorted(day.isoformat() for day in self.days),
            "per_day": self.per_day,
        }
        return {name: value for name, value in said.items() if value}


def read_availability(stored: dict[str, Any]) -> Availability:
    """What an offer keeps, understood."""
    season = [(int(part[:2]), int(part[3:])) for part in stored.get("season", [])]
    return Availability(
        weekdays=frozenset(stored.get("weekdays", [])),
        begins=time.fromisoformat(stored["begins"]) if stored.get("begins") else None,
        ends=time.fromisoformat(stored["ends"]) if stored.get("ends") else None,
        season=(season[0], season[1]) if season else None,
        days=frozenset(date.fromisoformat(day) for day in stored.get("days", [])),
        per_day=stored.get("per_day"),
    )


def day_key(offer_id: int, day: date) -> str:
    """The pool of what can be had of this offer on this day, where the shop has set a number."""
    return f"day:{offer_id}:{day.isoformat()}"


def in_words(when: Availability, today: date) -> str:
    """`on Thu, Fri and Sat, from 7:00 to 11:00, from 15 April to 24 June`; empty where nothing is said."""
    parts = []
    if when.weekdays:
        monday = date(2024, 1, 1)
        names = [formats.date_format(monday + timedelta(days=number), "D") for number in sorted(when.weekdays)]
        parts.append(_("on {days}").format(days=", ".join(names)))
    if when.season:
        first, last = (formats.date_format(date(2024, *one), "j. F") for one in when.season)
        parts.append(_("from {first} to {last}").format(first=first, last=last))
    if coming := [day for day in sorted(when.days) if day >= today]:
        named = ", ".join(formats.date_format(day, "j. F") for day in coming[:6])
        parts.append(_("on {days}").format(days=named))
    begins, ends = (formats.time_format(hour, "H:i") if hour else "" for hour in (when.begins, when.ends))
    if begins and ends:
        parts.append(_("{begins} to {ends}").format(begins=begins, ends=ends))
    elif begins or ends:
        parts.append(_("from {begins}").format(begins=begins) if begins else _("until {ends}").format(ends=ends))
    return "; ".join(parts)
