"""Figures for heads: of units and never of single people, small numbers left out. See docs/figures.md for each definition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stadtplatz.cases.rules import reach_of
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.tickets.kept import words
from stadtplatz.tickets.models import Guidance
from stadtplatz.tickets.queries.dashboard.figures import FEWEST, Figure, figure_of, grouped, per_thousand, share
from stadtplatz.tickets.queries.dashboard.places import Part, Spot, by_channel, by_district, spots_of
from stadtplatz.tickets.queries.dashboard.reports import reports_of, said_by_joined
from stadtplatz.tickets.queries.dashboard.times import Week, weeks_of
from stadtplatz.tickets.queries.dashboard.units import unit_names

PERIODS = {"30": gettext_lazy("30 days"), "90": gettext_lazy("90 days"), "365": gettext_lazy("12 months")}


@dataclass(frozen=True)
class Dashboard:
    """Everything the page shows, fetched."""

    days: int
    since: datetime
    whole: Figure
    units: list[Figure]
    categories: list[Figure]
    weeks: list[Week]
    districts: list[Part]
    channels: list[Part]
    spots: list[Spot]
    residents_source: str
    town_per_thousand: float | None
    joined_solved: int | None
    """Percent of those who joined and say that it is solved; counted apart from the reporters."""
    joined_answers: int


def dashboard(actor: Actor, days: str = "90", at: datetime | None = None) -> Dashboard:
    """What came in within so many days at the units this person heads, how long it took and how it ended. At most ten queries.

    Open and late are as of now, of the reports of that time.
    """
    at = at or clock.now()
    span = int(days) if days in PERIODS else 90
    since = at - timedelta(days=span)
    led = reach_of(actor).led
    rows = reports_of(led, since, at)
    names = {row.pk: row.name for row in words().every_category}
    guidance = words().guidance or Guidance()
    residents = guidance.residents or {}
    joined = said_by_joined(led, since)
    return Dashboard(
        days=span,
        since=since,
        whole=figure_of(_("All together"), rows),
        units=grouped(rows, unit_names(led), lambda row: row.unit),
        categories=grouped(rows, names, lambda row: row.category),
        weeks=weeks_of(rows, since, at),
        districts=by_district(rows, residents),
        channels=by_channel(rows),
        spots=spots_of(rows, names),
        residents_source=residents.get("source", ""),
        town_per_thousand=per_thousand(len(rows), residents.get("town")),
        joined_solved=share(joined),
        joined_answers=len(joined),
    )


__all__ = ["FEWEST", "PERIODS", "Dashboard", "Figure", "Part", "dashboard"]
