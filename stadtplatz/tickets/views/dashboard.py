"""Figures for heads, as page and as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.kit.tables import csv_answer
from stadtplatz.tickets.charts import bars
from stadtplatz.tickets.queries.dashboard import FEWEST, PERIODS, Dashboard, Figure, Part, dashboard
from stadtplatz.tickets.rules import may_see_figures


@never_cache
@staff_required
def figures(request: HttpRequest) -> HttpResponse:
    """How it goes at the units this person heads; `csv=units` and so on answers with one table alone."""
    actor = actor_of(request)
    if not may_see_figures(actor):
        raise NotAllowed(_("Figures are for the heads of units."))
    found = dashboard(actor, request.GET.get("zeit", "90"))
    if table := TABLES.get(request.GET.get("csv", "")):
        return csv_answer(f"anliegen-{request.GET['csv']}-{found.days}-tage.csv", table(found))
    context = {
        "found": found,
        "periods": PERIODS.items(),
        "fewest": FEWEST,
        "points": [_point(spot) for spot in found.spots],
        "chart": bars([(week.monday, week.received, week.closed) for week in found.weeks]),
        "invented": any(part.invented for part in found.districts),
        "has_residents": any(part.residents for part in found.districts) or found.town_per_thousand,
    }
    return render(request, "tickets/desk/dashboard.html", context)


def _point(spot: Any) -> dict[str, Any]:
    text = _("{count} reports, most of all: {category}").format(count=spot.count, category=spot.category)
    return {"lon": spot.lon, "lat": spot.lat, "label": spot.label, "text": text}


_FIGURES = "name received open late first_answer_days done_days kept_percent reopened_percent solved_percent answers"


def _figures(rows: Iterable[Figure]) -> list[list[Any]]:
    cells = [
        [r.name, r.received, r.open, r.late, r.first_answer, r.done, r.kept, r.reopened, r.solved, r.answers]
        for r in rows
    ]
    return [_FIGURES.split(), *cells]


def _parts(rows: Iterable[Part]) -> list[list[Any]]:
    return [
        ["name", "received", "residents", "per_1000", "residents_invented"],
        *([r.name, r.received, r.residents, r.per_thousand, int(r.invented)] for r in rows),
    ]


TABLES: dict[str, Callable[[Dashboard], list[list[Any]]]] = {
    "units": lambda found: _figures([found.whole, *found.units]),
    "categories": lambda found: _figures(found.categories),
    "weeks": lambda found: [
        ["week_of", "received", "closed"],
        *([week.monday.isoformat(), week.received, week.closed] for week in found.weeks),
    ],
    "districts": lambda found: _parts(found.districts),
    "channels": lambda found: _parts(found.channels),
    "spots": lambda found: [
        ["place", "reports", "category", "lon", "lat"],
        *([s.label, s.count, s.category, round(s.lon, 4), round(s.lat, 4)] for s in found.spots),
    ],
}
