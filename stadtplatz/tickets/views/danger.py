"""Danger first: one question; then whom to call, the place, and the alarm."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions, limits, queries
from stadtplatz.tickets.forms.reporting import PlaceForm
from stadtplatz.tickets.models import DangerKind, Draft
from stadtplatz.tickets.views import steps
from stadtplatz.tickets.views.report import after_sending, shown_place


@never_cache
def danger(request: HttpRequest, token: str) -> HttpResponse:
    """The question; after yes the number to call and the place. With a place already known, yes alarms at once."""
    draft = steps.open_draft(token)
    if draft.ticket:
        return steps.to_sent(draft)
    if draft.danger:
        return _alarm(request, draft, draft.danger)
    kind = queries.danger_to_ask(draft)
    if kind is None:
        return steps.onward(draft)
    answer = request.POST.get("danger", "")
    if request.method != "POST" or answer not in {"yes", "no"}:
        return steps.page(request, draft, "danger", {"kind": kind}, refused=request.method == "POST")
    if answer == "no":
        return steps.onward(actions.change_draft(draft, no_danger=kind))
    actions.change_draft(draft, danger=kind)
    return _send(request, draft) if draft.place else steps.onward(draft)


def _alarm(request: HttpRequest, draft: Draft, kind: DangerKind) -> HttpResponse:
    """Whom to call, in large letters; below it the place, with which the on-call service is alarmed."""
    if "calm" in request.POST:
        return steps.onward(actions.take_back_danger(draft))
    shown = shown_place(draft)
    form = PlaceForm(request.POST if request.method == "POST" else None, shown=shown)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            actions.change_draft(draft, place=data["place"], place_label=data["label"], place_note=data["note"])
            return _send(request, draft)
        except ActionRefused as refusal:
            form.add_error("address", str(refusal))
    context = {"form": form, "kind": kind, "from_photo": draft.place is None and bool(shown)}
    return steps.page(request, draft, "alarm", context, refused=form.is_bound)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Off it goes. The limit for floods holds here too, but is asked by address alone."""
    limits.count_report(client_ip(request), "")
    return after_sending(actions.send_draft(draft, by=actor_of(request), language=get_language() or ""))
