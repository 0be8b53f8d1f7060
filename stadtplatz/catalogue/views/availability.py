"""When an offer can be had: the shop's page about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import actions, queries, rules
from stadtplatz.catalogue.forms.availability import AvailabilityForm, initial_of
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.views.guard import for_managers, side_page
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused, Stale


@for_managers
def edit(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Say on which days, at which hours, in which season, and how many on one day."""
    offer = offer.variant_of or offer
    start = initial_of(rules.read_availability(offer.availability), offer.version)
    form = AvailabilityForm(request.POST if request.method == "POST" else None, initial=start)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_availability(
                offer=offer, version=form.cleaned_data["version"], when=form.when(), by=actor_of(request)
            )
        except Stale as refused:
            stale = refused
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return go_to(request, "shop-offer", offer.shop.slug, offer.pk)
    return side_page(
        request, offer.shop, "times", {"offer": offer, "form": form, "when": queries.when_of(offer), "stale": stale}
    )
