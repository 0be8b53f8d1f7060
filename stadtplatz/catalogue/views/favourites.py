"""What the visitor has marked: on this device, or in the account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import actions, cookies, queries
from stadtplatz.catalogue.queries import Mark
from stadtplatz.kit.http import redirect_back, same_origin_required
from stadtplatz.kit.refusals import ActionRefused


@never_cache
def marked(request: HttpRequest) -> HttpResponse:
    """Everything marked, and one button that forgets it all. What the device remembered moves into the account."""
    actor, here = actor_of(request), cookies.marks_in(request)
    if actor.is_person and here:
        join(request)
    found = queries.marked(queries.marks_of(actor) if actor.is_person else here)
    response = render(request, "catalogue/marked.html", {"marked": found, "has_account": actor.is_person})
    if actor.is_person and here:
        cookies.write(response, [])
    return response


@require_POST
@same_origin_required  # pages with the button are kept for everybody and hold no token
def mark(request: HttpRequest) -> HttpResponse:
    """Mark one offer or shop."""
    wanted, actor = _mark(request), actor_of(request)
    response = redirect_back(request, "marked")
    if not actor.is_person:
        cookies.write(response, [wanted, *(other for other in cookies.marks_in(request) if other != wanted)])
        return response
    try:
        actions.mark(marks=[wanted], by=actor)
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return response


@require_POST
@same_origin_required
def unmark(request: HttpRequest) -> HttpResponse:
    """Forget one, or all."""
    wanted = None if "all" in request.POST else [_mark(request)]
    response = redirect_back(request, "marked")
    actions.unmark(marks=wanted, by=actor_of(request))
    here = cookies.marks_in(request)
    if here or wanted is None:
        cookies.write(response, [other for other in here if wanted and other not in wanted])
    if wanted is None:
        messages.success(request, _("Forgotten. Nothing is marked any more."))
    return response


def is_marked(request: HttpRequest, what: str, pk: int) -> bool:
    """Whether this visitor has marked it. One query with an account, none without."""
    actor = actor_of(request)
    return (what, pk) in (queries.marks_of(actor) if actor.is_person else cookies.marks_in(request))


def join(request: HttpRequest) -> None:
    """What the device remembered stands in the account; what is too much is left out."""
    try:
        actions.mark(marks=cookies.marks_in(request), by=actor_of(request))
    except ActionRefused:
        return  # the account is full


def _mark(request: HttpRequest) -> Mark:
    what, pk = request.POST.get("what", ""), request.POST.get("id", "")
    if what not in {"offer", "shop"} or not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        raise Http404
    return what, int(pk)
