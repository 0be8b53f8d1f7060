"""The page of a report, for whoever holds its secret link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.cases import queries as cases
from stadtplatz.cases.models import CaseDocument
from stadtplatz.cases.rules import is_applicant, link_holder
from stadtplatz.kit import media, uploads
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.questionnaires.queries import lines
from stadtplatz.tickets import actions, limits, queries, rules
from stadtplatz.tickets.forms.reporter import WordsForm
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.views.proof import shown_pin


@never_cache
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """Where it stands, who has it, by when, and everything that was said."""
    ticket, actor = _open(request, secret)
    return _render(request, ticket, actor)


@never_cache
def sent(request: HttpRequest, secret: str) -> HttpResponse:
    """Right after sending: number, link, typed code, QR code, and what happens next."""
    ticket, actor = _open(request, secret)
    address = settings.BASE_URL + reverse("tickets-page", args=[secret])
    context = {
        "page": queries.public_page(ticket, actor),
        "address": address,
        "pin": shown_pin(request),
        "danger": ticket.danger if ticket.danger_at else None,
    }
    return render(request, "tickets/sent.html", context)


@require_POST
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Words and pictures of the reporter."""
    ticket, actor = _open(request, secret)
    form = WordsForm(request.POST, request.FILES, auto_id="answer-%s")
    if not form.is_valid():
        return _render(request, ticket, actor, answer=form, status=422)
    limits.count_message(client_ip(request), actor)
    limits.count_photos(client_ip(request), len(form.cleaned_data["photos"]))
    pictures = checked(request, form.cleaned_data["photos"])

    def act() -> Any:
        return actions.answer(ticket, body=form.cleaned_data["words"], photos=pictures, by=actor)

    said = _("Your message is on this page, and the city has been told.")
    return _try(request, ticket, actor, act, said, answer=form)


@require_POST
def reopen(request: HttpRequest, secret: str) -> HttpResponse:
    """The reporter says that it is not done."""
    ticket, actor = _open(request, secret)
    form = WordsForm(request.POST, auto_id="reopen-%s")
    if not form.is_valid():
        return _render(request, ticket, actor, reopen=form, status=422)
    limits.count_message(client_ip(request), actor)

    def act() -> Any:
        return actions.reopen(ticket, words=form.cleaned_data["words"], by=actor)

    return _try(request, ticket, actor, act, _("Your report is open again."), reopen=form)


@require_POST
def withdraw(request: HttpRequest, secret: str) -> HttpResponse:
    """The reporter ends it."""
    ticket, actor = _open(request, secret)
    limits.count_message(client_ip(request), actor)
    return _try(request, ticket, actor, lambda: actions.withdraw(ticket, by=actor), _("Your report is withdrawn."))


@require_POST
def news(request: HttpRequest, secret: str) -> HttpResponse:
    """Automatic messages off, or on again."""
    ticket, actor = _open(request, secret)
    limits.count_message(client_ip(request), actor)
    quiet = request.POST.get("news") == "off"
    said = _("You get no automatic messages about this report any more.") if quiet else _("You get messages again.")
    return _try(request, ticket, actor, lambda: actions.keep_quiet(ticket, quiet=quiet, by=actor), said)


@never_cache
def photo(request: HttpRequest, secret: str, pk: int) -> FileResponse:
    """A picture of the report, after its rule was asked."""
    ticket, actor = _open(request, secret)
    document = cases.document(ticket.case, pk, actor)
    return serve(document, request, allowed=rules.may_see_photos(actor, ticket.case))


def serve(document: CaseDocument | None, request: HttpRequest, *, allowed: bool) -> FileResponse:
    """The file, small if asked for; 404 for everything that is not allowed."""
    if document is None:
        raise Http404
    small = request.GET.get("size") == "small" and document.small_path
    return media.serve(small or document.path, allowed=allowed)


def checked(request: HttpRequest, files: list) -> list[uploads.AcceptedImage]:
    """Those of the files that are pictures; of the others the visitor reads which and why."""
    kept = []
    for file in files[: actions.MOST_PHOTOS]:
        try:
            kept.append(uploads.accept_image(file))
        except uploads.UploadRefused as refusal:
            messages.warning(request, _("{name} was not kept: {reason}").format(name=file.name, reason=refusal))
    if (rest := len(files) - actions.MOST_PHOTOS) > 0:
        text = ngettext("{count} picture too many was not kept.", "{count} pictures too many were not kept.", rest)
        messages.warning(request, text.format(count=rest))
    return kept


def _open(request: HttpRequest, secret: str) -> tuple[Ticket, Actor]:
    """The report, and its visitor: the reporter's account if it is theirs, else whoever holds the link."""
    ticket = queries.by_secret(secret)
    if ticket is None:
        raise Http404
    actor = actor_of(request)
    return ticket, actor if is_applicant(actor, ticket.case) else link_holder(ticket.case)


def _try(
    request: HttpRequest, ticket: Ticket, actor: Actor, act: Callable[[], Any], said: str, **forms: WordsForm
) -> HttpResponse:
    """Do it and show the page; a refusal shows the page as it is now, with everything that was typed."""
    try:
        act()
    except ActionRefused as refusal:
        now = queries.by_secret(ticket.case.secret) or ticket
        return _render(request, now, actor, refusal=refusal, status=refusal.status, **forms)
    messages.success(request, said)
    return redirect("tickets-page", secret=ticket.case.secret)


def _render(
    request: HttpRequest,
    ticket: Ticket,
    actor: Actor,
    *,
    refusal: ActionRefused | None = None,
    status: int = 200,
    **forms: WordsForm,
) -> HttpResponse:
    context = {
        "page": queries.public_page(ticket, actor),
        "answer": forms.get("answer") or WordsForm(auto_id="answer-%s"),
        "reopen": forms.get("reopen") or WordsForm(auto_id="reopen-%s"),
        "refused_form": next(iter(forms.values()), None),
        "refusal": refusal,
        "asks_feedback": queries.may_give_feedback(ticket),
        "has_mail": bool(getattr(ticket.case.applicant_person or ticket.case.applicant_guest, "email", "")),
        "answers": lines(ticket.answers) if ticket.answers_id else [],
    }
    return render(request, "tickets/page.html", context, status=status)
