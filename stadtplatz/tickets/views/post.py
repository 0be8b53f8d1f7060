"""The city's post at the desk: what came by mail, what was put aside and why; and the place of reports that came without one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.cases.rules import may_handle, may_read_as_staff
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.numbers import typed_id
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.notifications import actions as notifications
from stadtplatz.notifications import queries as notification_queries
from stadtplatz.notifications.models import Incoming
from stadtplatz.tickets import actions, mail_in, queries, rules
from stadtplatz.tickets.forms.reporting import PlaceForm
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.queries import post as post_queries
from stadtplatz.tickets.views.desk import open_for_staff

LABELS = {
    "": gettext_lazy("All mails"),
    Incoming.ASIDE: gettext_lazy("Put aside"),
    Incoming.READ: gettext_lazy("Not taken on"),
    Incoming.TAKEN: gettext_lazy("Taken over"),
    Incoming.RETURNED: gettext_lazy("Came back"),
}


@never_cache
@staff_required
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail to the city, for the unit that sorts the post; for everybody else there is no such page."""
    if not rules.may_read_post(actor_of(request)):
        raise Http404
    state = request.GET.get("liste", "")
    found = post_queries.post(state, request.GET.get("page", 1))
    tabs = [(name, LABELS[name], found.counts.get(name, 0)) for name in post_queries.TABS]
    context = {"found": found, "tabs": tabs, "state": state, "folders": notification_queries.mail_folders()}
    return render(request, "tickets/desk/post.html", context)


@never_cache
@staff_required
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail with what became of it."""
    found, ticket, actor = _open(request, pk)
    return _show(request, found, ticket, actor)


@require_POST
@staff_required
def take_anyway(request: HttpRequest, pk: int) -> HttpResponse:
    """A mail that was put aside is treated like one that a person wrote."""
    found, _ticket, actor = _open(request, pk)
    if not rules.may_read_post(actor):
        raise Http404
    if notifications.take_anyway(found):
        messages.success(request, _("The mail is read again. In a moment you see here what became of it."))
    return redirect("desk-mail", pk=pk)


@require_POST
@staff_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who handles the report says that the reporter wrote this mail."""
    found, ticket, actor = _open(request, pk)
    try:
        mail_in.accept_mail(found, by=actor)
    except ActionRefused as refusal:
        return _show(request, found, ticket, actor, refusal)
    messages.success(request, _("The mail stands on the report now."))
    return redirect("desk-mail", pk=pk)


@never_cache
@staff_required
def place(request: HttpRequest, number: str) -> HttpResponse:
    """The place of a report that came without one, or a better one."""
    ticket, actor = open_for_staff(request, number)
    if not may_handle(actor, ticket.case) or ticket.case.closed_at:
        raise Http404
    form, refusal = PlaceForm(request.POST or None, shown=_shown(ticket)), None
    if form.is_bound and form.is_valid():
        version = request.POST.get("version", "")
        given = {"place": form.cleaned_data["place"], "place_label": form.cleaned_data["label"]}
        given |= {"place_note": form.cleaned_data["note"], "expected_version": typed_id(version)}
        try:
            actions.set_place(ticket, by=actor, **given)
        except ActionRefused as refused:
            refusal = refused
            ticket.case.refresh_from_db(fields=["version"])
        else:
            messages.success(request, _("The place is saved; who is responsible follows it."))
            still = queries.one_for_staff(actor, number)
            return redirect("desk-ticket", number=number) if still else redirect("desk-tickets")
    context = {"ticket": ticket, "case": ticket.case, "form": form, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "tickets/desk/place.html", context, status=status)


def _open(request: HttpRequest, pk: int) -> tuple[Incoming, Ticket | None, Actor]:
    """The mail with the report it belongs to, or 404 for whoever may not read it."""
    actor, found = actor_of(request), post_queries.mail(pk)
    ticket = post_queries.ticket_of_mail(found) if found else None
    if found is None or not rules.may_read_mail(actor, ticket.case if ticket else None):
        raise Http404
    return found, ticket, actor


def _show(
    request: HttpRequest, found: Incoming, ticket: Ticket | None, actor: Actor, refusal: ActionRefused | None = None
) -> HttpResponse:
    context = {
        "mail": found,
        "ticket": ticket,
        "readable": ticket is not None and may_read_as_staff(actor, ticket.case),
        "handles": ticket is not None and may_handle(actor, ticket.case),
        "unsure": ticket is not None and mail_in.is_unsure(found, ticket),
        "sorts": rules.may_read_post(actor),
        "files": notification_queries.files_of(found),
        "refusal": refusal,
    }
    return render(request, "tickets/desk/mail.html", context, status=refusal.status if refusal else 200)


def _shown(ticket: Ticket) -> dict[str, Any]:
    case = ticket.case
    if case.place is None:
        return {"note": ticket.place_note}
    return {"lon": case.lon, "lat": case.lat, "address": case.place_label, "note": ticket.place_note}
