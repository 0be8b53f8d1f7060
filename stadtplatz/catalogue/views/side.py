"""The shop side of the catalogue: offers, prices, the shelf."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import actions, queries, rules
from stadtplatz.catalogue.forms import NewOfferForm, OfferForm, PriceForm, StockForm, VariantForm
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.views.guard import for_managers, side_page
from stadtplatz.kit.http import back_to, go_to
from stadtplatz.kit.refusals import ActionRefused, Stale
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop

PER_PAGE = 50


@for_managers
def offers(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The offers of the shop with price, state and shelf: all, or one group, or those of a name."""
    asked = queries.Listed.read(request.GET.dict())
    page = Paginator(queries.offers_of(shop, asked), PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.group_counts(shop)
    groups = [(group, name, counts[group]) for group, name in queries.GROUPS.items() if counts[group] or not group]
    orders = [(order, name) for order, (name, _fields) in queries.ORDERS.items()]
    context = {"page": page, "rows": queries.shelf_rows(page), "asked": asked, "groups": groups, "orders": orders}
    return side_page(request, shop, "offers", context)


@for_managers
def new(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Add an offer: photo, title, price, count; publish at once if nothing is missing. After it stands the empty form for the next one."""
    usual = queries.usual_of(shop)
    initial = {"gtin": request.GET.get("gtin", "")[:20], "withdrawal": usual.newest}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewOfferForm(*sent, used=usual.used, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                offer = _create(shop, form, request)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            if offer.state == Offer.DRAFT:
                return go_to(request, "shop-offer", shop.slug, offer.pk)
            return go_to(request, f"{reverse('shop-offer-new', args=[shop.slug])}?{urlencode({'nach': offer.pk})}")
    lacks = [lack for lack in shop_rules.missing_for_showing(shop) if lack.field != "standing"]
    return side_page(request, shop, "new", {"form": form, "before": _just_added(shop, request), "lacks": lacks})


@for_managers
def edit(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Change an offer; price, shelf and sale have their own small forms beside it."""
    initial = _initial(offer)
    form = OfferForm(request.POST, request.FILES) if request.method == "POST" else OfferForm(initial=initial)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _save(offer, form, request)
        except Stale as refused:
            stale = refused
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return go_to(request, "shop-offer", offer.shop.slug, offer.pk)
    return _edit_page(request, offer, form, stale)


@require_POST
@for_managers
def stock(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Say how many stand on the shelf."""
    form = StockForm(request.POST)
    if form.is_valid():
        try:
            actions.set_stock(offer=offer, by=actor_of(request), **form.cleaned_data)
        except ActionRefused as refused:
            messages.error(request, f"{offer.title}: {refused}")
        else:
            messages.success(
                request, _("{title}: {quantity} on the shelf.").format(title=offer.title, **form.cleaned_data)
            )
    else:
        messages.error(request, _("{title}: please give a whole number.").format(title=offer.title))
    return go_to(request, back_to(request, "shop-offers", offer.shop.slug))


@require_POST
@for_managers
def variant(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Say how this one differs (`name`), or add one more size or colour."""
    form = VariantForm(request.POST)
    try:
        if "name" in request.POST:
            actions.name_variant(offer=offer, variant=request.POST["name"], by=actor_of(request))
            messages.success(request, _("Saved."))
        elif form.is_valid():
            made = actions.add_variant(offer=offer, by=actor_of(request), **form.cleaned_data)
            messages.success(request, _("{title} is there.").format(title=made.full_title))
        else:
            messages.error(request, " ".join(str(words) for errors in form.errors.values() for words in errors))
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return go_to(request, "shop-offer", offer.shop.slug, offer.pk)


@require_POST
@for_managers
def sale(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Put the offer on sale, or take it off."""
    try:
        if request.POST.get("to") == "withdraw":
            actions.withdraw(offer=offer, by=actor_of(request))
            messages.success(request, _("{title} is no longer on sale.").format(title=offer.title))
        else:
            actions.publish(offer=offer, by=actor_of(request))
            messages.success(request, _("{title} is on sale.").format(title=offer.title))
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return go_to(request, "shop-offer", offer.shop.slug, offer.pk)
    return go_to(request, back_to(request, "shop-offers", offer.shop.slug))


def _create(shop: Shop, form: NewOfferForm, request: HttpRequest) -> Offer:
    """Save the offer first; what publishing lacks is then told on the offer's own page, with everything kept."""
    actor, typed = actor_of(request), form.cleaned_data
    offer = actions.create_offer(
        shop=shop, price=typed["price"], quantity=typed["quantity"], by=actor, **form.details()
    )
    if typed["picture"]:
        offer = actions.set_picture(offer=offer, image=typed["picture"], by=actor)
    if not request.POST.get("publish"):
        messages.success(request, _("Saved as a draft."))
        return offer
    try:
        with transaction.atomic():
            offer = actions.publish(offer=offer, by=actor)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("{title} is on sale.").format(title=offer.title))
    return offer


def _save(offer: Offer, form: OfferForm, request: HttpRequest) -> None:
    actor, typed = actor_of(request), form.cleaned_data
    fresh = actions.edit_offer(offer=offer, version=typed["version"] or 0, changes=form.details(), by=actor)
    if typed["picture"] or typed["remove_picture"]:
        actions.set_picture(offer=fresh, image=typed["picture"], by=actor)


def _just_added(shop: Shop, request: HttpRequest) -> Offer | None:
    """The offer that was put on sale right before this page."""
    number = request.GET.get("nach", "")
    if request.method == "POST" or not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return Offer.objects.filter(shop=shop, pk=number, state=Offer.PUBLISHED).first()


def _edit_page(
    request: HttpRequest, offer: Offer, form: OfferForm | None = None, stale: Stale | None = None
) -> HttpResponse:
    context = {
        "offer": offer,
        "form": form or OfferForm(initial=_initial(offer)),
        "shelf": actions.shelf(offer),
        "price": queries.price_view(offer),
        "price_form": PriceForm(initial={"version": offer.version, "price": offer.price}),
        "missing": rules.missing_for_publishing(offer),
        "variants": queries.family_of(offer),
        "variant_form": VariantForm(initial={"price": offer.price}),
        "stale": stale,
        "differences": _differences(form, stale) if form else [],
    }
    return side_page(request, offer.shop, "edit", context)


def _differences(form: OfferForm, stale: Stale | None) -> list[tuple[str, str, str]]:
    """Label, what stands there now, what this person typed - wherever the two differ."""
    if stale is None or not isinstance(stale.current, Offer):
        return []
    rows = [(form[name].label, getattr(stale.current, name), form.cleaned_data[name]) for name in form.FIELDS]
    return [(label, str(now or ""), str(typed or "")) for label, now, typed in rows if (now or "") != (typed or "")]


def _initial(offer: Offer) -> dict[str, Any]:
    """What stands in the form of an offer; amounts without idle zeros."""
    values = {name: getattr(offer, name) for name in (*OfferForm.FIELDS, "version", "particulars")}
    for name in ("content_amount", "drained_amount"):
        if values[name] is not None:
            values[name] = formats.localize(Decimal(format(values[name].normalize(), "f")))
    return values
