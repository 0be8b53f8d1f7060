"""My data: after a code or the PIN the reporter changes the contact, takes the data along, or has them erased."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.cases.rules import is_applicant
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.tickets import actions, limits, privacy, queries
from stadtplatz.tickets.forms.reporter import AddressForm, ProofForm
from stadtplatz.tickets.models import Ticket

PROVED, PIN = "proved", "pin"
PROVED_FOR, PIN_FOR = 30 * 60, 10 * 60
"""Seconds."""
SALT = "tickets.proof"


@never_cache
def data(request: HttpRequest, secret: str) -> HttpResponse:
    """Prove it first; then contact, file and erasure."""
    ticket = _ticket(secret)
    if not _is_proved(request, ticket):
        return _prove(request, ticket)
    form = AddressForm(request.POST if "email" in request.POST else None)
    try:
        if "erase" in request.POST:
            return _erase(request, ticket)
        if "remove" in request.POST or (form.is_bound and form.is_valid()):
            return _change(request, ticket, "" if "remove" in request.POST else form.cleaned_data["email"])
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    context = {"ticket": ticket, "form": form}
    return render(request, "tickets/data.html", context, status=422 if form.errors else 200)


@never_cache
def download(request: HttpRequest, secret: str) -> HttpResponse:
    """The reporter's data as a file."""
    ticket = _ticket(secret)
    if not _is_proved(request, ticket):
        return redirect("tickets-data", secret=secret)
    name = f"{ticket.case.number}.json"
    content = actions.as_file([privacy.as_data(ticket)])
    return HttpResponse(
        content,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def hand_over_pin(response: HttpResponse, digits: str, *, path: str) -> None:
    """The page at this path, and no other, may show the PIN, for ten minutes."""
    if digits:
        response.set_cookie(
            PIN, digits, max_age=PIN_FOR, path=path, httponly=True, samesite="Strict", secure=settings.HTTPS
        )


def shown_pin(request: HttpRequest) -> str:
    """The PIN of a report that was sent a moment ago from this browser."""
    digits = request.COOKIES.get(PIN, "")
    return digits if len(digits) == 6 and digits.isdecimal() else ""


def _prove(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    form = ProofForm(request.POST if "code" in request.POST else None)
    status = 422 if form.is_bound else 200
    try:
        if "send" in request.POST:
            limits.count_message(client_ip(request), actor_of(request))
            actions.send_code(ticket)
            messages.success(request, _("A code is on its way to you. It counts for 20 minutes."))
            return redirect("tickets-data", secret=ticket.case.secret)
        if form.is_bound and form.is_valid():
            check = actions.check_code if ticket.case.applicant_guest_id else actions.check_pin
            check(ticket, form.cleaned_data["code"])
            return _remember_proof(ticket)
    except ActionRefused as refusal:
        status = refusal.status
        if form.is_bound:
            form.add_error("code", str(refusal))
        else:
            messages.error(request, str(refusal))
    context = {"ticket": ticket, "form": form, "address": _masked(ticket), "has_pin": hasattr(ticket, "pin")}
    return render(request, "tickets/prove.html", context, status=status)


def _change(request: HttpRequest, ticket: Ticket, email: str) -> HttpResponse:
    if email:
        limits.count_report(client_ip(request), email)
    actions.change_contact(ticket, email=email)
    messages.success(request, _("News go to the new address now.") if email else _("The address is deleted."))
    return redirect("tickets-data", secret=ticket.case.secret)


def _erase(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    everything = actions.erase(ticket)
    whole = _("Text, photos and contact are deleted. Kind, place and dates stay without you, as statistics.")
    part = _(
        "Your contact and messages are deleted. The report itself is needed until it is done; then its text goes, too."
    )
    messages.success(request, whole if everything else part)
    return redirect("tickets")


def _ticket(secret: str) -> Ticket:
    ticket = queries.by_secret(secret)
    if ticket is None:
        raise Http404
    return ticket


def _is_proved(request: HttpRequest, ticket: Ticket) -> bool:
    actor = actor_of(request)
    if actor.is_person and is_applicant(actor, ticket.case):
        return True
    try:
        known = signing.loads(request.COOKIES.get(PROVED, ""), salt=SALT, max_age=PROVED_FOR)
    except signing.BadSignature:
        return False
    return known == [ticket.pk, ticket.case.secret]


def _remember_proof(ticket: Ticket) -> HttpResponse:
    address = reverse("tickets-data", args=[ticket.case.secret])
    response = redirect(address)
    response.set_cookie(
        PROVED,
        signing.dumps([ticket.pk, ticket.case.secret], salt=SALT),
        max_age=PROVED_FOR,
        path=address,
        httponly=True,
        samesite="Strict",
        secure=settings.HTTPS,
    )
    return response


def _masked(ticket: Ticket) -> str:
    """`m…@example.org`: enough to know one's own, too little to learn somebody else's."""
    guest = ticket.case.applicant_guest
    name, _at, domain = (guest.email if guest else "").partition("@")
    return f"{name[:1]}…@{domain}" if domain else ""
