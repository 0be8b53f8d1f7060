"""What everybody may read of reports: list, map, one report, feeds."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from stadtplatz.kit import geo, media
from stadtplatz.kit.identity import city
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.tickets import queries
from stadtplatz.tickets.models import Publication
from stadtplatz.tickets.queries.public import STATES, TIMES, Filters

IN_A_FEED = 50
IN_THE_SITEMAP = 1_000


@cached_page(seconds=60)
def public_list(request: HttpRequest) -> HttpResponse:
    """The public reports, the newest first."""
    filters = Filters.of(request.GET)
    found = queries.public_list(filters, request.GET.get("page", 1))
    return render(request, "tickets/public_list.html", _filters(filters) | {"found": found, "page": found.page})


@cached_page(seconds=60)
def public_map(request: HttpRequest) -> HttpResponse:
    """The same reports on the map, with the newest of them as a list below."""
    filters = Filters.of(request.GET)
    found = queries.public_list(filters, request.GET.get("page", 1))
    return render(request, "tickets/public_map.html", _filters(filters) | {"found": found, "page": found.page})


@cached_page(seconds=60)
def map_data(request: HttpRequest) -> HttpResponse:
    """The points of one view of the map as GeoJSON: `west south east north zoom`, and the filters of the list."""
    try:
        sides = [float(request.GET[side]) for side in ("west", "south", "east", "north")]
        zoom = max(0, min(20, int(request.GET["zoom"])))
    except (KeyError, ValueError):
        return JsonResponse({"error": "west, south, east, north and zoom are numbers"}, status=400)
    west, south, east, north = (max(-180.0, min(180.0, side)) for side in sides)
    if not (west < east and south < north):
        return JsonResponse({"error": "west is less than east, south is less than north"}, status=400)
    data = queries.map_data(geo.Bounds(west, south, east, north), zoom, Filters.of(request.GET))
    return JsonResponse(data, content_type="application/geo+json")


@cached_page(seconds=60)
def public_page(request: HttpRequest, number: str) -> HttpResponse:
    """One report as everybody may read it."""
    page = queries.public_ticket_page(_published(number))
    return render(request, "tickets/public_page.html", {"page": page})


def public_photo(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """A released picture, while the report is public."""
    photo = _published(number).photos.filter(pk=pk).first()
    if photo is None:
        raise Http404
    return media.serve(photo.small_path if request.GET.get("size") == "small" else photo.path, allowed=True)


@cached_page(seconds=300)
def feed(request: HttpRequest, district: str = "") -> HttpResponse:
    """The newest public reports as an Atom feed, of the whole town or of one part of it."""
    part = next((row for row in queries.public_districts() if row.slug == district), None)
    if district and part is None:
        raise Http404
    name = f"{city().name}, {part.name}" if part else city().name
    home = settings.BASE_URL + reverse("tickets-list") + (f"?bezirk={district}" if part else "")
    answer = Atom1Feed(
        title=_("Reports in {place}").format(place=name),
        link=home,
        description=_("What citizens reported and the city published."),
        feed_url=settings.BASE_URL + request.path,
        language="de",
    )
    for line in queries.newest(Filters(state="alle", district=district), IN_A_FEED):
        answer.add_item(**_entry(line))
    return HttpResponse(answer.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@cached_page(seconds=300)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages, for search engines: the newest first, at most 1,000."""
    rows = queries.newest(Filters(state="alle"), IN_THE_SITEMAP)
    context = {"base": settings.BASE_URL, "lines": rows}
    return render(request, "tickets/sitemap.xml", context, content_type="application/xml")


def _entry(line) -> dict:
    row = line.publication
    url = settings.BASE_URL + line.url
    return {
        "title": f"{row.category.name}, {row.ticket.case.place_label} ({line.state})",
        "link": url,
        "unique_id": url,
        "description": row.text,
        "categories": [row.category.name],
        "pubdate": row.released_at,
        "updateddate": row.changed_at,
    }


def _published(number: str) -> Publication:
    publication = queries.publication_of(number)
    if publication is None:
        raise Http404
    return publication


def _filters(filters: Filters) -> dict:
    categories, districts = queries.categories(), queries.public_districts()
    return {
        "filters": filters,
        "categories": [row for row in categories if row.release != row.NEVER],
        "districts": districts,
        "states": STATES.items(),
        "times": TIMES.items(),
        "district": next((row for row in districts if row.slug == filters.district), None),
    }
