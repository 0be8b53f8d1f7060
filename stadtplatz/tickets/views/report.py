"""Reporting: one question a page, each answer kept at once. Works without account and without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.city import queries as city
from stadtplatz.kit import media
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.questionnaires.queries import read
from stadtplatz.tickets import actions, limits, queries
from stadtplatz.tickets.actions.drafts import Upload
from stadtplatz.tickets.forms.reporting import CategoryForm, PlaceForm, SendForm, TextForm
from stadtplatz.tickets.models import Draft, Ticket
from stadtplatz.tickets.views import proof
from stadtplatz.tickets.views.steps import missing, onward, open_draft, page, to_sent


@cached_page(seconds=30)
def overview(request: HttpRequest) -> HttpResponse:
    """How reporting works, what can be reported, and what has come in lately."""
    context = {"categories": queries.categories(), "recent": queries.recent_public(), "guidance": queries.guidance()}
    return render(request, "tickets/overview.html", context)


@cached_page(seconds=300)
def help_page(request: HttpRequest) -> HttpResponse:
    """What people ask about reporting, answered."""
    return render(request, "tickets/help.html", {"guidance": queries.guidance()})


@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """The first question; the draft begins with the first answer."""
    if request.method != "POST":
        return _ask_text(request, None, TextForm(initial={"category": request.GET.get("kategorie", "")}))
    limits.count_draft(client_ip(request))
    chosen = next((row for row in queries.categories() if row.code == request.POST.get("category")), None)
    draft = actions.begin_draft(language=get_language() or "de", category=chosen)
    return _take_text(request, draft)


@never_cache
def text(request: HttpRequest, token: str) -> HttpResponse:
    """The first question again, with what was kept."""
    draft = open_draft(token)
    if draft.ticket:
        return to_sent(draft)
    if request.method != "POST":
        return _ask_text(request, draft, TextForm(initial={"text": draft.text}))
    return _take_text(request, draft)


@never_cache
def place(request: HttpRequest, token: str) -> HttpResponse:
    """Where it is: from the map, the phone, the photo or an address."""
    draft = open_draft(token)
    if draft.ticket:
        return to_sent(draft)
    shown = shown_place(draft)
    form = PlaceForm(request.POST if request.method == "POST" else None, shown=shown)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            actions.change_draft(draft, place=data["place"], place_label=data["label"], place_note=data["note"])
            return onward(draft)
        except ActionRefused as refusal:
            form.add_error("address", str(refusal))
    context = {"form": form, "from_photo": draft.place is None and bool(shown)}
    return page(request, draft, "place", context, refused=form.is_bound)


@never_cache
def category(request: HttpRequest, token: str) -> HttpResponse:
    """What kind of thing it is: chosen beforehand where the words leave no doubt, else up to three to pick from; and the whole list."""
    draft = open_draft(token)
    if draft.ticket:
        return to_sent(draft)
    rows = queries.categories()
    form = CategoryForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        chosen = next((row for row in rows if row.code == form.cleaned_data["category"]), None)
        if chosen:
            actions.change_draft(draft, category=chosen)
            return onward(draft)
        form.add_error("category", _("Please choose what this is about."))
    fitting = queries.suggestions(draft.text, rows)
    others = [row for row in rows if row not in fitting.categories]
    context = {"form": form, "suggested": fitting.categories, "sure": fitting.sure, "categories": others}
    return page(request, draft, "category", context, refused=form.is_bound)


@never_cache
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Everything at a glance, a contact if wanted, and off it goes; sent twice it is still one report."""
    draft = open_draft(token)
    if draft.ticket:
        return to_sent(draft)
    if first := missing(draft):
        return redirect(first, token=token)
    form, refusal = SendForm(request.POST if request.method == "POST" else None, initial={"email": draft.email}), None
    if form.is_bound and form.is_valid():
        try:
            return _send(request, draft, form.cleaned_data["email"])
        except ActionRefused as error:
            refusal = error
    context = {
        "form": form,
        "refusal": refusal,
        "actor": actor_of(request),
        "answers": read(draft.answers_version, draft.answers) if draft.answers_version else [],
    }
    return page(request, draft, "review", context, refused=form.is_bound, status=getattr(refusal, "status", 422))


@never_cache
def photo(request: HttpRequest, token: str, pk: int) -> FileResponse:
    """A photo of the draft, for whoever writes it."""
    found = open_draft(token).photos.filter(pk=pk).first()
    return media.serve(found.small_path if found else "", allowed=found is not None)


@require_POST
def remove_photo(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Take a photo out of the draft."""
    actions.remove_photo(open_draft(token), pk)
    messages.success(request, _("The photo is removed."))
    return redirect("tickets-draft-text", token=token)


def _take_text(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = TextForm(request.POST, request.FILES)
    form.full_clean()
    files = form.cleaned_data.get("photos", [])
    limits.count_photos(client_ip(request), len(files))
    upload = actions.add_photos(draft, files)
    try:
        actions.change_draft(draft, text=form.data.get("text", ""))
    except ActionRefused as refusal:
        if "text" not in form.errors:
            form.add_error("text", str(refusal))
    if form.errors or upload.refused:
        return _ask_text(request, draft, form, upload)
    return redirect("tickets-draft-text", token=draft.token) if "stay" in request.POST else onward(draft)


def _ask_text(request: HttpRequest, draft: Draft | None, form: TextForm, upload: Upload | None = None) -> HttpResponse:
    context = {"form": form, "upload": upload, "guidance": queries.guidance()}
    return page(request, draft, "text", context, refused=form.is_bound)


def shown_place(draft: Draft) -> dict[str, Any]:
    """What the place page shows at first: the kept place, else the position in a photo, if that lies in town."""
    if draft.place:
        return {"lon": draft.lon, "lat": draft.lat, "address": draft.place_label, "note": draft.place_note}
    for picture in draft.photos.exclude(lon=None):
        if picture.lon is not None and picture.lat is not None and city.inside_town(picture.lon, picture.lat):
            return {
                "lon": picture.lon,
                "lat": picture.lat,
                "address": city.spot(picture.lon, picture.lat).label,
            }
    return {}


def _send(request: HttpRequest, draft: Draft, email: str) -> HttpResponse:
    limits.count_report(client_ip(request), email)
    return after_sending(actions.send_draft(draft, email=email, by=actor_of(request), language=get_language() or ""))


def after_sending(ticket: Ticket) -> HttpResponse:
    """To the page with number and link. Who left no contact reads a PIN there, once."""
    response = redirect("tickets-sent", secret=ticket.case.secret)
    proof.hand_over_pin(response, actions.make_pin(ticket), path=response["Location"])
    return response
