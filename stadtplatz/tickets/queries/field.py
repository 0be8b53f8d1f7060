"""My list on the road: the open reports of a person's own work that have a place, in the order in which one would go there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from stadtplatz.cases.models import CaseDocument
from stadtplatz.city import queries as city
from stadtplatz.kit.actors import Actor
from stadtplatz.tickets.queries.desk import Asked, Row, desk_list

Place = tuple[float, float]


@dataclass(frozen=True)
class Stop:
    """One place to go to; `metres` is how far it is from the visitor, or from the stop before it on a route, where that is known."""

    row: Row
    metres: int | None
    photos: list[CaseDocument]

    @property
    def geo(self) -> str:
        """The address that a phone's map opens."""
        case = self.row.case
        return f"geo:{case.lat:.6f},{case.lon:.6f}?q={case.lat:.6f},{case.lon:.6f}"


def stops(actor: Actor, *, order: str = "due", here: Place | None = None) -> list[Stop]:
    """The person's own work with a place, by deadline, by nearness to `here`, or as a route that always takes the nearest next one.

    At most fifty: nobody visits more in a day.
    """
    rows = [row for row in desk_list(actor, Asked("mine")).rows if row.case.place is not None]
    if order == "near" and here:
        rows.sort(key=lambda row: _away(here, row))
        ways: list[tuple[Row, int | None]] = [(row, round(_away(here, row))) for row in rows]
    elif order == "route" and rows:
        ways = _route(rows, here)
    else:
        ways = [(row, round(_away(here, row)) if here else None) for row in rows]
    photos = _photos([row.case.pk for row in rows])
    return [Stop(row, metres, photos.get(row.case.pk, [])) for row, metres in ways]


def _route(rows: list[Row], here: Place | None) -> list[tuple[Row, int | None]]:
    left, ways = list(rows), []
    current = here
    while left:
        nearest = left[0] if current is None else min(left, key=partial(_away, current))
        ways.append((nearest, None if current is None else round(_away(current, nearest))))
        left.remove(nearest)
        current = nearest.case.place
    return ways


def _away(here: Place, row: Row) -> float:
    lon, lat = row.case.place or here
    return city.metres_between(*here, lon, lat)


def _photos(case_ids: list[int]) -> dict[int, list[CaseDocument]]:
    rows = CaseDocument.objects.filter(case__in=case_ids, purpose=CaseDocument.PHOTO, quarantined=False, message=None)
    found: dict[int, list[CaseDocument]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.case_id, []).append(row)
    return found
