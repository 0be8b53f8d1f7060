"""What is forgotten of closed reports: the rules, what waits for them, and what was done."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions
from stadtplatz.tickets.actions.retention_rules import stamp
from stadtplatz.tickets.deskforms import RetentionForm
from stadtplatz.tickets.models import Category
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


@never_cache
@staff_required
def change(request: HttpRequest, code: str) -> HttpResponse:
    """The rule of one category, and what it rests on."""
    actor, category = actor_of(request), get_object_or_404(Category, code=code)
    if not may_keep_retention(actor):
        raise Http404
    start = {name: getattr(category, name) for name in ("photo_days", "retention_days", "delete_days")}
    start |= {"source": category.retention_source, "stamp": stamp(category)}
    form, refusal = RetentionForm(request.POST or None, initial=start), None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        seen = data.pop("stamp")
        try:
            actions.set_retention(category, stamp_seen=seen, by=actor, **data)
        except ActionRefused as refused:
            refusal = refused
        else:
            messages.success(request, _("Saved."))
            return redirect("desk-retention")
    context = {"form": form, "category": category, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "tickets/desk/retention_rule.html", context, status=status)
