"""On the road with a phone: my list by nearness or as a route, the way there, a picture afterwards, done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.tickets import queries
from stadtplatz.tickets.queries import field


@never_cache
@staff_required
def stops(request: HttpRequest) -> HttpResponse:
    """The stops of the day. The position comes only if the visitor presses for it, and is not kept."""
    order, here = request.GET.get("weg", "due"), _here(request)
    rows = field.stops(actor_of(request), order=order, here=here)
    reply = next((row for row in queries.replies_for(["done"]) if row.move == "done"), None)
    context = {"stops": rows, "order": order, "here": here, "reply": reply, "points": [_point(stop) for stop in rows]}
    return render(request, "tickets/desk/field.html", context)


def _here(request: HttpRequest) -> tuple[float, float] | None:
    try:
        lon, lat = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        return None
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None


def _point(stop: field.Stop) -> dict[str, object]:
    case = stop.row.case
    return {"lon": case.lon, "lat": case.lat, "label": f"{stop.row.ticket.category.name}, {case.place_label}"}
