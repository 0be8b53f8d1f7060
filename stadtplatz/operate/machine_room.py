"""The machine room at the desk, for operators: workers and dead jobs."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from stadtplatz.accounts import rules
from stadtplatz.accounts.visitors import actor_of, desk_guard
from stadtplatz.audit import queries
from stadtplatz.kit import jobs
from stadtplatz.kit.http import go_to
from stadtplatz.notifications.queries import mail_state

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
    context = {"room": queries.machine_room(), "mail": mail_state()}
    return render(request, "operate/machine_room.html", context)


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
