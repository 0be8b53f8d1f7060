"""Keys with which a till tells the stock, and addresses for feeds."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import actions
from stadtplatz.catalogue.forms import KeyForm
from stadtplatz.catalogue.models import StockKey
from stadtplatz.catalogue.views.guard import for_managers, side_page
from stadtplatz.kit.http import go_to
from stadtplatz.kit.numbers import typed_id
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops.models import Shop


@for_managers
def machines(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Keys of tills and addresses of feeds; a new key (POST) is shown once."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    key = ""
    if request.method == "POST" and form.is_valid():
        try:
            key = actions.make_stock_key(shop=shop, name=form.cleaned_data["name"], by=actor_of(request))[1]
            form = KeyForm()
        except ActionRefused as refused:
            form.add_error(None, str(refused))
    context = {
        "form": form,
        "key": key,
        "keys": StockKey.objects.filter(shop=shop, revoked_at=None).order_by("pk"),
        "stock_url": settings.BASE_URL + reverse("api:api-stock"),
        "feeds": [settings.BASE_URL + reverse(name, args=[shop.slug]) for name in ("feed-merchant", "feed-inventory")],
    }
    return side_page(request, shop, "machines", context)


@require_POST
@for_managers
def revoke(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The key opens nothing any more."""
    key = get_object_or_404(StockKey, pk=typed_id(request.POST.get("key", "")), shop=shop)
    actions.revoke_stock_key(key=key, by=actor_of(request))
    messages.success(request, _("The key {name} is withdrawn.").format(name=key.name))
    return go_to(request, "shop-machines", shop.slug)
