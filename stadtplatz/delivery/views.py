"""A shop's collection times."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_of, signed_in
from stadtplatz.delivery import actions, queries
from stadtplatz.delivery.forms import PointForm
from stadtplatz.kit import clock
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops import queries as shops
from stadtplatz.shops.models import Membership


@never_cache
@signed_in
def point(request, slug):
    """Capacity, length and notice of the shop's slots, and what is free in the coming days."""
    found = shops.shop_for_member(slug, actor_of(request))
    if found is None or found[1] == Membership.PACKER:
        raise Http404
    shop, role = found
    pickup = queries.point_of(shop)
    form = PointForm(request.POST or None, instance=pickup, initial={"version": pickup.version if pickup else 1})
    refusal = None
    if request.method == "POST" and pickup and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            actions.change_point(pickup, version=data.pop("version"), by=actor_of(request), **data)
            messages.success(request, _("Saved. The coming collection times follow."))
            return go_to(request, "shop-pickup", slug)
        except ActionRefused as refused:
            refusal = refused
    days = queries.slots_to_choose([pickup], at=clock.now()).get(pickup.pk, []) if pickup else []
    context = {"shop": shop, "manages": True, "owns": role == Membership.OWNER, "point": pickup, "form": form}
    return render(request, "delivery/point.html", context | {"refusal": refusal, "days": days})
