"""The machine room at the desk, for operators: workers, dead jobs, web hooks."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from stadtplatz.accounts import rules
from stadtplatz.accounts.visitors import actor_of, desk_guard
from stadtplatz.audit import actions, queries
from stadtplatz.audit.forms import EndpointForm
from stadtplatz.kit import jobs
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused

View = Callable[..., HttpResponse]


def operators_only(view: View) -> View:
    """Staff at the desk who also run this installation."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        is_operator = rules.is_operator(actor_of(request))
        return desk_guard(request, is_operator) or view(request, *args, **kwargs)

    return guarded


@require_safe
@operators_only
def room(request: HttpRequest) -> HttpResponse:
    return _room(request, EndpointForm())


@require_POST
@operators_only
def replay(request: HttpRequest, job_id: int) -> HttpResponse:
    jobs.replay(job_id)
    return go_to(request, "desk-machine-room")


@require_POST
@operators_only
def discard(request: HttpRequest, job_id: int) -> HttpResponse:
    jobs.discard(job_id)
    return go_to(request, "desk-machine-room")


@require_POST
@operators_only
def listen(request: HttpRequest) -> HttpResponse:
    form = EndpointForm(request.POST)
    if form.is_valid():
        try:
            actions.listen(form.cleaned_data["url"], verbs=form.cleaned_data["verbs"])
            return go_to(request, "desk-machine-room")
        except ActionRefused as refusal:
            form.add_error("verbs" if refusal.code == "unknown-verb" else "url", str(refusal))
    return _room(request, form)


@require_POST
@operators_only
def stop_listening(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    actions.stop_listening(endpoint_id)
    return go_to(request, "desk-machine-room")


def _room(request: HttpRequest, form: EndpointForm) -> HttpResponse:
    context = {"room": queries.machine_room(), "form": form}
    return render(request, "operate/machine_room.html", context, status=400 if form.errors else 200)
