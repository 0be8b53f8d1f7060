"""The market desk: claims and requests to remove."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops import actions, queries, rules
from stadtplatz.shops.forms import DecisionForm
from stadtplatz.shops.models import ClaimRequest, RemovalRequest


def requests(request: HttpRequest) -> HttpResponse:
    """What waits for a decision."""
    actor = actor_of(request)
    if not actor.is_person:
        return redirect_to_login(request.get_full_path())
    if not rules.may_decide(actor):
        raise Http404
    context = {"claims": queries.waiting_claims(), "removals": queries.waiting_removals()}
    return render(request, "shops/desk.html", context)


@require_POST
def decide_claim(request: HttpRequest, request_id: int) -> HttpResponse:
    """Grant or decline a claim."""
    actor = actor_of(request)
    if not rules.may_decide(actor):
        raise Http404
    row = get_object_or_404(ClaimRequest, pk=request_id)
    return _answer(
        request, lambda grant, reason: actions.decide_claim(claim=row, approve=grant, reason=reason, by=actor)
    )


@require_POST
def decide_removal(request: HttpRequest, request_id: int) -> HttpResponse:
    """Hide an entry or keep it."""
    actor = actor_of(request)
    if not rules.may_decide(actor):
        raise Http404
    row = get_object_or_404(RemovalRequest, pk=request_id)
    return _answer(
        request, lambda grant, reason: actions.decide_removal(removal=row, hide=grant, reason=reason, by=actor)
    )


def _answer(request: HttpRequest, decide) -> HttpResponse:
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            decide(form.cleaned_data["grant"], form.cleaned_data["reason"])
        except ActionRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Decided."))
    return go_to(request, "desk-shops")
