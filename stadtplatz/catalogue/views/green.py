"""Environmental claims at the desk for notices: what waits for a look, and the words that are looked for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import queries
from stadtplatz.kit.http import go_to
from stadtplatz.moderation import actions as moderation
from stadtplatz.moderation import rules as moderators
from stadtplatz.moderation.pages import desk_tabs, for_moderators


@never_cache
@for_moderators
def desk(request: HttpRequest) -> HttpResponse:
    """Offers with evidence and texts of shops that nobody has looked at yet. Who finds something wrong reports it like everybody."""
    if request.method == "POST":
        moderation.look_at_green(
            content=request.POST.get("content", ""), mark=request.POST.get("mark", ""), by=actor_of(request)
        )
        messages.success(request, _("It waits no longer."))
        return go_to(request, "desk-green")
    lines, more = queries.green_lines()
    context = {
        "lines": lines,
        "more": more,
        "words": queries.green_words(),
        "may_edit": moderators.may_edit_grounds(actor_of(request)),
        "tabs": desk_tabs(request, "green"),
    }
    return render(request, "catalogue/desk/green.html", context)
