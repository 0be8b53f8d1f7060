"""One report at the desk with all that can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.cases import queries as cases
from stadtplatz.cases.rules import may_handle
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions, queries, replies
from stadtplatz.tickets.forms.desk import CloseForm, DeskForm, MessageForm, ReasonedForm, TranslationForm
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.queries import panels
from stadtplatz.tickets.views.page import checked, serve

MOVES: dict[str, Callable[..., Any]] = {
    "accept": actions.accept,
    "start": actions.start,
    "resume": actions.resume,
    "take_back": actions.take_back,
}


@never_cache
@staff_required
def ticket(request: HttpRequest, number: str) -> HttpResponse:
    """One report with everything about it and everything that can be done."""
    found, actor = open_for_staff(request, number)
    return _render(
        request, found, actor, insert=request.GET.get("antwort", ""), original=request.GET.get("original", "")[:20]
    )


@require_POST
@staff_required
def move(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """Accept, start, go on, open again: moves that need nothing but words."""
    found, actor = open_for_staff(request, number)
    form = DeskForm(request.POST)
    if move not in MOVES or not form.is_valid():
        raise Http404
    given = {"expected_version": form.cleaned_data["version"]}
    if move != "accept":
        given["words"] = form.cleaned_data["words"]
    return try_move(request, found, actor, lambda: MOVES[move](found, by=actor, **given), **{move: form})


@require_POST
@staff_required
def message(request: HttpRequest, number: str) -> HttpResponse:
    """A message to the reporter, a question that lets the clock rest, or a note for the staff."""
    found, actor = open_for_staff(request, number)
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _render(request, found, actor, forms={"message": form}, status=422)
    words, version = form.cleaned_data["words"], form.cleaned_data["version"]
    photos = checked(request, form.cleaned_data["photos"])

    def act() -> Any:
        if "ask" in request.POST:
            return actions.ask(found, words=words, by=actor, expected_version=version)
        note, once = "note" in request.POST, form.cleaned_data["once"]
        return actions.write(found, body=words, by=actor, internal=note, photos=photos, once=once)

    answer = try_move(request, found, actor, act, message=form)
    return redirect("desk-field") if answer.status_code == 302 and request.POST.get("back") == "field" else answer


@require_POST
@staff_required
def translate(request: HttpRequest, number: str) -> HttpResponse:
    """A German reading beside the reporter's own words."""
    found, actor = open_for_staff(request, number)
    form = TranslationForm(request.POST)
    if not form.is_valid():
        return _render(request, found, actor, forms={"translation": form}, status=422)
    text, version = form.cleaned_data["text"], form.cleaned_data["version"] or 0
    act = partial(actions.keep_translation, found, text=text, version=version, by=actor)
    return try_move(request, found, actor, act, translation=form)


@require_POST
@staff_required
def close(request: HttpRequest, number: str) -> HttpResponse:
    """The end, with a reason for the reporter."""
    found, actor = open_for_staff(request, number)
    form = CloseForm(request.POST, request.FILES)
    if not form.is_valid():
        return _render(request, found, actor, forms={"close": form}, status=422)
    data, photos = form.cleaned_data, checked(request, form.cleaned_data["photos"])

    def act() -> Ticket:
        return actions.close(
            found,
            outcome=data["outcome"],
            words=data["words"],
            said_by=data["said_by"],
            forwarded_to=data["forwarded_to"],
            remedy=data["remedy"],
            duplicate_of=queries.original_of(data["original"]) if data["original"] else None,
            photos=photos,
            by=actor,
            expected_version=data["version"],
        )

    answer = try_move(request, found, actor, act, close=form)
    return redirect("desk-field") if answer.status_code == 302 and request.POST.get("back") == "field" else answer


@never_cache
@staff_required  # type: ignore[arg-type]  # a file is an answer, too
def photo(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """A picture of the report, for those who handle it."""
    found, actor = open_for_staff(request, number)
    return serve(cases.document(found.case, pk, actor), request, allowed=True)


def open_for_staff(request: HttpRequest, number: str) -> tuple[Ticket, Actor]:
    """The report, or 404: whoever may not read it does not learn that it exists."""
    actor = actor_of(request)
    found = queries.one_for_staff(actor, number)
    if found is None:
        raise Http404
    return found, actor


def try_move(request: HttpRequest, found: Ticket, actor: Actor, act: Callable[[], Any], **forms: Any) -> HttpResponse:
    """Do it and show the report; a refusal shows the report as it is now, with everything that was typed."""
    try:
        act()
    except ActionRefused as refusal:
        now = queries.one_for_staff(actor, found.case.number)
        if now is None:
            raise Http404 from None
        return _render(request, now, actor, forms=forms, refusal=refusal, status=refusal.status)
    messages.success(request, _("Saved."))
    return redirect("desk-ticket", number=found.case.number)


def _render(
    request: HttpRequest,
    found: Ticket,
    actor: Actor,
    *,
    forms: dict[str, Any] | None = None,
    refusal: ActionRefused | None = None,
    insert: str = "",
    original: str = "",
    status: int = 200,
) -> HttpResponse:
    page, given = queries.desk_page(found, actor), forms or {}
    offered = queries.replies_for(list(page.moves)) if page.moves else []
    chosen = next((reply for reply in offered if reply.code == insert), None)
    context = {
        "page": page,
        "replies": offered,
        "refusal": refusal,
        "handles": may_handle(actor, found.case),
        "message": _again(MessageForm, given.get("message"), page, chosen, ("", "ask"), "message"),
        "close": _again(CloseForm, given.get("close"), page, chosen, actions.OUTCOMES, "close", original),
        "beside": panels.panels(found, actor),
        "translation": (translation := panels.translation(found)),
        "translation_form": given.get("translation") or TranslationForm(initial=_reading(translation), auto_id="tr-%s"),
        "foreign": translation or not found.case.language.startswith("de"),
        "take_back": _again(ReasonedForm, given.get("take_back"), page, None, (), "back"),
    }
    return render(request, "tickets/desk/ticket.html", context, status=status)


def _reading(translation: Any) -> dict[str, Any]:
    row = translation.row if translation else None
    return {"text": row.text, "version": row.version} if row else {"version": 0}


def _again(
    kind: Any, bound: Any, page: Any, chosen: Any, moves: tuple[str, ...], prefix: str, original: str = ""
) -> Any:
    """A fresh form on the version shown now: with the faults of a refused one, or with the words of a standard answer."""
    version, ids = page.case.version, f"{prefix}-%s"
    if bound is not None:
        return kind({**bound.data.dict(), "version": version}, auto_id=ids)
    initial = {"version": version}
    if chosen is not None and chosen.move in moves:
        words = replies.fill(chosen.body(page.case.language), page.ticket)
        initial |= {"words": words, "outcome": chosen.move or "done"}
    if original:
        initial |= {"original": original, "outcome": "duplicate"}
    return kind(initial=initial, auto_id=ids)
