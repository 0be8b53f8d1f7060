"""The city's standard answers, as heads and administrators keep them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions
from stadtplatz.tickets.deskforms import ReplyForm
from stadtplatz.tickets.models import ReplyTemplate
from stadtplatz.tickets.replies import FIELDS
from stadtplatz.tickets.rules import may_edit_replies

LANGUAGES = ("de", "en")


@staff_required
def overview(request: HttpRequest) -> HttpResponse:
    """All standard answers; everybody at the desk may read them."""
    rows = ReplyTemplate.objects.order_by("-active", "move", "order", "code")
    context = {"replies": rows, "may_edit": may_edit_replies(actor_of(request))}
    return render(request, "tickets/desk/standard.html", context)


@staff_required
def change(request: HttpRequest, code: str = "") -> HttpResponse:
    """One standard answer, or a new one."""
    reply = get_object_or_404(ReplyTemplate, code=code) if code else None
    form, refusal = ReplyForm(request.POST or None, initial=_start(reply)), None
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("version", "move", "active")}
        try:
            actions.keep_reply(by=actor_of(request), reply=reply, **said, **_texts(reply, form.cleaned_data))
        except ActionRefused as refused:
            refusal = refused
        else:
            messages.success(request, _("Saved."))
            return redirect("desk-replies")
    context = {
        "form": form,
        "reply": reply,
        "refusal": refusal,
        "may_edit": may_edit_replies(actor_of(request)),
        "fields": FIELDS.items(),
    }
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "tickets/desk/standard_edit.html", context, status=status)


def _texts(reply: ReplyTemplate | None, typed: dict[str, Any]) -> dict[str, Any]:
    """Names and bodies by language: those of this page as typed, those of other languages as they were."""
    names, bodies = (dict(reply.names), dict(reply.bodies)) if reply else ({}, {})
    return {
        "names": names | {language: typed[f"name_{language}"] for language in LANGUAGES},
        "bodies": bodies | {language: typed[f"body_{language}"] for language in LANGUAGES},
    }


def _start(reply: ReplyTemplate | None) -> dict[str, object]:
    if reply is None:
        return {"active": True}
    texts = {f"name_{language}": reply.names.get(language, "") for language in LANGUAGES}
    texts |= {f"body_{language}": reply.bodies.get(language, "") for language in LANGUAGES}
    return {"version": reply.version, "move": reply.move, "active": reply.active, **texts}
