"""An order's own page, for whoever holds its link."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.kit import clock, ratelimit
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, queries, rules
from stadtplatz.orders.forms.words import BuyerMessageForm
from stadtplatz.orders.pages.parts import part_cards
from stadtplatz.orders.pages.timeline import timeline_of


@never_cache
def show(request, secret):
    """Where each part stands, until when, with the collection codes; everything can be printed."""
    order = queries.by_secret(secret)
    if order is None:
        raise Http404
    return _show(request, order)


def _show(request, order, *, form=None, refusal=None):
    at = clock.now()
    context = {
        "order": order,
        "timeline": timeline_of(order, at=at),
        "cards": part_cards(order, at=at),
        "weights": queries.open_weights(order, at=at),
        "is_new": "neu" in request.GET,
        "form": form or BuyerMessageForm(shops=_shops(order)),
        "refused_form": form,
        "refusal": refusal,
        "can_write": rules.can_be_answered(order),
    }
    status = refusal.status if refusal else 422 if form else 200
    return render(request, "orders/order.html", context, status=status)


@require_POST
def cancel(request, secret):
    """Cancel one part, or all that still can be."""
    order = queries.by_secret(secret)
    if order is None:
        raise Http404
    chosen = request.POST.get("part", "")
    parts = [part for part in order.parts.all() if str(part.pk) == chosen]
    try:
        if not parts:
            raise ActionRefused(_("Please choose what to cancel."))
        actions.cancel(parts, by=LINK_HOLDER)
        messages.success(request, _("It is cancelled. The shop has been told, and you need not pay anything."))
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "orders-page", secret)


@require_POST
def write(request, secret):
    """The buyer writes to one shop of the order or to all."""
    order = queries.by_secret(secret)
    if order is None:
        raise Http404
    form = BuyerMessageForm(request.POST, shops=_shops(order))
    if not form.is_valid():
        return _show(request, order, form=form)
    ratelimit.count("orders.message", order.secret, limit=20, per=timedelta(hours=1))
    ratelimit.count("orders.message_from", client_ip(request), limit=40, per=timedelta(hours=1))
    chosen = form.cleaned_data.get("part", "")
    part = next((part for part in order.parts.all() if str(part.pk) == chosen), None)
    try:
        actions.write_to_shop(order, part=part, body=form.cleaned_data["words"], by=LINK_HOLDER)
    except ActionRefused as refusal:
        return _show(request, order, form=form, refusal=refusal)
    messages.success(request, _("Your message is on this page, and the shop has been told."))
    return go_to(request, "orders-page", secret)


@require_POST
def answer_weight(request, secret, question_id):
    """The buyer says yes or no to paying for more than was ordered."""
    order = queries.by_secret(secret)
    question = queries.weight_question(order, question_id) if order else None
    if question is None or request.POST.get("answer") not in {"yes", "no"}:
        raise Http404
    yes = request.POST["answer"] == "yes"
    try:
        actions.answer_weight(question, yes=yes, by=LINK_HOLDER)
        messages.success(request, _("Agreed. The shop has been told.") if yes else _("Not agreed. The shop has been told; you pay at most what you ordered for."))  # fmt: skip
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "orders-page", secret)


def _shops(order):
    return [(part.pk, part.shop_name) for part in order.parts.all()]
