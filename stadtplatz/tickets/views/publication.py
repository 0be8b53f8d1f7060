"""Deciding at the desk what everybody may read of a report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.cases.models import CaseDocument
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.text import mask
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.models import Publication, Ticket
from stadtplatz.tickets.publication_forms import ReleaseForm, clicked
from stadtplatz.tickets.views.desk import open_for_staff


@never_cache
@staff_required
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, with the text as it would be public."""
    name = request.GET.get("liste", "texte")
    found = queries.release_queue(actor_of(request), name=name, number=request.GET.get("page", 1))
    tabs = [(code, label, found.counts[code]) for code, label in queries.QUEUES.items()]
    context = {"found": found, "page": found.page, "tabs": tabs, "name": name if name in queries.QUEUES else "texte"}
    return render(request, "tickets/desk/publication_queue.html", context)


@require_POST
@staff_required
def decide_many(request: HttpRequest) -> HttpResponse:
    """Publish the masked text of the chosen reports, or keep them inside. What accuses people is decided one by one."""
    actor, done, left = actor_of(request), 0, 0
    for number in request.POST.getlist("number")[:50]:
        ticket = queries.one_for_staff(actor, number)
        if ticket is None:
            continue
        try:
            if "release" in request.POST and not ticket.category.accuses:
                actions.release(ticket, text=_masked(ticket), by=actor, expected_version=0)
            elif "inside" in request.POST:
                actions.keep_inside(ticket, by=actor)
            else:
                raise ActionRefused(_("This has to be read one by one."), code="accuses")
            done += 1
        except ActionRefused:
            left += 1
    messages.success(request, ngettext("{count} report decided.", "{count} reports decided.", done).format(count=done))
    if left:
        text = ngettext(
            "{count} report has to be opened one by one.", "{count} reports have to be opened one by one.", left
        )
        messages.warning(request, text.format(count=left))
    return redirect("desk-publication-queue")


@never_cache
@staff_required
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Words and pictures for everybody. A click into a picture covers a part and shows the page again; nothing is saved by it."""
    found, actor = open_for_staff(request, number)
    known = Publication.objects.filter(ticket=found).first()
    documents = _pictures(found)
    if request.method != "POST":
        return _render(request, found, known, ReleaseForm(documents=documents, initial=_initial(found, known)))
    if again := clicked(request.POST, documents):
        return _render(request, found, known, ReleaseForm(again, documents=documents))
    form = ReleaseForm(request.POST, documents=documents)
    if not form.is_valid():
        return _render(request, found, known, form, status=422)
    data = form.cleaned_data
    try:
        actions.release(
            found,
            text=data["text"],
            answer=data["answer"],
            pictures=form.pictures(),
            by=actor,
            expected_version=data["version"],
        )
    except ActionRefused as refusal:
        fresh = Publication.objects.filter(ticket=found).first()
        form = ReleaseForm({**request.POST.dict(), "version": fresh.version if fresh else 0}, documents=documents)
        return _render(request, found, fresh, form, refusal=refusal, status=refusal.status)
    messages.success(request, _("Published. Everybody can read it now."))
    return redirect("desk-ticket", number=found.case.number)


@require_POST
@staff_required
def take_off(request: HttpRequest, number: str) -> HttpResponse:
    """Not public any more; or, if it never was, decided that it stays inside."""
    found, actor = open_for_staff(request, number)
    try:
        actions.unpublish(found, by=actor)
        actions.keep_inside(found, by=actor)
        messages.success(request, _("This report is not public."))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk-ticket", number=found.case.number)


def _render(
    request: HttpRequest,
    found: Ticket,
    known: Publication | None,
    form: ReleaseForm,
    *,
    refusal: ActionRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"ticket": found, "case": found.case, "known": known, "form": form, "refusal": refusal}
    return render(request, "tickets/desk/publication.html", context, status=status)


def _initial(ticket: Ticket, known: Publication | None) -> dict[str, Any]:
    if known is None or not known.text:
        return {"version": known.version if known else 0, "text": _masked(ticket)}
    initial: dict[str, Any] = {"version": known.version, "text": known.text, "answer": known.answer}
    for photo in known.photos.exclude(document=None):
        initial |= {
            f"show-{photo.document_id}": True,
            f"words-{photo.document_id}": photo.words,
            f"boxes-{photo.document_id}": photo.boxes,
        }
    return initial


def _masked(ticket: Ticket) -> str:
    with translation.override(ticket.case.language):
        return mask(ticket.text)


def _pictures(ticket: Ticket) -> list[CaseDocument]:
    rows = ticket.case.documents.filter(internal=False, quarantined=False, content_type__startswith="image/")
    return list(rows.order_by("pk"))
