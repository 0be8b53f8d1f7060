"""Giving notice about a shop or an entry, deciding about it at the desk, and the shop's page of decisions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.moderation import pages
from stadtplatz.moderation import queries as notices
from stadtplatz.moderation.models import Matter
from stadtplatz.shops import actions, content, queries, rules
from stadtplatz.shops.views.side import Workplace, for_members, page


def notice_shop(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell the town that something about this shop must not stand here."""
    shop = queries.listed().filter(slug=slug).first()
    if shop is None:
        raise Http404
    return pages.notice_page(request, content.shop_content(shop))


def notice_place(request: HttpRequest, place_id: int) -> HttpResponse:
    """The same about an entry of the map."""
    place = queries.shown_place(place_id)
    if place is None:
        raise Http404
    return pages.notice_page(request, content.place_content(place))


@never_cache
def decide_shop(request: HttpRequest, number: str) -> HttpResponseBase:
    """Decide about a shop at the desk."""
    return pages.decision_page(
        request, number, kind=content.SHOP, now=content.shop_now, decide=actions.decide_about_shop
    )


@never_cache
def decide_place(request: HttpRequest, number: str) -> HttpResponseBase:
    """Decide about an entry of the map at the desk."""
    return pages.decision_page(
        request, number, kind=content.PLACE, now=content.place_now, decide=actions.decide_about_place
    )


@never_cache
@for_members(*rules.MANAGERS)
def decisions(request: HttpRequest, place: Workplace) -> HttpResponse:
    """What was taken down and why, and how to complain."""
    owner = content.owner_of(place.shop)
    return page(
        request, place, "decisions", {"lines": notices.decisions_about(owner), "measures": notices.measures_of(owner)}
    )


@require_POST
@for_members(*rules.MANAGERS)
def complain(request: HttpRequest, place: Workplace, matter_id: int) -> HttpResponse:
    """Say that a decision is wrong."""
    matter = get_object_or_404(Matter, pk=matter_id, owner=content.owner_of(place.shop))
    try:
        actions.complain_about_decision(
            shop=place.shop, matter=matter, text=request.POST.get("text", ""), by=actor_of(request)
        )
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Somebody else than who decided looks at it now."))
    return go_to(request, "shop-decisions", place.shop.slug)
