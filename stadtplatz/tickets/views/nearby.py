"""Before sending: is it known already? And joining a report instead of doubling it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit import media
from stadtplatz.kit.http import client_ip, same_origin_required
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions, limits, queries
from stadtplatz.tickets.forms.reporter import AddressForm
from stadtplatz.tickets.models import Draft, Echo, PublishedPhoto, Ticket
from stadtplatz.tickets.queries.echoes import can_be_still_there
from stadtplatz.tickets.views import browser, steps


@never_cache
def nearby(request: HttpRequest, token: str) -> HttpResponse:
    """What is known close by; joining one ends the draft, anything else goes on."""
    draft = steps.open_draft(token)
    if draft.ticket:
        return steps.to_sent(draft)
    refusal = None
    if request.method == "POST":
        if "other" in request.POST:
            return steps.onward(actions.pass_nearby(draft))
        if ticket := queries.one_nearby(draft.place, draft.category, request.POST.get("join", "")):
            try:
                return _join(request, ticket, Echo.STILL_THERE if ticket.case.closed_at else Echo.ME_TOO, draft)
            except ActionRefused as error:
                refusal = error
    found = queries.nearby(draft.place, draft.category)
    if not found and request.method != "POST":
        return steps.onward(draft)
    context = {"found": found, "refusal": refusal}
    return steps.page(
        request, draft, "nearby", context, refused=request.method == "POST", status=getattr(refusal, "status", 422)
    )


@never_cache
def photo(request: HttpRequest, token: str, pk: int) -> FileResponse:
    """A released photo of a report close by, small."""
    steps.open_draft(token)
    found = PublishedPhoto.objects.filter(pk=pk, publication__ticket__in=queries.visible()).first()
    return media.serve(found.small_path if found else "", allowed=found is not None)


@never_cache
@same_origin_required  # the public pages are kept for everybody and hold no token
def join(request: HttpRequest, number: str) -> HttpResponse:
    """From the public page of a report: concerns me too, follow it, or still there."""
    public = queries.publication_of(number)
    if public is None or request.method != "POST":
        raise Http404
    return _join(request, public.ticket, request.POST.get("kind", ""))


@never_cache
def echo(request: HttpRequest, secret: str) -> HttpResponse:
    """The page of somebody who joined: where it stands, and a place to leave a mail address."""
    found = _echo(secret)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        limits.count_echo(client_ip(request), form.cleaned_data["email"])
        try:
            actions.leave_address(found, email=form.cleaned_data["email"], language=_language())
        except ActionRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("We write to you whenever something happens."))
            return redirect("tickets-echo", secret=secret)
    context = {"page": queries.echo_page(found), "form": form}
    return render(request, "tickets/echo.html", context, status=422 if form.is_bound else 200)


@require_POST
def unfollow(request: HttpRequest, secret: str) -> HttpResponse:
    """No further news; the echo and its contact are forgotten."""
    actions.unfollow(_echo(secret))
    messages.success(request, _("You no longer follow this report, and we have forgotten your contact."))
    return redirect("tickets")


def _join(request: HttpRequest, ticket: Ticket, kind: str, draft: Draft | None = None) -> HttpResponse:
    if kind != Echo.STILL_THERE and can_be_still_there(ticket):
        kind = Echo.STILL_THERE
    limits.count_echo(client_ip(request), "")
    key = browser.key_of(request)
    found = actions.join(ticket, kind=kind, by=actor_of(request), browser=key, language=_language())
    if draft:
        actions.drop_draft(draft)
    said = {
        Echo.ME_TOO: _("Thank you. The city now knows that it concerns you, too."),
        Echo.FOLLOW: _("You follow this report now."),
        Echo.STILL_THERE: _("Thank you. The responsible office is told that it is still there."),
    }
    messages.success(request, said[found.kind])
    response = redirect("tickets-echo", secret=found.secret)
    browser.keep(response, key)
    return response


def _echo(secret: str) -> Echo:
    found = queries.echo(secret)
    if found is None:
        raise Http404
    return found


def _language() -> str:
    return (get_language() or "de")[:2]
