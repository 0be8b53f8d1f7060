"""What programs read: feeds of a shop."""

from django.conf import settings
from django.http import Http404, HttpRequest, StreamingHttpResponse

from stadtplatz.catalogue import feeds
from stadtplatz.kit import throttle
from stadtplatz.kit.http import client_ip
from stadtplatz.shops.models import Shop

READING = throttle.Limit("feeds", most=30, seconds=60)


def merchant(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The shop's products for Google Merchant Center."""
    found = _shop(request, slug)
    return StreamingHttpResponse(
        feeds.products(found, settings.BASE_URL), content_type="application/xml; charset=utf-8"
    )


def inventory(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """What stands in the shop, for Google's local inventory."""
    return StreamingHttpResponse(
        feeds.inventory(_shop(request, slug)), content_type="text/tab-separated-values; charset=utf-8"
    )


def _shop(request: HttpRequest, slug: str) -> Shop:
    READING.count(client_ip(request))
    found = Shop.objects.filter(slug=slug, state=Shop.OPEN).first()
    if found is None or not found.shows_offers:
        raise Http404
    return found
