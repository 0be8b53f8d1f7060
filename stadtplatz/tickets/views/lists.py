"""The lists of the desk: narrowed down, kept, and worked on many at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of, staff_required
from stadtplatz.cases.rules import reach_of
from stadtplatz.city import queries as city
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions, queries, replies
from stadtplatz.tickets.deskforms import BulkForm
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.queries.desk import LISTS, SORTS, Asked

PARAMETERS = {
    "liste": "name",
    "q": "text",
    "kategorie": "category",
    "stadtteil": "district",
    "einheit": "unit",
    "sort": "sort",
}


@never_cache
@staff_required
def ticket_list(request: HttpRequest) -> HttpResponse:
    """One list, as asked. Typing a whole number leads straight to its report."""
    actor = actor_of(request)
    if typed := queries.one_for_staff(actor, request.GET.get("q", "")[:40]):
        return redirect("desk-ticket", typed.case.number)
    asked = Asked(**{name: request.GET[key][:80] for key, name in PARAMETERS.items() if request.GET.get(key)})
    found = queries.desk_list(actor, asked, number=request.GET.get("page", 1))
    districts, units = queries.choices_for(actor)
    context = {
        "found": found,
        "tabs": [(name, label, found.counts.get(name)) for name, label in LISTS.items()],
        "asked": asked,
        "sorts": SORTS.items(),
        "categories": queries.categories(),
        "districts": districts,
        "units": units,
        "saved": queries.saved_filters(actor),
        "doing": BulkForm.DOING,
        "query": request.GET.urlencode(),
        "narrowed": asked != Asked(name=asked.name, sort=asked.sort),
        "points": _points(found) if "karte" in request.GET else None,
    }
    return render(request, "tickets/desk/list.html", context)


@require_POST
@staff_required
def keep_filter(request: HttpRequest) -> HttpResponse:
    """The list as it is shown can be opened again by a name."""
    try:
        kept = actions.keep_filter(
            by=actor_of(request), name=request.POST.get("name", ""), query=request.POST.get("query", "")
        )
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('desk-tickets')}?{request.POST.get('query', '')}")
    return redirect(f"{reverse('desk-tickets')}?{kept.query}")


@require_POST
@staff_required
def drop_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """A kept list is forgotten."""
    actions.drop_filter(by=actor_of(request), pk=pk)
    return redirect("desk-tickets")


@require_POST
@staff_required
def bulk(request: HttpRequest) -> HttpResponse:
    """First what exactly is to be done with the chosen reports, then for each of them whether it was done or why not."""
    actor, do = actor_of(request), request.POST.get("do", "")
    chosen = queries.chosen_for_staff(actor, request.POST.getlist("n"))
    if do not in BulkForm.FIELDS or not chosen:
        messages.error(request, _("Please choose reports and what to do with them."))
        return redirect("desk-tickets")
    form = BulkForm(
        request.POST if "sure" in request.POST else None, initial={"do": do}, do=do, people=colleagues(actor)
    )
    if form.is_bound and form.is_valid():
        results = [_one(ticket, ACTS[do], form.cleaned_data, actor) for ticket in chosen]
        return render(request, "tickets/desk/bulk_done.html", {"results": results, "form": form, "do": do})
    moves = {"message": [""], "close": list(actions.OUTCOMES)}.get(do, [])
    context = {
        "form": form,
        "chosen": chosen,
        "do": do,
        "label": dict(BulkForm.DOING)[do],
        "replies": [reply for reply in queries.replies_for(moves) if reply.move in moves] if moves else [],
    }
    return render(request, "tickets/desk/bulk.html", context, status=422 if form.is_bound else 200)


def _assign(ticket: Ticket, data: dict[str, Any], by: Actor) -> object:
    return actions.assign(ticket, person=data["person"], by=by)


def _category(ticket: Ticket, data: dict[str, Any], by: Actor) -> object:
    return actions.change_category(ticket, category=data["category"], by=by)


def _message(ticket: Ticket, data: dict[str, Any], by: Actor) -> object:
    return actions.write(ticket, body=replies.fill(data["words"], ticket), by=by)


def _close(ticket: Ticket, data: dict[str, Any], by: Actor) -> object:
    rest = {name: data[name] for name in ("outcome", "said_by", "forwarded_to", "remedy")}
    return actions.close(ticket, words=replies.fill(data["words"], ticket), by=by, **rest)


ACTS: dict[str, Callable[[Ticket, dict[str, Any], Actor], object]] = {
    "accept": lambda ticket, _data, by: actions.accept(ticket, by=by),
    "assign": _assign,
    "category": _category,
    "message": _message,
    "close": _close,
}


def colleagues(actor: Actor) -> list[int]:
    """The people of all units the actor belongs to or heads."""
    members = city.staffing_today(actor).members
    return sorted({person for unit in reach_of(actor).units for person in members.get(unit, {})})


def _one(
    ticket: Ticket, act: Callable[[Ticket, dict[str, Any], Actor], object], data: dict[str, Any], by: Actor
) -> tuple[Ticket, str]:
    """The report and why it was refused; empty when it was done. Each report is a transaction of its own."""
    try:
        act(ticket, data, by)
    except ActionRefused as refused:
        return ticket, str(refused.message)
    return ticket, ""


def _points(found: queries.DeskList) -> list[dict[str, Any]]:
    rows = [row for row in found.rows if row.case.lon is not None]
    return [
        {
            "lon": row.case.lon,
            "lat": row.case.lat,
            "label": f"{row.case.number} {row.ticket.category.name}",
            "url": reverse("desk-ticket", args=[row.case.number]),
            "text": row.case.place_label,
        }
        for row in rows
    ]
