"""A part of the town for everybody, and the weekly letter about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of, signed_in
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.tickets import actions, queries


@cached_page(seconds=60)
def district(request: HttpRequest, slug: str) -> HttpResponse:
    """What is open and what was done here, from public reports alone."""
    found = next((row for row in queries.public_districts() if row.slug == slug), None)
    if found is None:
        raise Http404
    return render(request, "tickets/district.html", {"page": queries.district_page(found)})


@never_cache
@signed_in
def weekly(request: HttpRequest) -> HttpResponse:
    """Which letters somebody wants on Mondays."""
    actor, districts = actor_of(request), queries.public_districts()
    if request.method == "POST":
        asked = set(request.POST.getlist("teil"))
        wanted = [row for row in districts if row.slug in asked] + ([None] if "alle" in asked else [])
        actions.read_weekly(wanted, by=actor)
        messages.success(
            request, _("Saved. The next letter comes on Monday.") if wanted else _("Saved. No more letters.")
        )
        return redirect("tickets-weekly")
    known = queries.weekly_of(actor)
    asked_for = request.GET.get("teil", "")
    rows = [(row, row.pk in known or row.slug == asked_for) for row in districts]
    return render(request, "tickets/weekly.html", {"rows": rows, "whole": None in known or asked_for == "alle"})
