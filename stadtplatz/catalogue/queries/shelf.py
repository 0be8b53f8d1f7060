"""The shop's own list of its offers: what is on sale and what is not, and what stands on the shelf."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stadtplatz.catalogue import rules
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.queries.prices import PriceView, price_view
from stadtplatz.kit.containing import contains
from stadtplatz.pools import queries as pools
from stadtplatz.pools.models import Pool
from stadtplatz.shops.models import Shop

SOLD_OUT = "soldout"
GROUPS: dict[str, str | Promise] = {
    "": pgettext_lazy("offers", "All"),
    Offer.PUBLISHED: _("On sale"),
    SOLD_OUT: _("Sold out"),
    Offer.DRAFT: _("Drafts"),
    Offer.WITHDRAWN: _("Off sale"),
}
ORDERS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "name": (_("by name"), ("title", "pk")),
    "new": (_("newest first"), ("-created_at", "-pk")),
    "price": (_("cheapest first"), ("price", "title", "pk")),
    "counted": (_("longest not counted first"), ("counted_at", "title", "pk")),
}


@dataclass(frozen=True)
class OnShelf:
    """A line of the shop's list: the card, what stands on the shelf, what lies in baskets."""

    offer: Offer
    price: PriceView
    count: int
    held: int


@dataclass(frozen=True)
class Listed:
    """What of the list is asked for, read from an address. What is not known narrows nothing."""

    q: str = ""
    group: str = ""
    order: str = "name"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Listed":
        """From the parameters of an address."""
        group, order = given.get("stand", ""), given.get("sort", "")
        return cls(
            given.get("q", "").strip()[:80], group if group in GROUPS else "", order if order in ORDERS else "name"
        )


def offers_of(shop: Shop, asked: Listed | None = None) -> QuerySet[Offer]:
    """All offers of a shop, drafts too, by name; or those whose title, article number or barcode was asked for."""
    asked = asked or Listed()
    found = Offer.objects.filter(shop=shop).select_related("shop").filter(contains(asked.q, "title", "sku", "gtin"))
    if asked.group:
        found = found.filter(_in_group(asked.group))
    return found.order_by(*ORDERS[asked.order][1])


def group_counts(shop: Shop) -> dict[str, int]:
    """How many offers each group of the list has. One query."""
    counts = {group or "all": Count("pk", filter=_in_group(group)) for group in GROUPS}
    found = Offer.objects.filter(shop=shop).aggregate(**counts)
    return {group: found[group or "all"] for group in GROUPS}


def shelf_rows(offers: Iterable[Offer]) -> list[OnShelf]:
    """Lines for offers whose shop is loaded. One query for all shelves."""
    rows = list(offers)
    levels = pools.levels([rules.stock_key(offer) for offer in rows])
    found = [(offer, levels[rules.stock_key(offer)]) for offer in rows]
    return [OnShelf(offer, price_view(offer), level.available + level.held, level.held) for offer, level in found]


def _in_group(group: str) -> Q:
    if group != SOLD_OUT:
        return Q(state=group) if group else Q()
    key = Concat(Value(rules.STOCK), Cast(OuterRef("pk"), CharField()))
    left = Exists(Pool.objects.filter(key=key, available__gt=0) | Pool.objects.filter(key=key, held__gt=0))
    return Q(state=Offer.PUBLISHED) & ~Q(kind__in=Offer.NOT_ORDERED) & Q(~left)
