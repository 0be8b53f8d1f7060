"""What the shop's offers lack since their category asks for more."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from stadtplatz.catalogue import queries
from stadtplatz.catalogue.views.guard import for_managers, side_page
from stadtplatz.shops.models import Shop


@never_cache
@for_managers
def lacking(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Each offer with what is missing and its day."""
    return side_page(request, shop, "lacking", {"lines": queries.lacking_lines(shop)})
