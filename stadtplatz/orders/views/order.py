"""An order's own page, for whoever holds its link."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.kit import clock
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, pages, queries


@never_cache
def show(request, secret):
    """Where each part stands, until when, with the collection codes; everything can be printed."""
    order = queries.by_secret(secret)
    if order is None:
        raise Http404
    at = clock.now()
    context = {
        "order": order,
        "timeline": pages.timeline_of(order, at=at),
        "cards": pages.part_cards(order, at=at),
        "is_new": "neu" in request.GET,
    }
    response = render(request, "orders/order.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def cancel(request, secret):
    """Cancel one part, or all that still can be."""
    order = queries.by_secret(secret)
    if order is None:
        raise Http404
    chosen = request.POST.get("part", "")
    parts = [part for part in order.parts.all() if str(part.pk) == chosen]
    try:
        if not parts:
            raise ActionRefused(_("Please choose what to cancel."))
        actions.cancel(parts, by=LINK_HOLDER)
        messages.success(request, _("It is cancelled. The shop has been told, and you need not pay anything."))
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "orders-page", secret)
