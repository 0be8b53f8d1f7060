"""For staff: which languages reporting speaks, what is missing in each, and that nobody has checked them yet."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import staff_required
from stadtplatz.tickets.queries.languages import missing_texts


@never_cache
@staff_required
def overview(request: HttpRequest) -> HttpResponse:
    """One row for each language beyond German and English, with the city's texts that still stand there in German."""
    more = [(code, name) for code, name in settings.LANGUAGES if code not in settings.SITE_LANGUAGES]
    missing = missing_texts([code for code, _name in more])
    return render(
        request, "tickets/desk/languages.html", {"rows": [(code, name, missing[code]) for code, name in more]}
    )
