"""Giving notice about an offer, and deciding about it at the desk."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.actions import noticed
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.moderation import pages


def notice(request: HttpRequest, offer_id: int, slug: str) -> HttpResponse:
    """Tell the town that something about this offer must not stand here."""
    found = queries.shown_offer(offer_id, ANONYMOUS)
    if found is None:
        raise Http404
    return pages.notice_page(request, noticed.offer_content(found))


@never_cache
def decide(request: HttpRequest, number: str) -> HttpResponseBase:
    """Decide about an offer at the desk."""
    return pages.decision_page(
        request, number, kind=noticed.OFFER, now=noticed.offer_now, decide=actions.decide_about_offer
    )
