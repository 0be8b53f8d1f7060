"""Places of the map at the desk: taking one from the page, and showing it again."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.city import actions, rules
from stadtplatz.city.models import Place
from stadtplatz.city.views.desk import version_of
from stadtplatz.kit.containing import contains
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import NotAllowed

PAGE = 50


@require_safe
@staff_required
def places(request: HttpRequest) -> HttpResponse:
    """Named places, found by name, or those that are hidden."""
    if not rules.is_operator(actor_of(request)):
        raise NotAllowed(_("Only the operator may hide places."))
    text, hidden = request.GET.get("q", "").strip()[:80], "verborgen" in request.GET
    rows = Place.objects.filter(gone_at=None, hidden_at__isnull=not hidden).exclude(name="")
    rows = rows.select_related("district").defer("district__geometry").order_by("name", "pk")
    page = Paginator(rows.filter(contains(text, "name")), PAGE).get_page(request.GET.get("page"))
    return render(request, "city/desk/places.html", {"page": page, "text": text, "hidden": hidden})


@require_POST
@staff_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide the place, or show it again."""
    row, act = get_object_or_404(Place, pk=pk), actions.show_place if "show" in request.POST else actions.hide_place
    act(place=row, by=actor_of(request), version=version_of(request))
    done = _("%(place)s is shown again.") if "show" in request.POST else _("%(place)s is hidden from now on.")
    messages.success(request, done % {"place": row})
    return go_to(request, "desk-places")
