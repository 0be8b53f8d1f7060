"""Opt-in messages without content to a device, for whoever holds a report's link."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from stadtplatz.cases import queries as cases
from stadtplatz.kit import ratelimit
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.notifications import actions as notifications
from stadtplatz.tickets import queries
from stadtplatz.tickets.queries.post import PREFIX


@require_POST
def on(request: HttpRequest, secret: str) -> HttpResponse:
    """This browser is rung when there is news about this report; 400 with a reason where that cannot be."""
    about = _about(request, secret, still_open=True)
    endpoint = request.POST.get("endpoint", "")[:2000]
    try:
        expires = float(request.POST["expires"]) if "expires" in request.POST else None
        notifications.hang_bell(about=about, endpoint=endpoint, expires=expires)
    except (ActionRefused, ValueError) as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    return HttpResponse(status=204)


@require_POST
def off(request: HttpRequest, secret: str) -> HttpResponse:
    """This browser is left alone again; the answer is the same for one that was never rung."""
    notifications.take_bell_down(about=_about(request, secret), endpoint=request.POST.get("endpoint", "")[:2000])
    return HttpResponse(status=204)


def _about(request: HttpRequest, secret: str, *, still_open: bool = False) -> str:
    ratelimit.count("tickets.bell", client_ip(request), limit=60, per=timedelta(hours=1))
    ticket = queries.by_secret(secret)
    if ticket is None or (still_open and cases.state_of(ticket.case).final):
        raise Http404
    return f"{PREFIX}{ticket.case.number}"
