"""Other systems at the desk, for operators: programs that may report, and web hooks that are told what happens."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.audit import actions, queries
from stadtplatz.audit.forms import EndpointForm
from stadtplatz.kit import clock
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.operate.forms import ClientForm
from stadtplatz.operate.machine_room import operators_only
from stadtplatz.tickets.actions import make_client, rekey_client, revoke_client
from stadtplatz.tickets.models import ApiClient
from stadtplatz.tickets.queries import clients

LONGEST_HOURS = 720


@require_safe
@operators_only
def overview(request: HttpRequest) -> HttpResponse:
    return _overview(request)


@never_cache
@require_POST
@operators_only
def new_client(request: HttpRequest) -> HttpResponse:
    """The key stands on the answer and nowhere else."""
    form = ClientForm(request.POST)
    if form.is_valid():
        try:
            client, key = make_client(**form.cleaned_data, by=actor_of(request))
            return _overview(request, key=key, client=client)
        except ActionRefused as refusal:
            form.add_error("name", str(refusal))
    return _overview(request, client_form=form)


@never_cache
@require_POST
@operators_only
def rekey(request: HttpRequest, pk: int) -> HttpResponse:
    client = _client(pk)
    return _overview(request, key=rekey_client(client, by=actor_of(request)), client=client)


@require_POST
@operators_only
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    revoke_client(_client(pk), by=actor_of(request))
    return go_to(request, "desk-interfaces")


@require_POST
@operators_only
def new_hook(request: HttpRequest) -> HttpResponse:
    form = EndpointForm(request.POST)
    if form.is_valid():
        try:
            endpoint = actions.listen(form.cleaned_data["url"], verbs=form.cleaned_data["verbs"])
            return go_to(request, "desk-hook", endpoint.pk)
        except ActionRefused as refusal:
            form.add_error("verbs" if refusal.code == "unknown-verb" else "url", str(refusal))
    return _overview(request, hook_form=form)


@never_cache
@require_safe
@operators_only
def hook(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "operate/hook.html", {"hook": _hook(pk)})


@require_POST
@operators_only
def try_hook(request: HttpRequest, pk: int) -> HttpResponse:
    actions.try_endpoint(_hook(pk).endpoint.pk)
    messages.success(request, _("The test is on its way. Look again in a moment."))
    return go_to(request, "desk-hook", pk)


@require_POST
@operators_only
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    given = request.POST.get("hours", "")
    hours = min(max(int(given), 1), LONGEST_HOURS) if given.isascii() and given.isdigit() and len(given) < 5 else 1
    try:
        count = actions.send_again(_hook(pk).endpoint.pk, since=clock.now() - timedelta(hours=hours))
        words = ngettext("{count} message is sent again.", "{count} messages are sent again.", count)
        messages.success(request, words.format(count=count))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "desk-hook", pk)


@require_POST
@operators_only
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    actions.rotate_secret(_hook(pk).endpoint.pk)
    return go_to(request, "desk-hook", pk)


@require_POST
@operators_only
def end_hook(request: HttpRequest, pk: int) -> HttpResponse:
    actions.stop_listening(pk)
    return go_to(request, "desk-interfaces")


def _overview(request: HttpRequest, **shown) -> HttpResponse:
    context = {
        "clients": clients.clients(),
        "endpoints": queries.endpoints(),
        "client_form": ClientForm(),
        "hook_form": EndpointForm(),
        **shown,
    }
    wrong = context["client_form"].errors or context["hook_form"].errors
    return render(request, "operate/interfaces.html", context, status=400 if wrong else 200)


def _hook(pk: int) -> queries.Hook:
    found = queries.hook(pk)
    if found is None:
        raise Http404
    return found


def _client(pk: int) -> ApiClient:
    found = clients.client(pk)
    if found is None:
        raise Http404
    return found
