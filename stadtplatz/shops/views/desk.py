"""The market desk: claims, letters to businesses, entries that were removed."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit import media
from stadtplatz.kit.http import go_to
from stadtplatz.kit.saying import do_and_say
from stadtplatz.shops import actions, queries, rules
from stadtplatz.shops.forms import DecisionForm, LettersForm
from stadtplatz.shops.models import ClaimRequest, RemovalRequest

View = Callable[..., HttpResponseBase]


def for_desk(view: View) -> View:
    """Strangers sign in first; who does not work at the market desk gets "not found"."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if not actor.is_person and request.method == "GET":
            return redirect_to_login(request.get_full_path())
        if not rules.may_decide(actor):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """The pages of the market desk, for `kit/parts/tabs.html`."""
    pages = [
        ("requests", _("Requests"), "desk-shops"),
        ("sellers", _("Sellers"), "desk-sellers"),
        ("care", _("Care"), "desk-care"),
        ("terms", _("Terms for sellers"), "desk-terms"),
        ("periods", _("Days"), "desk-periods"),
    ]
    return [(label, reverse(url_name), code == here) for code, label, url_name in pages]


@for_desk
def requests(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, what was removed lately, and letters to write."""
    context = {
        "claims": queries.waiting_claims(),
        "removals": queries.waiting_removals(),
        "removed": queries.removed_lately(),
        "without_letter": queries.without_letter().count(),
        "letters_form": LettersForm(),
        "tabs": tabs("requests"),
    }
    return render(request, "shops/desk.html", context)


@require_POST
@for_desk
def decide_claim(request: HttpRequest, request_id: int) -> HttpResponse:
    """Grant or decline a claim."""
    row = get_object_or_404(ClaimRequest, pk=request_id)
    by = actor_of(request)
    return _answer(request, lambda grant, reason: actions.decide_claim(claim=row, approve=grant, reason=reason, by=by))


@require_POST
@for_desk
def letter(request: HttpRequest, request_id: int) -> HttpResponse:
    """Write the letter that a claimant asked for."""
    row = get_object_or_404(ClaimRequest.objects.select_related("place"), pk=request_id, state=ClaimRequest.NEW)
    place = row.place
    if place is None:
        raise Http404
    return _done(
        request,
        lambda: actions.write_letter(place=place, claim=row, by=actor_of(request)),
        _("The letter lies with the printed matter."),
    )


@for_desk
def document(request: HttpRequest, request_id: int) -> FileResponse:
    """What a claimant showed; never kept in a cache."""
    row = get_object_or_404(ClaimRequest, pk=request_id)
    answer = media.serve(row.document, allowed=bool(row.document))
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@for_desk
def decide_removal(request: HttpRequest, request_id: int) -> HttpResponse:
    """Hide an entry or keep it."""
    row = get_object_or_404(RemovalRequest, pk=request_id)
    by = actor_of(request)
    return _answer(request, lambda grant, reason: actions.decide_removal(removal=row, hide=grant, reason=reason, by=by))


@require_POST
@for_desk
def undo_removal(request: HttpRequest, request_id: int) -> HttpResponse:
    """Show an entry again that was removed on request."""
    row = get_object_or_404(RemovalRequest, pk=request_id)
    reason = request.POST.get("reason", "")
    return _done(
        request,
        lambda: actions.undo_removal(removal=row, reason=reason, by=actor_of(request)),
        _("The entry is shown again."),
    )


@require_POST
@for_desk
def letters(request: HttpRequest) -> HttpResponse:
    """Write to the next businesses that nobody answers for."""
    form = LettersForm(request.POST)
    if form.is_valid():
        count = actions.write_letters(most=form.cleaned_data["most"], by=actor_of(request))
        said = ngettext("{n} letter lies with the printed matter.", "{n} letters lie with the printed matter.", count)
        messages.success(request, said.format(n=count))
    return go_to(request, "desk-shops")


def _answer(request: HttpRequest, decide: Callable[[bool, str], object]) -> HttpResponse:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return go_to(request, "desk-shops")
    return _done(request, lambda: decide(form.cleaned_data["grant"], form.cleaned_data["reason"]), _("Decided."))


def _done(request: HttpRequest, act: Callable[[], object], said: str) -> HttpResponse:
    do_and_say(request, act, said)
    return go_to(request, "desk-shops")
