"""Reporting over a bad connection: a page that works without one, its service worker, and taking what was kept."""

from __future__ import annotations

import re
from hashlib import blake2s
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control, never_cache

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.http import client_ip, same_origin_required
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions, limits, queries
from stadtplatz.tickets.forms.reporting import OfflineForm, PlaceForm
from stadtplatz.tickets.models import Category, Draft, Ticket
from stadtplatz.tickets.views.steps import missing

ASKED_LATER = {"tickets-draft-nearby", "tickets-draft-questions"}
"""What is still asked after a report was kept on a device. A danger by its words is alarmed at once instead: it does not wait."""
_KEY = re.compile(r"[A-Za-z0-9_\-]{22}")


@cached_page(seconds=300)
def page(request: HttpRequest) -> HttpResponse:
    """The page that a browser keeps for a dead connection. It holds no token and nothing of anybody."""
    form = OfflineForm(categories=queries.categories())
    return render(request, "tickets/offline.html", {"form": form, "guidance": queries.guidance()})


@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. A new version of any of its parts is a new worker."""
    pages = []
    for language in ("de", "en"):
        with override(language):
            pages.append(reverse("tickets-offline"))
    parts = [static(f"tickets/{name}") for name in ("outbox.js", "offline.js", "tickets.css")]
    parts += [
        static("kit/js/device-store.js"),
        static("kit/js/house.js"),
        static("kit/css/base.css"),
        *(row.code for row in queries.categories()),
    ]
    version = blake2s("|".join(parts).encode(), digest_size=6).hexdigest()
    store = static("kit/js/device-store.js")
    context = {"store": store, "outbox": static("tickets/outbox.js"), "pages": pages, "version": version}
    return render(request, "tickets/worker.js", context, content_type="text/javascript; charset=utf-8")


@never_cache
@same_origin_required  # sent by a page that was kept for months and holds no token
def take(request: HttpRequest) -> HttpResponse:
    """A report that was kept on a device, all at once; sent twice it is one. Says where it can be followed, or finished."""
    if request.method != "POST":
        raise Http404
    key, form = request.POST.get("key", ""), OfflineForm(request.POST, request.FILES, categories=queries.categories())
    if not _KEY.fullmatch(key):
        return JsonResponse({"sent": False, "why": ""}, status=400)
    limits.count_draft(client_ip(request))
    draft = actions.draft_of_key(key, language=request.POST.get("language", "de")[:2])
    if draft.ticket:
        return _told(draft.ticket)
    form.full_clean()
    why = _fill(request, draft, form)
    if why or draft.place is None or draft.category is None:
        return JsonResponse(
            {"sent": False, "why": why, "url": reverse(missing(draft) or "tickets-draft-review", args=[key])}
        )
    email = form.cleaned_data.get("email", "") or getattr(request.user, "email", "")
    if (step := missing(draft)) in ASKED_LATER:
        actions.wait_for_answers(draft, email=email)
        why = _("One question is still open. If you do not answer it, your report is sent as it is in two hours.")
        return JsonResponse({"sent": False, "why": why, "url": reverse(step, args=[key])})
    limits.count_report(client_ip(request), email)
    ticket = actions.send_draft(draft, email=email, by=actor_of(request))
    return _told(ticket, actions.make_pin(ticket))


def _fill(request: HttpRequest, draft: Draft, form: OfflineForm) -> str:
    """What was kept is in the draft; returns what is wrong with it, in words."""
    data, files = form.cleaned_data, form.cleaned_data.get("photos", [])
    if not draft.photos.exists():
        limits.count_photos(client_ip(request), len(files))
        actions.add_photos(draft, files)
    try:
        actions.change_draft(
            draft, text=form.data.get("text", ""), category=_category(data, draft.text or form.data.get("text", ""))
        )
        place = PlaceForm(form.data)
        if place.is_valid():
            found = place.cleaned_data
            actions.change_draft(draft, place=found["place"], place_label=found["label"], place_note=found["note"])
            return ""
        return " ".join(str(error) for errors in place.errors.values() for error in errors)
    except ActionRefused as refusal:
        return str(refusal)


def _category(data: dict[str, Any], text: str) -> Category | None:
    """The chosen category, else the best fitting one, else the most general: without a connection nobody could be asked."""
    rows = queries.categories()
    if chosen := next((row for row in rows if row.code == data.get("category")), None):
        return chosen
    guessed = queries.suggest(text, rows, limit=1)
    return (
        next(iter(guessed), None)
        or next((row for row in rows if row.code == "other"), None)
        or (rows[-1] if rows else None)
    )


def _told(ticket: Ticket, pin: str = "") -> JsonResponse:
    """In danger the page that names the number to call comes first; the alarm is on its way already."""
    case = ticket.case
    page = "tickets-sent" if ticket.danger_at else "tickets-page"
    return JsonResponse({"sent": True, "number": case.number, "url": reverse(page, args=[case.secret]), "pin": pin})
