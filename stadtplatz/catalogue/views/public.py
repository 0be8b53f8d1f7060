"""Pages everybody sees: the market, its categories, an offer, a shop with its offers."""

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import categories, queries, structured
from stadtplatz.catalogue.forms import OfferFilter
from stadtplatz.catalogue.views.favourites import is_marked
from stadtplatz.kit import media
from stadtplatz.kit.pagecache import cached_page
from stadtplatz.kit.paging import Pages
from stadtplatz.kit.publicface import PublicFace, breadcrumbs, public_face
from stadtplatz.shops import queries as shops
from stadtplatz.shops.models import Shop

PER_PAGE = 24


@cached_page(seconds=30)
def market(request: HttpRequest) -> HttpResponse:
    """What the town's shops have: fresh offers, categories, shops that are open now."""
    counts = queries.counts_by_category()
    fresh = list(queries.on_sale()[:12])
    reduced = list(queries.on_sale().filter(reduced_since__isnull=False)[:4])
    cards = {card.offer.pk: card for card in queries.cards({offer.pk: offer for offer in [*fresh, *reduced]}.values())}
    context = {
        "roots": [(root, counts.get(root.code, 0)) for root in categories.roots() if counts.get(root.code)],
        "shops": shops.open_soonest(6)[1],
        "fresh": [cards[offer.pk] for offer in fresh],
        "reduced": [cards[offer.pk] for offer in reduced],
        "face": public_face(
            request,
            title=_("Shopping in town"),
            text=_("Fresh from the shops in town: order, collect, pay when you collect."),
        ),
    }
    return render(request, "catalogue/market.html", context)


@cached_page(seconds=30)
def category(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Offers of one branch of the tree, or with no word all of them, narrowed by the address."""
    branch = categories.by_slug(slug) if slug else None
    if slug and branch is None:
        if follower := categories.by_former_slug(slug):
            return redirect("category", follower.slug, permanent=True)
        raise Http404
    form = OfferFilter(request.GET, shops=queries.shop_choices(), districts=shops.districts())
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    found = queries.find(category=branch.code if branch else "", **wanted)
    counts, narrowed = queries.counts_by_category(), bool(set(wanted) - {"sort"})
    whole = counts.get(branch.code, 0) if branch else queries.sale_counts()[0]
    page = Pages(found, PER_PAGE, known=None if narrowed else whole).get_page(request.GET.get("page"))
    crumbs = _crumbs(branch)
    context = {
        "branch": branch,
        "near": [(child, counts.get(child.code, 0)) for child in _near(branch) if counts.get(child.code)],
        "form": form,
        "page": page,
        "cards": queries.cards(page),
        "narrowed": narrowed,
        "crumbs": crumbs,
        "face": _face_of_list(request, branch, page, crumbs, narrowed=bool(wanted)),
    }
    return render(request, "catalogue/category.html", context)


def _near(branch: categories.Category | None) -> list[categories.Category]:
    """Where people may want to go from here: deeper, or beside where it goes no deeper."""
    if branch is None:
        return categories.roots()
    return categories.children_of(branch.code) or categories.children_of(branch.parent)


def _face_of_list(
    request: HttpRequest, branch: categories.Category | None, page: Page, crumbs: list[tuple[str, str]], *, narrowed: bool
) -> PublicFace:  # fmt: skip
    """For search engines; a narrowed or empty list is not for them."""
    name = branch.name if branch else _("All offers")
    return public_face(
        request,
        title=name,
        text=_("{name} from the shops in town, with price and stock.").format(name=name),
        page=page.number,
        indexed=not narrowed and page.paginator.count > 0,
        data=[breadcrumbs(crumbs)],
    )


def _crumbs(branch: categories.Category | None) -> list[tuple[str, str]]:
    if branch is None:
        return [(_("Shopping"), reverse("market")), (_("All offers"), "")]
    return [(_("Shopping"), reverse("market")), *_links(categories.path_to(branch.parent)), (branch.name, "")]


def _links(path: list[categories.Category]) -> list[tuple[str, str]]:
    return [(category.name, reverse("category", args=[category.slug])) for category in path]


@cached_page(seconds=30)
def offer(request: HttpRequest, offer_id: int, slug: str) -> HttpResponse:
    """One offer with all that must be said before it is bought."""
    found = queries.shown_offer(offer_id, actor_of(request))
    if found is None:
        raise Http404
    if slug != found.slug:
        return redirect("offer", found.pk, found.slug, permanent=True)
    context = queries.offer_page(found) | {"is_marked": is_marked(request, "offer", found.pk)}
    context["crumbs"] = [(_("Shopping"), reverse("market")), *_links(context["branches"]), (found.title, "")]
    context["face"] = public_face(
        request, title=found.full_title, text=found.description, picture=media.public_url(found.picture), kind="product",
        indexed=found.is_on_sale,
        data=[structured.product_of(found, available=context["available"]), breadcrumbs(context["crumbs"])],
    )  # fmt: skip
    return render(request, "catalogue/offer.html", context)


@cached_page(seconds=30)
def shop(request: HttpRequest, slug: str) -> HttpResponse:
    """A shop: open now or not, hours, way there, offers, who answers for it."""
    found = shops.shop_by_slug(slug, actor_of(request))
    if found is None:
        raise Http404
    offers, count, groups = queries.window_of(found)
    page = Pages(offers, PER_PAGE, known=count).get_page(request.GET.get("page"))
    cards = queries.cards(page)
    crumbs = [(_("Shops"), reverse("shops")), (found.name, "")]
    context = {
        **_about(found),
        "is_marked": is_marked(request, "shop", found.pk),
        "page": page,
        "cards": cards,
        "groups": [(group, group.address(PER_PAGE)) for group in groups],
        "sections": queries.in_groups(cards, groups) if groups else [],
        "crumbs": crumbs,
        "face": public_face(
            request, title=found.name, text=found.description or f"{found.category_name}, {found.town}", page=page.number,
            picture=media.public_url(found.picture), indexed=found.is_listed,
            data=[shops.as_local_business(found), breadcrumbs(crumbs)],
        ),
    }  # fmt: skip
    return render(request, "catalogue/shop.html", context)


def _about(shop: Shop) -> dict[str, object]:
    """What the shop says of itself beside its offers."""
    return {
        "shop": shop,
        "state": shops.open_state(shop),
        "week": shops.week(shop),
        "special_days": shops.special_days(shop),
        "branches": shops.branches(shop),
        "pictures": shop.pictures.all(),
        "stall_times": shop.stall_times.all(),
        "points": shops.points(shop),
    }
