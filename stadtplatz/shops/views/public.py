"""Pages everybody sees: the list of shops and the entries from the map."""

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.http import go_to
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.kit.publicface import public_face
from stadtplatz.shops import queries, texts
from stadtplatz.shops.forms import ShopFilter
from stadtplatz.shops.hours import weekly
from stadtplatz.shops.queries import listing

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
        "face": public_face(
            request,
            title=_("Shops in town"),
            text=_("All shops, workshops and cafés in town, with opening hours and offers."),
            page=page.number,
            indexed=not any(wanted.values()) and not on_map,
        ),
    }
    return render(request, "shops/list.html", context)


@cached_page(seconds=30)
def place_page(request: HttpRequest, place_id: int) -> HttpResponse:
    """An entry from the map, said to be unchecked; leads to the shop if one answers for it, and says so while that is being set up."""
    place = queries.shown_place(place_id)
    if place is None:
        raise Http404
    if shop := queries.shop_of_place(place):
        return go_to(request, "shop", shop.slug)
    taken = queries.is_taken(place)
    entry = replace(listing.place_entry(place), claimed=taken)
    context = {
        "place": place,
        "taken": taken,
        "entry": entry,
        "points": [entry.point],
        "listed": weekly.in_words(place.opening_hours),
        "is_business": place.kind in queries.BUSINESS and not taken,
    }
    return render(request, "shops/place.html", context)


@cached_page(seconds=30)
def shop_text(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """Imprint, terms, withdrawal instruction or privacy notice of a shop."""
    kind, shop = texts.kind_at(word), queries.shop_by_slug(slug, actor_of(request))
    if kind is None or shop is None:
        raise Http404
    others = [(texts.KINDS[other], texts.ADDRESSES[other], other == kind) for other in texts.KINDS]
    context = {
        "shop": shop,
        "text": texts.text_of(shop, kind),
        "tabs": [(title, reverse("shop-text", args=[slug, address]), here) for title, address, here in others],
        "crumbs": [(_("Shops"), reverse("shops")), (shop.name, reverse("shop", args=[slug])), (texts.KINDS[kind], "")],
    }
    return render(request, "shops/text.html", context)
