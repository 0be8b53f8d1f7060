"""Writing down a report for somebody who calls, comes to the counter or writes a letter; one page, and the letter to print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.cases.rules import may_read_as_staff
from stadtplatz.kit.codes import new_secret
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.actions.entry import Told
from stadtplatz.tickets.forms.desk import EntryForm
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.queries.danger import kind_in_words
from stadtplatz.tickets.queries.entry import for_letter
from stadtplatz.tickets.rules import works_on_tickets
from stadtplatz.tickets.views.page import checked
from stadtplatz.tickets.views.proof import hand_over_pin, shown_pin


@never_cache
@staff_required
def new(request: HttpRequest) -> HttpResponse:
    """One page, under a minute: what, where, kind, how to reach them. The words suggest the kind; people choose it."""
    if not works_on_tickets(actor_of(request)):
        raise Http404
    rows = queries.categories()
    form = EntryForm(request.POST or None, request.FILES or None, categories=rows, initial={"once": new_secret()})
    if form.is_bound:
        danger = kind_in_words(form.data.get("text", ""))
        form.ask(danger.question if danger else "")
        if "suggest" in request.POST:
            return _page(request, form.suggesting(queries.suggest(form.data.get("text", ""), rows)), danger)
        if form.is_valid() and (ticket := _write_down(request, form, danger)):
            messages.success(request, _("%(number)s is written down.") % {"number": ticket.case.number})
            actions.keep_letter(ticket)
            response = redirect("desk-ticket-letter", ticket.case.number)
            hand_over_pin(response, actions.make_pin(ticket), path=response["Location"])
            return response
        return _page(request, form, danger, status=422)
    return _page(request, form, None)


@never_cache
@staff_required
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """Number, code and QR on paper, and the way on; for those who may read the report, and for whoever has just written it down."""
    actor = actor_of(request)
    ticket = for_letter(actor, number)
    if ticket is None:
        raise Http404
    pin = shown_pin(request)
    context = {
        "case": ticket.case,
        "pin": pin,
        "letter": actions.letter_to(ticket, pin=pin),
        "may_read": may_read_as_staff(actor, ticket.case),
    }
    return render(request, "tickets/desk/letter.html", context)


def _write_down(request: HttpRequest, form: EntryForm, danger: Any) -> Ticket | None:
    data = form.cleaned_data
    told = Told(
        channel=data["channel"],
        text=data["text"],
        category=next(row for row in queries.categories() if row.code == data["category"]),
        place=data["place"],
        place_label=data["label"],
        place_note=data["note"],
        name=data["name"],
        email=data["email"],
        phone=data["phone"],
        language=data["language"],
        photos=checked(request, data["photos"]),
        danger=danger if data.get("danger") == "yes" else None,
        danger_asked=danger is not None,
    )
    try:
        return actions.write_down(told, by=actor_of(request), once=data["once"] or None)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return None


def _page(request: HttpRequest, form: EntryForm, danger: Any, *, status: int = 200) -> HttpResponse:
    return render(request, "tickets/desk/entry.html", {"form": form, "danger": danger}, status=status)
