"""Having something put aside without obligation, and its page for whoever holds the link."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import queries as catalogue
from stadtplatz.catalogue.queries import Sellable
from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, rules
from stadtplatz.orders.forms.reservations import ReserveForm
from stadtplatz.orders.models import Reservation
from stadtplatz.orders.pages import reservations as pages
from stadtplatz.orders.queries import reservations
from stadtplatz.orders.views.known import contact_of
from stadtplatz.shops import queries as shops


@never_cache
def reserve(request: HttpRequest, offer_id: int) -> HttpResponse:
    """A name and one button; no account, no contract."""
    found = catalogue.to_put_aside(offer_id)
    if found is None or not found.offer.is_on_sale:
        raise Http404
    most = max(1, min(found.available, rules.MAX_PIECES_ASIDE))
    initial = contact_of(request) | {"quantity": 1}
    form, refusal = ReserveForm(request.POST or None, initial=initial, most=most), None
    if request.method == "POST" and form.is_valid():
        try:
            made = _reserve(request, offer_id, form)
            return go_to(request, reverse("reservations-page", args=[made.secret]) + "?neu")
        except ActionRefused as refused:
            refusal = refused
    return _form_page(request, found, form, refusal)


def _reserve(request: HttpRequest, offer_id: int, form: ReserveForm) -> Reservation:
    """Counted by network address, and by mail address, before anything is written."""
    network, email = client_ip(request), form.cleaned_data["email"]
    ratelimit.count("orders.reserve", network, limit=10, per=timedelta(hours=1))
    if email:
        ratelimit.count("orders.reserve.mail", email, limit=10, per=timedelta(days=1))
    return actions.reserve(
        offer_id=offer_id,
        by=actor_of(request),
        network=network,
        language=get_language() or "de",
        **form.cleaned_data,
    )


def _form_page(request: HttpRequest, found: Sellable, form: ReserveForm, refusal: ActionRefused | None) -> HttpResponse:
    offer, shop = found.offer, found.offer.shop
    context = {
        "offer": offer,
        "shop": shop,
        "price": found.price,
        "kept_until": None if found.obstacle else shops.kept_until(shop),
        "obstacle": found.obstacle,
        "form": form,
        "refusal": refusal,
        "crumbs": [(shop.name, shop.get_absolute_url()), (offer.full_title, offer.get_absolute_url())],
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "orders/reserve.html", context, status=status)


@never_cache
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """Where it stands, until when, with the code to collect it."""
    reservation = _found(secret)
    context = {
        "view": pages.page_of(reservation, at=clock.now()),
        "reservation": reservation,
        "is_new": "neu" in request.GET,
    }
    return render(request, "orders/reservation.html", context)


@require_POST
def cancel(request: HttpRequest, secret: str) -> HttpResponse:
    """No longer needed; it is on sale again."""
    try:
        actions.move_reservation(_found(secret), move="cancel", by=LINK_HOLDER)
        messages.success(request, _("Called off. The shop has been told. Thank you for saying so!"))
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "reservations-page", secret)


@require_POST
def longer(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask the shop, once, to keep it longer."""
    try:
        actions.ask_longer(_found(secret), by=LINK_HOLDER)
        messages.success(request, _("The shop has been asked. Until it says yes, the time above counts."))
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "reservations-page", secret)


def _found(secret: str) -> Reservation:
    reservation = reservations.by_secret(secret)
    if reservation is None:
        raise Http404
    return reservation
