"""Reporting: one question a page, each answer kept at once. Works without account and without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.city import queries as city
from stadtplatz.kit import media
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions, limits, queries
from stadtplatz.tickets.actions.drafts import Upload
from stadtplatz.tickets.forms import CategoryForm, PlaceForm, SendForm, TextForm
from stadtplatz.tickets.models import Draft

STEPS = [
    ("text", gettext_lazy("What")),
    ("place", gettext_lazy("Where")),
    ("category", gettext_lazy("Kind")),
    ("review", gettext_lazy("Send")),
]


@cached_page(seconds=30)
def overview(request: HttpRequest) -> HttpResponse:
    """How reporting works, what can be reported, and what has come in lately."""
    context = {"categories": queries.categories(), "recent": queries.recent_public(), "guidance": queries.guidance()}
    return render(request, "tickets/overview.html", context)


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
    draft = _draft(token)
    if draft.ticket:
        return _to_sent(draft)
    if request.method != "POST":
        return _ask_text(request, draft, TextForm(initial={"text": draft.text}))
    return _take_text(request, draft)


@never_cache
def place(request: HttpRequest, token: str) -> HttpResponse:
    """Where it is: from the map, the phone, the photo or an address."""
    draft = _draft(token)
    if draft.ticket:
        return _to_sent(draft)
    shown = _shown_place(draft)
    form = PlaceForm(request.POST if request.method == "POST" else None, shown=shown)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            actions.change_draft(draft, place=data["place"], place_label=data["label"], place_note=data["note"])
            return _onward(draft)
        except ActionRefused as refusal:
            form.add_error("address", str(refusal))
    context = {"form": form, "from_photo": draft.place is None and bool(shown)}
    return _page(request, draft, "place", context, refused=form.is_bound)


@never_cache
def category(request: HttpRequest, token: str) -> HttpResponse:
    """What kind of thing it is: chosen beforehand where the words leave no doubt, else up to three to pick from; and the whole list."""
    draft = _draft(token)
    if draft.ticket:
        return _to_sent(draft)
    rows = queries.categories()
    form = CategoryForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        chosen = next((row for row in rows if row.code == form.cleaned_data["category"]), None)
        if chosen:
            actions.change_draft(draft, category=chosen)
            return _onward(draft)
        form.add_error("category", _("Please choose what this is about."))
    fitting = queries.suggestions(draft.text, rows)
    others = [row for row in rows if row not in fitting.categories]
    context = {"form": form, "suggested": fitting.categories, "sure": fitting.sure, "categories": others}
    return _page(request, draft, "category", context, refused=form.is_bound)


@never_cache
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Everything at a glance, a contact if wanted, and off it goes; sent twice it is still one report."""
    draft = _draft(token)
    if draft.ticket:
        return _to_sent(draft)
    if missing := _missing(draft):
        return redirect(missing, token=token)
    form, refusal = SendForm(request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        try:
            return _send(request, draft, form.cleaned_data["email"])
        except ActionRefused as error:
            refusal = error
    context = {"form": form, "refusal": refusal, "actor": actor_of(request)}
    return _page(request, draft, "review", context, refused=form.is_bound, status=getattr(refusal, "status", 422))


@never_cache
def photo(request: HttpRequest, token: str, pk: int) -> FileResponse:
    """A photo of the draft, for whoever writes it."""
    found = _draft(token).photos.filter(pk=pk).first()
    return media.serve(found.small_path if found else "", allowed=found is not None)


@require_POST
def remove_photo(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Take a photo out of the draft."""
    actions.remove_photo(_draft(token), pk)
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
    return redirect("tickets-draft-text", token=draft.token) if "stay" in request.POST else _onward(draft)


def _ask_text(request: HttpRequest, draft: Draft | None, form: TextForm, upload: Upload | None = None) -> HttpResponse:
    context = {"form": form, "upload": upload, "guidance": queries.guidance()}
    return _page(request, draft, "text", context, refused=form.is_bound)


def _page(
    request: HttpRequest, draft: Draft | None, name: str, context: dict[str, Any], *, refused: bool, status: int = 422
) -> HttpResponse:
    names = [step for step, _label in STEPS]
    here = names.index(name)
    states = ["done" if place < here else "now" if place == here else "next" for place in range(len(names))]
    context["steps"] = [(str(label), state) for (_name, label), state in zip(STEPS, states, strict=True)]
    context |= {"draft": draft, "photos": list(draft.photos.all()) if draft else []}
    return render(request, f"tickets/new_{name}.html", context, status=status if refused else 200)


def _draft(token: str) -> Draft:
    draft = queries.draft(token)
    if draft is None:
        raise Http404
    return draft


def _missing(draft: Draft) -> str | None:
    """The page of the first question that is still open."""
    if len(draft.text.strip()) < actions.SHORTEST:
        return "tickets-draft-text"
    if draft.place is None:
        return "tickets-draft-place"
    return None if draft.category else "tickets-draft-category"


def _onward(draft: Draft) -> HttpResponse:
    return redirect(_missing(draft) or "tickets-draft-review", token=draft.token)


def _to_sent(draft: Draft) -> HttpResponse:
    return redirect("tickets-sent", secret=draft.ticket.case.secret)  # type: ignore[union-attr]  # asked by the callers


def _shown_place(draft: Draft) -> dict[str, Any]:
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
    ticket = actions.send_draft(draft, email=email, by=actor_of(request), language=get_language() or "")
    return redirect("tickets-sent", secret=ticket.case.secret)
