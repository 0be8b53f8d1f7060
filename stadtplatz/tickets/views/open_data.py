"""Open data for everybody."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from stadtplatz.kit import media
from stadtplatz.tickets import queries
from stadtplatz.tickets.models import Imported, OpenDataFile


def page(request: HttpRequest) -> HttpResponse:
    """Which files there are, what their columns mean, and under which licence they may be used."""
    files = OpenDataFile.objects.filter(outdated=False)
    context = {
        "files": files,
        "licence": queries.guidance().open_data,
        "sources": Imported.objects.exclude(licence="").order_by("-at")[:5],
    }
    return render(request, "tickets/open_data.html", context)


def file(request: HttpRequest, year: int, ending: str) -> FileResponse:
    """One file; not while something in it has to go."""
    found = OpenDataFile.objects.filter(year=year, format=ending, outdated=False).first()
    if found is None:
        raise Http404
    answer = media.serve(found.path, allowed=True, name=f"anliegen-{year}.{ending}")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
