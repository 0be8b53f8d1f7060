"""Beside a report: give it to a colleague, ask others for a part, link, split, and see who else has it open."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts import actions as accounts
from stadtplatz.accounts.visitors import staff_required
from stadtplatz.cases import actions as cases
from stadtplatz.cases.rules import may_handle
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.workdays import end_of_day
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.deskforms import AnswerForm, AssignForm, LinkForm, SplitForm, TaskForm
from stadtplatz.tickets.models import Ticket
from stadtplatz.tickets.queries import panels
from stadtplatz.tickets.views.desk import open_for_staff


@never_cache
@staff_required
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """A colleague of the unit has it from now on."""
    found, actor = _handled(request, number)
    form = AssignForm(request.POST or None, people=panels.colleagues_for(found))
    if form.is_bound and form.is_valid():
        try:
            actions.assign(found, person=form.cleaned_data["person"], by=actor)
        except ActionRefused as refusal:
            return _show(request, found, form, _("Assign to a colleague"), refusal)
        messages.success(request, _("Assigned. Your colleague has been told."))
        return redirect("desk-ticket", number=found.case.number)
    return _show(request, found, form, _("Assign to a colleague"))


@never_cache
@staff_required
def add_task(request: HttpRequest, number: str) -> HttpResponse:
    """Another unit, or somebody outside, is asked for a part of the work."""
    found, actor = _handled(request, number)
    form = TaskForm(request.POST or None, unit=found.case.unit)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        outsider = accounts.leave_contact(email=data["email"], name=data["name"]) if data["email"] else None
        try:
            cases.add_task(
                found.case,
                kind=data["kind"],
                question=data["question"],
                unit=data["unit"],
                outsider=outsider,
                shared=data["shared"],
                deadline=end_of_day(data["deadline"]) if data["deadline"] else None,
                by=actor,
            )
        except ActionRefused as refusal:
            return _show(request, found, form, _("Ask others"), refusal)
        messages.success(request, _("Asked. They have been told."))
        return redirect("desk-ticket", number=found.case.number)
    return _show(request, found, form, _("Ask others"))


@never_cache
@staff_required
def answer_task(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The unit that was asked answers; or those who asked write down the answer."""
    found, actor = open_for_staff(request, number)
    task = found.case.tasks.filter(pk=pk, finished_at=None).first()
    if task is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            cases.finish_task(task, answer=form.cleaned_data["answer"], by=actor)
        except ActionRefused as refusal:
            return _show(request, found, form, task.question, refusal)
        messages.success(request, _("Answered. Thank you."))
        left = queries.one_for_staff(actor, found.case.number)
        return redirect("desk-ticket", number=found.case.number) if left else redirect("desk-tickets")
    return _show(request, found, form, task.question)


@require_POST
@staff_required
def link(request: HttpRequest, number: str) -> HttpResponse:
    """Two reports name each other from now on."""
    found, actor = open_for_staff(request, number)
    form = LinkForm(request.POST)
    other = queries.one_for_staff(actor, form.cleaned_data["number"]) if form.is_valid() else None
    if other is None:
        messages.error(request, _("There is no report of this number that you may read."))
    else:
        try:
            actions.link(found, to=other, by=actor)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
    return redirect("desk-ticket", number=found.case.number)


@never_cache
@staff_required
def split(request: HttpRequest, number: str) -> HttpResponse:
    """What belongs elsewhere becomes a report of its own."""
    found, actor = _handled(request, number)
    start = {"version": found.case.version, "text": found.text}
    form = SplitForm(request.POST or None, initial=start)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            new = actions.split(
                found, text=data["text"], category=data["category"], expected_version=data["version"], by=actor
            )
        except ActionRefused as refusal:
            return _show(request, found, form, _("Split in two"), refusal)
        messages.success(request, _("The second report has the number {number}.").format(number=new.case.number))
        return redirect("desk-ticket", number=found.case.number)
    return _show(request, found, form, _("Split in two"))


@require_POST
@staff_required
def lookout(request: HttpRequest, number: str) -> HttpResponse:
    """The page is open: remember it for a minute and tell who else has it open."""
    found, actor = open_for_staff(request, number)
    actions.look_at(found, by=actor)
    return render(request, "tickets/desk/lookouts.html", {"lookers": panels.lookers(found, actor)})


@require_POST
@staff_required
def export(request: HttpRequest, number: str) -> HttpResponse:
    """The closed report as one ZIP."""
    found, actor = open_for_staff(request, number)
    content = actions.export(found, by=actor)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{found.case.number}.zip"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _handled(request: HttpRequest, number: str) -> tuple[Ticket, Actor]:
    found, actor = open_for_staff(request, number)
    if not may_handle(actor, found.case) or found.case.closed_at:
        raise Http404
    return found, actor


def _show(
    request: HttpRequest, found: Ticket, form: Any, title: str, refusal: ActionRefused | None = None
) -> HttpResponse:
    if refusal is not None and "version" in form.fields:
        found.case.refresh_from_db(fields=["version"])
        form.data = {**form.data.dict(), "version": str(found.case.version)}
    context = {"ticket": found, "case": found.case, "form": form, "refusal": refusal, "title": title}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "tickets/desk/step.html", context, status=status)
