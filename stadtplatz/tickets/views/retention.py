"""What is forgotten of closed reports: the rules, what waits for them, and what was done."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.tickets import actions
from stadtplatz.tickets.queries import retention as queries
from stadtplatz.tickets.rules import may_keep_retention

SHOWN = 100


@never_cache
@staff_required
def overview(request: HttpRequest) -> HttpResponse:
    """The dry run and the ledger; the button does at once what a job does every six hours anyway."""
    actor = actor_of(request)
    if not may_keep_retention(actor):
        raise Http404
    if request.method == "POST":
        done = actions.keep_retention_by_hand(by=actor)
        messages.success(request, _("Done: {count} steps.").format(count=sum(done.values())))
        return redirect("desk-retention")
    waiting = list(queries.due(limit=SHOWN))
    context = {"rules": queries.rules(), "waiting": waiting, "shown": SHOWN, "ledger": queries.forgotten()}
    return render(request, "tickets/desk/retention.html", context)
