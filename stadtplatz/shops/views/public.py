"""Pages everybody sees: the list of shops and the entries from the map."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit import ratelimit
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops import actions, listing, queries, weekly
from stadtplatz.shops.forms import ClaimForm, RemovalForm, ShopFilter

PER_PAGE = 24


@cached_page(seconds=30)
def shop_list(request: HttpRequest) -> HttpResponse:
    """All shops and the businesses the map knows, narrowed by the address; as a list or on the map."""
    form = ShopFilter(request.GET, districts=queries.districts())
    wanted = form.cleaned_data if form.is_valid() else {}
    found = listing.find(
        q=wanted.get("q", ""), kind=wanted.get("kind", ""), district=wanted.get("district", ""),
        open_now=wanted.get("open", False),
    )  # fmt: skip
    on_map = request.GET.get("view") == "map"
    page = Paginator(found, listing.ON_MAP if on_map else PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "on_map": on_map,
        "points": [entry.point for entry in page if entry.point] if on_map else [],
        "narrowed": any(wanted.values()),
    }
    return render(request, "shops/list.html", context)


@cached_page(seconds=30)
def place_page(request: HttpRequest, place_id: int) -> HttpResponse:
    """An entry from the map, said to be unchecked; leads to the shop if one answers for it."""
    place = queries.shown_place(place_id)
    if place is None:
        raise Http404
    if shop := queries.shop_of_place(place):
        return go_to(request, "shop", shop.slug)
    entry = listing.place_entry(place)
    context = {
        "place": place,
        "entry": entry,
        "points": [entry.point],
        "listed": weekly.in_words(place.opening_hours),
        "is_business": place.kind in queries.BUSINESS,
    }
    return render(request, "shops/place.html", context)


def claim(request: HttpRequest, place_id: int) -> HttpResponse:
    """ "Is this your business?": what it takes, and the form."""
    place = queries.shown_place(place_id)
    if place is None or place.kind not in queries.BUSINESS:
        raise Http404
    form = ClaimForm(request.POST if request.method == "POST" else None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        ratelimit.count("shops.claim", client_ip(request), limit=5, per=timedelta(hours=1))
        try:
            actions.claim(place=place, by=actor_of(request), language=request.LANGUAGE_CODE, **form.cleaned_data)
        except ActionRefused as refused:
            refusal = refused
        else:
            messages.success(request, _("Thank you. The market desk checks your request and answers by mail."))
            return go_to(request, "place", place.pk)
    return render(request, "shops/claim.html", {"place": place, "form": form, "refusal": refusal})


def removal(request: HttpRequest, place_id: int) -> HttpResponse:
    """ "Please take this entry off": without account, without reason."""
    place = queries.shown_place(place_id)
    if place is None:
        raise Http404
    form = RemovalForm(request.POST if request.method == "POST" else None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        ratelimit.count("shops.removal", client_ip(request), limit=5, per=timedelta(hours=1))
        try:
            actions.ask_removal(place=place, by=actor_of(request), **form.cleaned_data)
        except ActionRefused as refused:
            refusal = refused
        else:
            messages.success(
                request, _("Thank you. The market desk decides about it, usually within two working days.")
            )
            return go_to(request, "place", place.pk)
    return render(request, "shops/removal.html", {"place": place, "form": form, "refusal": refusal})
