"""The shop's side of asked prices, for owners and staff."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of, signed_in
from stadtplatz.kit import clock
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, quoting
from stadtplatz.orders.forms.quotes import NamePriceForm, NoPriceForm
from stadtplatz.orders.models import Quote
from stadtplatz.orders.pages import quotes as pages
from stadtplatz.orders.queries import quotes
from stadtplatz.orders.views.shop import shop_of, side_of, version_in

PER_PAGE = 25


@never_cache
@signed_in
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """All questions, those that wait for the shop first."""
    shop, role = shop_of(request, slug)
    side = side_of(shop, role)
    if not side["manages"]:
        raise Http404
    page = Paginator(quotes.asked_of(shop), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(quote, pages.BADGES[quote.state]) for quote in page]
    return render(request, "orders/shop/quotes.html", side | {"page": page, "rows": rows})


@never_cache
@signed_in
def one(
    request: HttpRequest,
    slug: str,
    number: str,
    price_form: NamePriceForm | None = None,
    no_form: NoPriceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """One question, with the price to be named."""
    shop, role = shop_of(request, slug)
    quote = _found(request, slug, number)
    context = side_of(shop, role) | {
        "quote": quote,
        "view": pages.page_of(quote, today=clock.today(), for_shop=True),
        "waits": quote.state == quoting.ASKED,
        "price_form": price_form or NamePriceForm(),
        "no_form": no_form or NoPriceForm(),
    }
    return render(request, "orders/shop/quote.html", context, status=status)


@signed_in
@require_POST
def answer(request: HttpRequest, slug: str, number: str, move: str) -> HttpResponseBase:
    """Name a price, or say why there is none."""
    quote, actor, expected = _found(request, slug, number), actor_of(request), version_in(request)
    if move not in {"offer", "refuse"}:
        raise Http404
    price_form, no_form = NamePriceForm(request.POST), NoPriceForm(request.POST)
    form = price_form if move == "offer" else no_form
    kept = {"price_form": form} if move == "offer" else {"no_form": form}
    if not form.is_valid():
        return one(request, slug, number, status=422, **kept)
    act = actions.name_price if move == "offer" else actions.refuse_price
    try:
        act(quote, by=actor, expected_version=expected, **form.cleaned_data)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return one(request, slug, number, status=refusal.status, **kept)
    messages.success(request, pages.DONE[move])
    return go_to(request, "shop-quote", slug, number)


def _found(request: HttpRequest, slug: str, number: str) -> Quote:
    quote = quotes.for_shop(slug, number, actor_of(request))
    if quote is None:
        raise Http404
    return quote
