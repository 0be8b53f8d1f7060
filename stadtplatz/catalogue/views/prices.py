"""The prices of an offer: now, planned, in steps, so far."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.forms import PlanForm, PriceForm, StepsForm
from stadtplatz.catalogue.models import Offer, PlannedPrice
from stadtplatz.catalogue.views.guard import for_managers, side_page
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused


@for_managers
def prices(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Change the price now (POST), or see and plan."""
    if request.method != "POST":
        return _page(request, offer)
    form = PriceForm(request.POST)
    saved = _saved(
        request,
        form,
        lambda: actions.change_price(offer=offer, by=actor_of(request), **form.change()),
        _("The new price is in force."),
    )
    return _back(request, offer) if saved else _page(request, offer, price_form=form)


@require_POST
@for_managers
def plan(request: HttpRequest, offer: Offer) -> HttpResponse:
    """A price for later, or for a time."""
    form = PlanForm(request.POST)
    saved = _saved(
        request,
        form,
        lambda: actions.plan_price(offer=offer, by=actor_of(request), **form.cleaned_data),
        _("The price is planned. It changes by itself."),
    )
    return _back(request, offer) if saved else _page(request, offer, plan_form=form)


@require_POST
@for_managers
def drop(request: HttpRequest, offer: Offer) -> HttpResponse:
    """A planned price will not come."""
    row = get_object_or_404(PlannedPrice, pk=request.POST.get("plan") or 0, offer=offer)
    try:
        actions.drop_plan(plan=row, by=actor_of(request))
        messages.success(request, _("The planned price was taken out."))
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return _back(request, offer)


@require_POST
@for_managers
def steps(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Cheaper in larger numbers."""
    form = StepsForm(request.POST)
    saved = _saved(
        request,
        form,
        lambda: actions.set_steps(
            offer=offer, version=form.cleaned_data["version"], steps=form.steps(), by=actor_of(request)
        ),
        _("Saved."),
    )
    return _back(request, offer) if saved else _page(request, offer, steps_form=form)


def _saved(request: HttpRequest, form: Form, act: Callable[[], object], said: str) -> bool:
    """Whether the form was in order and the action done; what was refused stands in the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, said)
    return True


def _back(request: HttpRequest, offer: Offer) -> HttpResponse:
    return go_to(request, "shop-offer-prices", offer.shop.slug, offer.pk)


def _page(request: HttpRequest, offer: Offer, price_form=None, plan_form=None, steps_form=None) -> HttpResponse:
    context = {
        "offer": offer,
        "price": queries.price_view(offer),
        "price_form": price_form or PriceForm(initial={"version": offer.version, "price": offer.price}),
        "plan_form": plan_form or PlanForm(),
        "steps_form": steps_form or StepsForm(steps=offer.price_steps, initial={"version": offer.version}),
        "planned": queries.planned(offer),
        "history": queries.intervals(offer)[::-1][:24],
        "lowest": queries.lowest_price(offer),
    }
    return side_page(request, offer.shop, "prices", context)
