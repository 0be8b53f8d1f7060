"""The rules of responsibility seen from the reports: what a plan would change, and what passing on proposes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.city.models import District, Unit
from stadtplatz.city.rules import is_operator
from stadtplatz.kit.numbers import typed_id
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.tickets import actions
from stadtplatz.tickets.models import Category
from stadtplatz.tickets.queries import ruletrial
from stadtplatz.tickets.rules import may_try_rules

SIZES = (50, 200, 500)


@require_safe
@staff_required
def trial(request: HttpRequest) -> HttpResponse:
    """A table of what the planned rules would change for the last reports, and the proposals from passing on."""
    actor = actor_of(request)
    if not may_try_rules(actor):
        raise NotAllowed(_("Only heads and the operator may try out rules."))
    asked = typed_id(request.GET.get("letzte", ""))
    last = asked if asked in SIZES else None
    context = {
        "sizes": SIZES,
        "last": last,
        "trial": ruletrial.dry_run(last) if last else None,
        "proposals": ruletrial.proposals(),
        "is_operator": is_operator(actor),
    }
    return render(request, "tickets/desk/rules.html", context)


@require_POST
@staff_required
def plan(request: HttpRequest) -> HttpResponse:
    """A proposal becomes a planned rule."""
    district = request.POST.get("district", "")
    actions.plan_as_passed_on(
        category=get_object_or_404(Category, code=request.POST.get("category", "")[:40]),
        district=get_object_or_404(District, pk=typed_id(district)) if district else None,
        taker=get_object_or_404(Unit, slug=request.POST.get("taker", "")[:60], closed=False),
        by=actor_of(request),
    )
    messages.success(request, _("Planned. Try it out on past reports before you take it over."))
    return redirect("desk-rules-trial")
