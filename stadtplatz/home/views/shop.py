"""The shop side's first page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of, signed_in
from stadtplatz.home import shop_side
from stadtplatz.kit.identity import is_on
from stadtplatz.shops import queries as shops


@never_cache
@signed_in
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """Today's orders, messages, what is missing; "not found" for everybody who does not work there."""
    found = shops.shop_for_member(slug, actor_of(request)) if is_on("shops") else None
    if found is None:
        raise Http404
    return render(request, "home/shop.html", shop_side.overview(*found))
