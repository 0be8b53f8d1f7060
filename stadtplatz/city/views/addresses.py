"""Address suggestions, as JSON for scripts, as a fragment for htmx and as a page for everybody else."""

from dataclasses import asdict
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from stadtplatz.city.addresses import AddressHit
from stadtplatz.city.limits import read_limit
from stadtplatz.city.queries import find_addresses, map_state, spot
from stadtplatz.kit.http import client_ip, is_htmx

SHORTEST = 2


@require_safe
def addresses(request: HttpRequest) -> HttpResponse:
    """`?q=` finds addresses, `?lon=&lat=` says what lies there."""
    read_limit("addresses", client_ip(request), limit=80, per=timedelta(seconds=20))
    text = request.GET.get("q", "").strip()
    point = _point(request)
    hits = _at(*point) if point else find_addresses(text) if len(text) >= SHORTEST else []
    if "application/json" in request.headers.get("Accept", "") or request.GET.get("format") == "json":
        return _fresh(JsonResponse({"results": [asdict(hit) for hit in hits]}))
    template = "city/parts/addresses.html" if is_htmx(request) else "city/addresses.html"
    return _fresh(render(request, template, {"hits": hits, "q": text, "map": map_state()}))


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, max-age=60"
    patch_vary_headers(response, ["Accept", "HX-Request"])
    return response


def _point(request: HttpRequest) -> tuple[float, float] | None:
    try:
        lon, lat = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


def _at(lon: float, lat: float) -> list[AddressHit]:
    here = spot(lon, lat)
    number = here.address.house_number if here.address else ""
    return [
        AddressHit(
            label=here.label,
            lon=lon,
            lat=lat,
            street=str(here.street or ""),
            house_number=number,
            postcode=here.address.postcode if here.address else here.street.postcode if here.street else "",
            district=str(here.district or ""),
            address_id=here.address.pk if here.address else None,
        )
    ]
