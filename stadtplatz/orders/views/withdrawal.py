"""The withdrawal function of § 356a BGB: two steps, open to guests, for the whole order or some of its goods."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.kit.http import client_ip
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, queries
from stadtplatz.orders.forms.withdrawal import WithdrawalForm
from stadtplatz.orders.pages import withdrawal as pages

HOUR = timedelta(hours=1)


@never_cache
def declare(request):
    """Step one for everybody: name, order number, mail address."""
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return render(request, "orders/withdrawal_confirm.html", {"form": form, "data": form.cleaned_data})
    return render(request, "orders/withdrawal.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
def confirm(request):
    """Step two: the declaration is made. The answer is the same whether we know the order or not."""
    if "back" in request.POST:
        return render(request, "orders/withdrawal.html", {"form": WithdrawalForm(initial=request.POST.dict())})
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return render(request, "orders/withdrawal.html", {"form": form}, status=400)
    ratelimit.count("orders.withdraw", client_ip(request), limit=20, per=HOUR)
    withdrawal = actions.withdraw(**form.cleaned_data, by=actor_of(request), language=get_language() or "de")
    return render(request, "orders/withdrawal_done.html", {"withdrawal": withdrawal})


@never_cache
def of_order(request, secret):
    """The same in two steps from the order's own page, with its goods to choose from."""
    order = queries.by_secret(secret)
    if order is None:
        raise Http404
    chosen = {int(pk) for pk in request.POST.getlist("line") if pk.isascii() and pk.isdigit() and len(pk) < 18}
    choices = pages.withdrawal_choices(order, at=clock.now(), chosen=chosen)
    data = request.POST if request.method == "POST" else pages.order_contact(order)
    form = WithdrawalForm(
        {**request.POST.dict(), "contract": order.number} if request.method == "POST" else None, initial=data
    )
    refusal = None
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        picked = [line for line, is_chosen in choices.free if is_chosen]
        if not picked:
            refusal = ActionRefused(pages.nothing_chosen())
        elif "confirm" not in request.POST:
            context = {"order": order, "form": form, "data": form.cleaned_data, "picked": picked}
            return render(request, "orders/withdrawal_confirm.html", context)
        else:
            return _declare(request, order, form.cleaned_data, picked)
    context = {"order": order, "form": form, "choices": choices, "refusal": refusal}
    return render(request, "orders/withdrawal.html", context, status=400 if refusal or form.errors else 200)


def _declare(request, order, data, picked):
    ratelimit.count("orders.withdraw", client_ip(request), limit=20, per=HOUR)
    withdrawal = actions.withdraw(
        contract=order.number,
        name=data["name"],
        email=data["email"],
        line_ids=[line.pk for line in picked],
        order=order,
        by=LINK_HOLDER,
        language=get_language() or "de",
    )
    return render(request, "orders/withdrawal_done.html", {"withdrawal": withdrawal, "order": order})
