"""The basket's pages."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stadtplatz.kit import ratelimit
from stadtplatz.kit.http import client_ip, go_to, redirect_back, same_origin_required
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, queries, rules
from stadtplatz.orders.cookies import basket_of, remember
from stadtplatz.orders.forms.basket import AddForm, ChangeForm
from stadtplatz.orders.queries.basket import removed_offer
from stadtplatz.orders.queries.checkout import checkout_of, held_by


def show(request):
    """What is in the basket, at today's prices, with everything § 312j(1) BGB wants known before ordering begins."""
    basket = basket_of(request)
    view = queries.view_of(basket, held=held_by(checkout_of(basket)) if basket else None, earliest=True)
    undo = removed_offer(request.GET.get("entfernt", ""), request.GET.get("menge", ""))
    return render(request, "orders/basket.html", {"view": view, "undo": undo, "most": rules.MAX_QUANTITY})


@same_origin_required
@require_POST
def add(request):
    """Put an offer in. The page it came from may be cached, so the origin is checked instead of a token."""
    ratelimit.count("orders.basket", client_ip(request), limit=300, per=timedelta(hours=1))
    form = AddForm(request.POST)
    basket = basket_of(request)
    try:
        if not form.is_valid():
            raise ActionRefused(_("This offer does not exist any more."))
        basket = actions.put_in(basket, offer_id=form.cleaned_data["offer"], quantity=form.cleaned_data["quantity"])
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect_back(request, "basket")
    messages.success(request, _("It is in your basket."))
    return remember(redirect_back(request, "basket"), basket)


@require_POST
def change(request):
    """Another quantity, or none at all; what was taken out can be put back with one button."""
    basket, form = basket_of(request), ChangeForm(request.POST)
    if basket is None or not form.is_valid():
        return go_to(request, "basket")
    offer_id, quantity = form.cleaned_data["offer"], form.cleaned_data["quantity"]
    if "remove" in request.POST or quantity == 0:
        before = basket.lines.filter(offer_id=offer_id).values_list("quantity", flat=True).first()
        actions.change_quantity(basket, offer_id=offer_id, quantity=0)
        return go_to(request, f"{reverse('basket')}?entfernt={offer_id}&menge={before or 1}")
    try:
        actions.change_quantity(basket, offer_id=offer_id, quantity=quantity)
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "basket")


@require_POST
def accept(request):
    """The buyer agrees to the prices the page showed as changed."""
    basket = basket_of(request)
    if basket is not None:
        shown = {}
        for entry in request.POST.getlist("shown")[: rules.MAX_LINES]:
            numbers = entry.split(":")
            if len(numbers) == 3 and all(
                number.isascii() and number.isdigit() and len(number) < 18 for number in numbers
            ):
                shown[int(numbers[0])] = (int(numbers[1]), int(numbers[2]))
        actions.accept_prices(basket, shown=shown)
    return go_to(request, "basket")
