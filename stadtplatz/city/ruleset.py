"""Which of a set of rules answers for something: the most special one that fits, whatever their order in a list.

Of two rules that fit, the first difference in this order decides (the same order stands in docs/responsibility.md):

1. the duty: `roads.pothole` before `roads` before `*`;
2. the place: a street, then an area drawn for the rule, then a district, then the whole town; of two areas or districts the smaller;
3. a class of streets before none;
4. the time: certain hours before none, then certain weekdays, then a season.

Two rules that could both fit and are equally special are a tie, which is refused when a rule is saved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property, lru_cache
from typing import Any

from stadtplatz.city.kept import organisation
from stadtplatz.city.models import Duty, Street
from stadtplatz.city.models.duty import ROADS
from stadtplatz.city.shapes import Outline
from stadtplatz.city.spots import district_line, street_at
from stadtplatz.kit import clock

WHOLE_TOWN, DISTRICT, AREA, STREET = 0, 1, 2, 3
ALL_WEEK = "1234567"


@dataclass
class Situation:
    """What is asked: a duty at a place at a time. What lies at the place is looked up only if a rule wants to know."""

    code: str
    place: tuple[float, float] | None
    at: datetime

    @cached_property
    def codes(self) -> list[str]:
        parts = self.code.split(".")
        return [".".join(parts[:n]) for n in range(len(parts), 0, -1)] + [Duty.EVERYTHING_ELSE]

    @cached_property
    def districts(self) -> set[int]:
        return {row.pk for row in district_line(*self.place)} if self.place else set()

    @cached_property
    def street(self) -> Street | None:
        return street_at(*self.place) if self.place else None

    @cached_property
    def moment(self) -> datetime:
        return clock.local(self.at)


def rules_for(codes: Iterable[str]) -> list[Duty]:
    """The rules in force that one of these codes could fall under; shared by everybody, not to be changed."""
    return organisation().rules_for(codes)


def rules_in_force() -> list[Duty]:
    """All rules that hold now."""
    return _with_names(Duty.objects.filter(ended=False, planned=False))


def rules_as_planned() -> list[Duty]:
    """All rules that would hold if the plan were adopted."""
    planned = _with_names(Duty.objects.filter(planned=True))
    replaced = {row.replaces_id for row in planned}
    return [row for row in rules_in_force() if row.pk not in replaced] + [row for row in planned if not row.ended]


def choose(rules: Iterable[Duty], situation: Situation) -> Duty | None:
    """The most special of these rules that fits the situation; None if none does."""
    return max(
        (rule for rule in rules if fits(rule, situation)), key=lambda rule: (*rank(rule), -rule.pk), default=None
    )


def fits(rule: Duty, now: Situation) -> bool:
    """Whether the rule covers the situation."""
    return rule.code in now.codes and _in_time(rule, now.moment) and _in_place(rule, now)


def rank(rule: Duty) -> tuple[Any, ...]:
    """How special the rule is, in the order written above; the greater the more special."""
    depth = 0 if rule.code == Duty.EVERYTHING_ELSE else rule.code.count(".") + 1
    hours = rule.from_time is not None
    time_rank = (hours, bool(rule.weekdays), bool(rule.season_from))
    return (depth, *_place_rank(rule), bool(rule.street_class), *time_rank)


def tie_of(rule: Duty, others: Iterable[Duty]) -> Duty | None:
    """The rule among the others that could fit at the same time and is just as special; None if every case is clear."""
    return next((other for other in others if rank(other) == rank(rule) and _could_meet(rule, other)), None)


def _place_rank(rule: Duty) -> tuple[int, float]:
    if rule.street_id:
        return STREET, 0.0
    if rule.area:
        return AREA, -_outline(rule).area
    if rule.district:
        return DISTRICT, -(rule.district.east - rule.district.west) * (rule.district.north - rule.district.south)
    return WHOLE_TOWN, 0.0


def _in_place(rule: Duty, now: Situation) -> bool:
    if rule.district_id and rule.district_id not in now.districts:
        return False
    if rule.area and not (now.place and _outline(rule).contains(*now.place)):
        return False
    if rule.street_id and (now.street is None or now.street.pk != rule.street_id):
        return False
    return not rule.street_class or (now.street is not None and now.street.road_class in ROADS[rule.street_class])


def _in_time(rule: Duty, moment: datetime) -> bool:
    if rule.weekdays and str(moment.isoweekday()) not in rule.weekdays:
        return False
    start, end = rule.from_time, rule.until_time
    if start is not None and end is not None and not _between(start, end, moment.time()):
        return False
    day = f"{moment:%m-%d}"
    return not rule.season_from or _around(rule.season_from, rule.season_until, day)


def _between(start: time, end: time, now: time) -> bool:
    return start <= now < end if start < end else now >= start or now < end


def _around(start: str, end: str, day: str) -> bool:
    return start <= day <= end if start <= end else day >= start or day <= end


def _could_meet(one: Duty, other: Duty) -> bool:
    if one.code != other.code or one.pk == other.pk:
        return False
    for name in ("district_id", "street_id", "street_class"):
        given = (getattr(one, name), getattr(other, name))
        if all(given) and given[0] != given[1]:
            return False
    if one.area and other.area and not _overlap(one.area, other.area):
        return False
    if not set(one.weekdays or ALL_WEEK) & set(other.weekdays or ALL_WEEK):
        return False
    return _hours_meet(one, other) and _seasons_meet(one, other)


def _hours_meet(one: Duty, other: Duty) -> bool:
    if one.from_time is None or one.until_time is None or other.from_time is None or other.until_time is None:
        return True
    return _between(one.from_time, one.until_time, other.from_time) or _between(
        other.from_time, other.until_time, one.from_time
    )


def _seasons_meet(one: Duty, other: Duty) -> bool:
    if not (one.season_from and other.season_from):
        return True
    return _around(one.season_from, one.season_until, other.season_from) or _around(
        other.season_from, other.season_until, one.season_from
    )


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Asked only when rules are written, so the library for it is fetched only then."""
    from shapely.geometry import shape

    return bool(shape(one).intersection(shape(other)).area)


def _outline(rule: Duty) -> Outline:
    return _outline_of(tuple(tuple(point) for point in (rule.area or {})["coordinates"][0]))


@lru_cache(maxsize=256)
def _outline_of(ring: tuple[tuple[float, float], ...]) -> Outline:
    return Outline({"type": "Polygon", "coordinates": [ring]})


def _with_names(rows: Any) -> list[Duty]:
    return list(
        rows.select_related("unit", "function", "person", "district", "street").defer(
            "district__geometry", "street__lines"
        )
    )
