"""Asking a shop for a price, and the page of the question for whoever holds the link."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import queries as catalogue
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.actors import ANONYMOUS, LINK_HOLDER
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions
from stadtplatz.orders.forms.quotes import AskPriceForm
from stadtplatz.orders.models import Quote
from stadtplatz.orders.pages import quotes as pages
from stadtplatz.orders.queries import quotes
from stadtplatz.orders.views.known import contact_of


@never_cache
def ask(request: HttpRequest, offer_id: int) -> HttpResponse:
    """What is needed, and a name; no account."""
    offer = catalogue.shown_offer(offer_id, ANONYMOUS)
    if offer is None or offer.kind != Offer.QUOTE:
        raise Http404
    form, refusal = AskPriceForm(request.POST or None, initial=contact_of(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            made = _ask(request, offer, form)
            return go_to(request, reverse("quotes-page", args=[made.secret]) + "?neu")
        except ActionRefused as refused:
            refusal = refused
    context = {"offer": offer, "shop": offer.shop, "form": form, "refusal": refusal}
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "orders/ask_price.html", context, status=status)


def _ask(request: HttpRequest, offer: Offer, form: AskPriceForm) -> Quote:
    ratelimit.count("orders.ask_price", client_ip(request), limit=5, per=timedelta(hours=1))
    if email := form.cleaned_data["email"]:
        ratelimit.count("orders.ask_price.mail", email, limit=10, per=timedelta(days=1))
    return actions.ask_price(offer=offer, by=actor_of(request), language=get_language() or "de", **form.cleaned_data)


@never_cache
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """The question, the price, and the two buttons."""
    quote = _found(secret)
    view = pages.page_of(quote, today=clock.today())
    return render(request, "orders/quote.html", {"quote": quote, "view": view, "is_new": "neu" in request.GET})


@require_POST
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Yes, no, or no longer needed."""
    quote, move = _found(secret), request.POST.get("move", "")
    if move not in {"accept", "decline", "cancel"}:
        raise Http404
    try:
        actions.move_quote(quote, move=move, by=LINK_HOLDER)
        messages.success(request, pages.DONE[move])
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "quotes-page", secret)


def _found(secret: str) -> Quote:
    quote = quotes.by_secret(secret)
    if quote is None:
        raise Http404
    return quote
