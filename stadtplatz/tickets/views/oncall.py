"""Immediate danger at the desk: the numbers, who is on call, and the all-clear."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.deskforms import DangerForm
from stadtplatz.tickets.models import DangerKind
from stadtplatz.tickets.rules import may_set_danger
from stadtplatz.tickets.views.desk import open_for_staff, try_move

LANGUAGES = ("de", "en")


@never_cache
@staff_required
def overview(request: HttpRequest) -> HttpResponse:
    """Which dangers are asked about, which number is shown, and who is alarmed right now."""
    return render(request, "tickets/desk/dangers.html", {"rows": queries.on_call(actor_of(request))})


@never_cache
@staff_required
def change(request: HttpRequest, code: str) -> HttpResponse:
    """The number and the duty of one danger."""
    kind, actor = get_object_or_404(DangerKind, code=code), actor_of(request)
    if not may_set_danger(actor, kind):
        raise Http404
    start = {"version": kind.version, "phone": kind.phone, "duty": kind.duty, "active": kind.active}
    start |= {f"name_{language}": kind.phone_names.get(language, "") for language in LANGUAGES}
    form, refusal = DangerForm(request.POST or None, initial=start), None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        names = {language: data[f"name_{language}"] for language in LANGUAGES}
        given = {name: data[name] for name in ("phone", "duty", "active", "version")}
        try:
            actions.set_danger(kind, phone_names=names, by=actor, **given)
        except ActionRefused as refused:
            refusal = refused
        else:
            messages.success(request, _("Saved."))
            return redirect("desk-dangers")
    context = {"form": form, "kind": kind, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "tickets/desk/danger.html", context, status=status)


@require_POST
@staff_required
def all_clear(request: HttpRequest, number: str) -> HttpResponse:
    """The danger is over, or was none."""
    found, actor = open_for_staff(request, number)
    return try_move(request, found, actor, lambda: actions.give_all_clear(found, by=actor))
