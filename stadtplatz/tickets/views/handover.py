"""Giving a report into other hands: pass it on, or put it into its right category."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import staff_required
from stadtplatz.cases.rules import may_handle
from stadtplatz.city.models import Function, Unit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.forms.desk import CategoryChangeForm, PassOnForm
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.views.desk import open_for_staff


@never_cache
@staff_required
def pass_on(request: HttpRequest, number: str) -> HttpResponse:
    """Another unit or function is asked to take it over."""
    found, actor = _handled(request, number)
    units, functions = list(Unit.objects.filter(closed=False)), list(Function.objects.filter(closed=False))
    start = {"version": found.case.version}
    form = PassOnForm(request.POST or None, initial=start, units=units, functions=functions)
    if form.is_bound and form.is_valid():
        unit, _colon, function = form.cleaned_data["target"].partition(":")
        try:
            actions.pass_on(
                found,
                unit=next(row for row in units if str(row.pk) == unit),
                function=next((row for row in functions if str(row.pk) == function), None),
                reason=form.cleaned_data["words"],
                by=actor,
                expected_version=form.cleaned_data["version"],
            )
        except ActionRefused as refusal:
            return _show(request, "pass_on", found, form, refusal)
        messages.success(request, _("Passed on. The other unit has been told."))
        return redirect("desk-tickets")
    return _show(request, "pass_on", found, form)


@never_cache
@staff_required
def change_category(request: HttpRequest, number: str) -> HttpResponse:
    """The right category; deadlines and responsibility follow."""
    found, actor = _handled(request, number)
    rows = queries.other_categories(found)
    form = CategoryChangeForm(request.POST or None, initial={"version": found.case.version}, categories=rows)
    if form.is_bound and form.is_valid():
        chosen = next(row for row in rows if row.code == form.cleaned_data["category"])
        try:
            actions.change_category(found, category=chosen, by=actor, expected_version=form.cleaned_data["version"])
        except ActionRefused as refusal:
            return _show(request, "category", found, form, refusal)
        messages.success(request, _("The category is changed; deadline and responsibility follow it."))
        if queries.one_for_staff(actor, found.case.number):
            return redirect("desk-ticket", number=found.case.number)
        return redirect("desk-tickets")
    return _show(request, "category", found, form)


def _handled(request: HttpRequest, number: str) -> tuple[Ticket, Actor]:
    found, actor = open_for_staff(request, number)
    if not may_handle(actor, found.case) or found.case.closed_at:
        raise Http404
    return found, actor


def _show(
    request: HttpRequest, name: str, found: Ticket, form: Any, refusal: ActionRefused | None = None
) -> HttpResponse:
    if refusal is not None:  # the next try starts from what is there now, which the page says
        found.case.refresh_from_db(fields=["version", "state"])
        form.data = {**form.data.dict(), "version": str(found.case.version)}
    context = {"ticket": found, "case": found.case, "form": form, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, f"tickets/desk/{name}.html", context, status=status)
