"""What programmers need to know, on a page that others can read too."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from stadtplatz.kit.identity import city
from stadtplatz.tickets.queries.services import services


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    key = "sp_demo" if settings.DEMO else "KEY"
    plain = next((one.category.code for one in services() if one.questions is None), "CODE")
    context = {"base": settings.BASE_URL, "key": key, "contact": city().contact, "service": plain}
    return render(request, "tickets/developers.html", context)


def to_page(request: HttpRequest) -> HttpResponse:
    return redirect("tickets-developers")
