"""Whether the stock is still true: asked by mail, or on the shop side."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from stadtplatz.accounts.visitors import actor_for, actor_of
from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.forms.stale import AnswerForm
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.views.guard import for_managers, side_page
from stadtplatz.kit import ratelimit
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop

MOST = 50


@never_cache
def by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The page a mail leads to. Opening it changes nothing (mail scanners open links); a button does."""
    found = queries.question_of(token)
    by = actor_for(found[1]) if found else None
    if found is None or by is None or not shop_rules.may_manage(by, found[0].shop):
        return render(request, "catalogue/stock_question_over.html", status=404)
    question = found[0]
    if request.method == "POST":
        ratelimit.count("stock answers", client_ip(request), limit=120, per=timedelta(hours=1))
        _take(request, question.shop, by)
        return go_to(request, reverse("stock-question", args=[token]))
    rows = queries.counted(queries.asked_offers(question))
    first = request.GET.get("angebot", "")
    rows.sort(key=lambda row: (not row.stale, str(row.offer.pk) != first))
    return render(request, "catalogue/stock_question.html", {"shop": question.shop, "rows": rows})


@for_managers
def on_side(request: HttpRequest, shop: Shop) -> HttpResponse:
    """All offers of the shop that nobody counted for long, to be counted now."""
    if request.method == "POST":
        _take(request, shop, actor_of(request))
        return go_to(request, "shop-stale", shop.slug)
    found = queries.stale_offers(shop)
    rows = queries.counted(found[:MOST])
    return side_page(
        request, shop, "stale", {"rows": rows, "number": found.count() if len(rows) == MOST else len(rows)}
    )


def _take(request: HttpRequest, shop: Shop, by: Actor) -> None:
    form = AnswerForm(request.POST)
    offer = Offer.objects.filter(shop=shop, pk=form.data.get("offer") or 0).first() if form.is_valid() else None
    if offer is None:
        messages.error(
            request, " ".join(str(word) for words in form.errors.values() for word in words) or _("This offer is gone.")
        )
        return
    try:
        shelf = actions.answer_stock(offer=offer, expected=form.cleaned_data["expected"], quantity=form.count(), by=by)
    except ActionRefused as refused:
        messages.error(request, f"{offer.full_title}: {refused}")
    else:
        messages.success(
            request, _("{title}: {quantity} on the shelf.").format(title=offer.full_title, quantity=shelf.count)
        )
