"""After the end: two questions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.cases.rules import link_holder
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions, limits, queries
from stadtplatz.tickets.forms.reporter import EchoFeedbackForm, FeedbackForm


@never_cache
def feedback(request: HttpRequest, secret: str) -> HttpResponse:
    """Is it solved, and how was it? "No" opens the report again where that is possible."""
    ticket = queries.by_secret(secret)
    if ticket is None:
        raise Http404
    if not queries.may_give_feedback(ticket):
        messages.info(request, _("There is nothing to answer at the moment. Thank you."))
        return redirect("tickets-page", secret=secret)
    actor, refusal = link_holder(ticket.case), None
    form = FeedbackForm(
        request.POST if request.method == "POST" else None, initial={"solved": request.GET.get("geloest")}
    )
    if form.is_bound and form.is_valid():
        limits.count_message(client_ip(request), actor)
        try:
            row = actions.give_feedback(ticket, by=actor, **form.cleaned_data)
        except ActionRefused as error:
            refusal = error
        else:
            opened = _("Thank you. Your report is open again, and the responsible office has been told.")
            messages.success(request, opened if row.reopened else _("Thank you for your answers."))
            return redirect("tickets-page", secret=secret)
    page = queries.public_page(ticket, actor)
    context = {"form": form, "page": page, "refusal": refusal, "reopens": "reopen" in page.moves}
    return render(request, "tickets/feedback.html", context, status=422 if form.is_bound else 200)


@never_cache
def echo_feedback(request: HttpRequest, secret: str) -> HttpResponse:
    """The same two questions for somebody whom it concerns too, by their own link."""
    found = queries.echo(secret)
    if found is None:
        raise Http404
    page = queries.echo_page(found)
    if not page.asks_feedback:
        messages.info(request, _("There is nothing to answer at the moment. Thank you."))
        return redirect("tickets-echo", secret=secret)
    form, refusal = EchoFeedbackForm(request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        limits.count_echo(client_ip(request), "")
        try:
            actions.give_echo_feedback(found, by=ANONYMOUS, **form.cleaned_data)
        except ActionRefused as error:
            refusal = error
        else:
            messages.success(request, _("Thank you for your answers."))
            return redirect("tickets-echo", secret=secret)
    context = {"form": form, "page": page, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "tickets/echo_feedback.html", context, status=status)
