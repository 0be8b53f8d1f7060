"""Who may see the shop side of the catalogue, and the shell around its pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue.models import Offer
from stadtplatz.shops import queries as shops
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Membership, Shop


def for_managers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view gets the shop instead of its slug, and the offer (which must be the shop's) instead of its id.
    Strangers sign in first; everybody else who is not owner or staff gets "not found"."""

    @wraps(view)
    def guarded(
        request: HttpRequest, slug: str, offer_id: int | None = None, run_id: int | None = None
    ) -> HttpResponseBase:
        actor = actor_of(request)
        if not actor.is_person:
            return redirect_to_login(request.get_full_path())
        found = shops.shop_for_member(slug, actor)
        if found is None or found[1] not in shop_rules.MANAGERS:
            raise Http404
        request.__dict__["_owns"] = found[1] == Membership.OWNER
        if offer_id is None:
            return view(request, found[0])
        return view(request, get_object_or_404(Offer.objects.select_related("shop"), pk=offer_id, shop=found[0]))

    return guarded


def for_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Strangers sign in first; who does not work at the market desk gets "not found"."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = actor_of(request)
        if not actor.is_person and request.method == "GET":
            return redirect_to_login(request.get_full_path())
        if not shop_rules.may_decide(actor):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def side_page(request: HttpRequest, shop: Shop, name: str, context: dict) -> HttpResponse:
    shell = {"shop": shop, "manages": True, "owns": request.__dict__["_owns"], "here": "offers"}
    return render(request, f"catalogue/side/{name}.html", shell | context)
