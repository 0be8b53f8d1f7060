"""On the road with a phone: my list by nearness or as a route, the way there, a picture afterwards, done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override
from django.views.decorators.cache import cache_control, never_cache

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
    context |= {"session": _token(request.session.session_key or ""), "keeper": _token(actor_of(request).key)}
    return render(request, "tickets/desk/field.html", context)


@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the road; it holds nothing of anybody."""
    store, queue = static("kit/js/device-store.js"), static("tickets/field-queue.js")
    pages = []
    for language in ("de", "en"):
        with override(language):
            pages.append(reverse("desk-field"))
    context = {"store": store, "queue": queue, "pages": pages, "version": _token(store + queue)[:12]}
    return render(request, "tickets/field_worker.js", context, content_type="text/javascript; charset=utf-8")


def _token(of: str) -> str:
    """A name for a session or a person on the device, from which neither can be told."""
    return salted_hmac("tickets.field", of, algorithm="sha256").hexdigest()[:24]


def _here(request: HttpRequest) -> tuple[float, float] | None:
    try:
        lon, lat = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        return None
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None


def _point(stop: field.Stop) -> dict[str, object]:
    case = stop.row.case
    return {"lon": case.lon, "lat": case.lat, "label": f"{stop.row.ticket.category.name}, {case.place_label}"}
