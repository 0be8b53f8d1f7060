"""Reading offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from stadtplatz.catalogue import categories, rules
from stadtplatz.catalogue.guarantee import FIELDS as OWN_PLACE
from stadtplatz.catalogue.kept import shelves
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.particulars import ALL as PARTICULARS
from stadtplatz.catalogue.particulars import shown as said_of
from stadtplatz.catalogue.queries.availability import not_now, when_of
from stadtplatz.catalogue.queries.prices import PriceView, price_view
from stadtplatz.kit import clock
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.containing import contains
from stadtplatz.kit.money import Money
from stadtplatz.kit.rows import InBulk, Written, sole
from stadtplatz.pools import queries as pools
from stadtplatz.shops import queries as shops
from stadtplatz.shops import rules as shop_rules
from stadtplatz.shops.models import Shop


@dataclass(frozen=True)
class Sellable:
    """An offer as somebody wants to buy it now. `obstacle` is empty if it may be bought, else says why not."""

    offer: Offer
    price: PriceView
    available: int
    obstacle: str = ""

    def price_for(self, quantity: int) -> PriceView:
        """The price of one piece when that many are bought."""
        return price_view(self.offer, quantity) if quantity > 1 and self.offer.price_steps else self.price


def for_sale(offer_ids: Iterable[int]) -> dict[int, Sellable]:
    """The offers with shop, price and stock, by id; unknown ids are missing. Two queries however many there are."""
    offers = list(Offer.objects.select_related("shop").filter(pk__in=list(offer_ids)))
    stock = pools.available([rules.stock_key(offer) for offer in offers])
    return {offer.pk: _sellable(offer, stock.get(rules.stock_key(offer), 0)) for offer in offers}


def _sellable(offer: Offer, available: int) -> Sellable:
    obstacle = ""
    if not offer.can_be_ordered:
        obstacle = _("This offer cannot be ordered here; please ask the shop.")
    elif offer.state != Offer.PUBLISHED or not shop_rules.may_sell(offer.shop):
        obstacle = _("This offer is not on sale at the moment.")
    elif available < 1:
        obstacle = _("Sold out at the moment.")
    elif offer.availability:
        obstacle = not_now(rules.read_availability(offer.availability), clock.today())
    return Sellable(offer, price_view(offer), available, obstacle)


def to_put_aside(offer_id: int) -> Sellable | None:
    """The offer as somebody wants to have it put aside without obligation; None if there is no such offer. Two queries."""
    offer = sole(Offer.objects.select_related("shop").filter(pk=offer_id))
    if offer is None:
        return None
    available = pools.available([rules.stock_key(offer)])[rules.stock_key(offer)]
    obstacle = ""
    if offer.state != Offer.PUBLISHED or not rules.can_be_put_aside(offer):
        obstacle = _("This offer is not put aside at the moment. Please ask the shop.")
    elif available < 1:
        obstacle = _("Sold out at the moment.")
    return Sellable(offer, price_view(offer), available, obstacle)


@dataclass(frozen=True)
class Card:
    """An offer as a card in a list; for `catalogue/parts/offer_card.html`."""

    offer: Offer
    price: PriceView
    available: int


def cards(offers: Iterable[Offer]) -> list[Card]:
    """Cards for offers whose shops are loaded. One query for the stock, however many there are."""
    rows = list(offers)
    stock = pools.available([rules.stock_key(offer) for offer in rows])
    return [Card(offer, price_view(offer), stock[rules.stock_key(offer)]) for offer in rows]


WITH_SHOPS = InBulk(lambda: Offer.objects.select_related("shop"), 20)


def cards_by_id(offer_ids: Iterable[int]) -> dict[int, Card]:
    """Cards for these offers by id (for the search page); what is not on sale is missing. Two queries.

    Fetched by their numbers alone: asked for what is on sale, SQLite without statistics walks through all offers in town.
    """
    hidden = shops.hidden()
    found = WITH_SHOPS(offer_ids)
    return {
        card.offer.pk: card
        for card in cards(offer for offer in found.values() if offer.is_on_sale and offer.shop_id not in hidden)
    }


def on_sale() -> QuerySet[Offer]:
    """All offers everybody may see, newest first; their shops come with a query of their own.

    Joined with shops, SQLite began with these and sorted every offer in town to show the newest 24.
    """
    shown = Offer.objects.filter(state=Offer.PUBLISHED).exclude(shop_id__in=shops.hidden())
    return shown.prefetch_related("shop").order_by("-published_at", "-pk")


SORTS = {
    "new": ("-published_at", "-pk"),
    "price": ("price", "pk"),
    "price-down": ("-price", "pk"),
    "name": ("title", "pk"),
}


def find(
    *, category: str = "", shop: str = "", district: str = "", most: Money | None = None, q: str = "", sort: str = "new",
    organic: bool = False,
) -> QuerySet[Offer]:  # fmt: skip
    """Offers on sale in this branch of the tree, of this shop (slug), in this district, up to this price; `organic`: only those that
    name the body that controls them."""
    found = on_sale().filter(variant_of=None)
    if category:
        found = found.filter(category__in=categories.branch(category))
    if shop:
        found = found.filter(shop_id=Shop.objects.filter(slug=shop).values_list("pk", flat=True).first())
    if district:
        found = found.filter(shop_id__in=list(Shop.objects.filter(district=district).values_list("pk", flat=True)))
    if most is not None:
        found = found.filter(price__lte=most)
    if q:
        found = found.filter(contains(q, "title"))
    if organic:
        found = found.filter(particulars__has_key="organic")
    return found.order_by(*SORTS.get(sort, SORTS["new"]))


def counts_by_category() -> dict[str, int]:
    """How many offers are on sale in each category and below it; kept, see `kept.shelves`."""
    counts: dict[str, int] = {}
    for code, number in shelves().by_category.items():
        for category in categories.path_to(code):
            counts[category.code] = counts.get(category.code, 0) + number
    return counts


def branches_on_sale() -> list[categories.Category]:
    """The categories in which something is on sale, each with the ones above it. One query."""
    counts = counts_by_category()
    return [row for row in categories.all_categories().values() if counts.get(row.code)]


def shown_offer(offer_id: int, actor: Actor) -> Offer | None:
    """The offer if it is on sale, or if this person works in its shop and looks at a draft."""
    offer = BY_ID.sole(number=offer_id)
    if offer is None or offer.is_on_sale:
        return offer
    return offer if shop_rules.may_pack(actor, offer.shop) else None


def sale_counts() -> tuple[int, int]:
    """How many offers are on sale, and in how many shops; kept, see `kept.shelves`."""
    return shelves().offers, len(shelves().shops)


def shops_selling(category: str) -> QuerySet[Shop]:
    """Shops with something on sale in this branch of the tree."""
    return Shop.objects.filter(
        pk__in=on_sale().filter(category__in=categories.branch(category)).order_by().values("shop")
    )


def shop_choices() -> list[tuple[str, str]]:
    """Slug and name of every shop that has something on sale; kept, see `kept.shelves`."""
    return shelves().shops


BY_ID = Written(lambda number: Offer.objects.select_related("shop").filter(pk=number).order_by(), number=int)
SAME_BARCODE = Written(
    lambda gtin: Offer.objects.filter(state=Offer.PUBLISHED, gtin=gtin).only("shop_id").order_by(), gtin=str
)
MORE_OF_SHOP = Written(
    lambda shop, but: (
        Offer.objects.filter(state=Offer.PUBLISHED, shop_id=shop, variant_of=None)
        .exclude(pk=but)
        .order_by("-published_at", "-pk")[:4]
    ),
    shop=int,
    but=int,
)


def offer_page(offer: Offer) -> dict[str, Any]:
    """Everything the page of an offer says. Three queries: more of the shop, the stock of all of them, other shops that have it."""
    variants = variants_of(offer)
    shown = cards([offer, *_more_of_shop(offer)])
    free = shown[0].available
    category = categories.all_categories().get(offer.category)
    return {
        "offer": offer,
        "shop": offer.shop,
        "state": shops.open_state(offer.shop),
        "price": shown[0].price,
        "available": free,
        "most": min(free, MOST_AT_ONCE),
        "when": (when := when_of(offer)),
        "category": category,
        "branches": categories.path_to(offer.category),
        "may_buy": offer.is_on_sale
        and offer.can_be_ordered
        and free > 0
        and not (when and when.too_late)
        and shop_rules.may_sell(offer.shop),
        "grams": rules.grams_of(offer),
        "percent_more": rules.MORE,
        "kept_until": shops.kept_until(offer.shop) if _is_put_aside(offer, free) else None,
        "variants": variants,
        "others": _other_shops(offer),
        "said": [
            (one.label, said_of(one.name, offer.particulars[one.name]))
            for one in PARTICULARS
            if offer.particulars.get(one.name) and one.name not in OWN_PLACE
        ],
        "more": shown[1:],
    }


def _other_shops(offer: Offer) -> int:
    """How many other shops have what bears this barcode on sale."""
    found = {other.shop_id for other in SAME_BARCODE(gtin=offer.gtin)} if offer.gtin else set()
    return len(found - shops.hidden() - {offer.shop_id})


def _more_of_shop(offer: Offer) -> list[Offer]:
    """Its newest other offers; those that are variants of this one are shown elsewhere."""
    if not offer.shop.shows_offers:
        return []
    more = MORE_OF_SHOP(shop=offer.shop_id, but=offer.variant_of_id or offer.pk)
    for other in more:
        other.shop = offer.shop
    return more


def _is_put_aside(offer: Offer, free: int) -> bool:
    return free > 0 and offer.is_on_sale and rules.can_be_put_aside(offer)


def variants_of(offer: Offer) -> list[Card]:
    """The offer and the others it can be had as, on sale, the first one first; empty if there is only one. Two queries."""
    if not offer.variant:
        return []
    head = offer.variant_of_id or offer.pk
    found = on_sale().filter(Q(pk=head) | Q(variant_of=head)).order_by("pk")
    return cards(found) if len(found) > 1 else []


def family_of(offer: Offer) -> list[Offer]:
    """All variants of an offer, drafts too, the first one first."""
    head = offer.variant_of_id or offer.pk
    return list(Offer.objects.filter(Q(pk=head) | Q(variant_of=head)).select_related("shop").order_by("pk"))


MOST_AT_ONCE = 20
"""How many pieces the form of an offer asks for at most."""


def category_name(code: str) -> str:
    """The category's name in the reader's language; empty if no category of offers has this code."""
    found = categories.all_categories().get(code)
    return found.name if found else ""
