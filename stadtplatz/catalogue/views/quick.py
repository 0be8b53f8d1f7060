"""An offer in under a minute: barcode, photo, price, stock, done. And the page of a product that several shops have."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import actions, categories, guarantee, queries, structured
from stadtplatz.catalogue.forms import BarcodeForm, QuickForm
from stadtplatz.catalogue.models import Offer, Product
from stadtplatz.catalogue.views.guard import for_managers, side_page
from stadtplatz.kit import media
from stadtplatz.kit.http import go_to, with_camera
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.kit.publicface import breadcrumbs, public_face
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops.models import Shop


@for_managers
def quick(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The barcode first (GET); what is known of it is filled in, and photo, price and stock follow (POST)."""
    asked = BarcodeForm(request.GET if "gtin" in request.GET else None)
    gtin = asked.cleaned_data["gtin"] if asked.is_bound and asked.is_valid() else ""
    product = queries.product_of(gtin) if gtin else None
    form = QuickForm(request.POST, request.FILES) if request.method == "POST" else QuickForm()
    if request.method == "POST" and product and form.is_valid():
        offer = _offer(request, shop, product, form)
        if offer.state == Offer.PUBLISHED:
            return go_to(request, "shop-offer-quick", shop.slug)
        return go_to(request, "shop-offer", shop.slug, offer.pk)
    context = {"asked": asked, "gtin": gtin, "product": product, "form": form}
    return with_camera(side_page(request, shop, "quick", context))


def _offer(request: HttpRequest, shop: Shop, product: Product, form: QuickForm) -> Offer:
    actor, typed = actor_of(request), form.cleaned_data
    with transaction.atomic():
        offer = actions.offer_product(
            shop=shop, product=product, price=typed["price"], quantity=typed["quantity"], by=actor
        )
        if typed["picture"]:
            offer = actions.set_picture(offer=offer, image=typed["picture"], by=actor)
    try:
        with transaction.atomic():
            offer = actions.publish(offer=offer, by=actor)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("{title} is on sale.").format(title=offer.title))
    return offer


@cached_page(seconds=30)
def product(request: HttpRequest, gtin: str) -> HttpResponse:
    """Who has it, for how much, how near, how fresh the word about its stock is."""
    found = queries.product_of(gtin)
    rows = queries.who_has(gtin, _near(request)) if found else []
    if found is None or not rows:
        raise Http404
    path = categories.path_to(found.category)
    above = [(category.name, reverse("category", args=[category.slug])) for category in path]
    crumbs = [(_("Shopping"), reverse("market")), *above, (found.title, "")]
    face = public_face(
        request, title=found.title, text=_("{name}: which shop in town has it, and what it costs there.").format(name=found.title),
        kind="product", indexed="lon" not in request.GET and len(rows) > 1, data=[structured.product(found, rows), breadcrumbs(crumbs)],
        picture=media.public_url(next((row.offer.picture for row in rows if row.offer.picture), "")),
    )  # fmt: skip
    context = {
        "product": found,
        "garan": guarantee.garan(found.particulars, found.brand),
        "rows": rows,
        "crumbs": crumbs,
        "face": face,
    }
    return render(request, "catalogue/product.html", context)


def _near(request: HttpRequest) -> tuple[float, float] | None:
    """Where from the reader looks, if the address of the page says so. Never kept."""
    try:
        lon, lat = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        return None
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None
