"""What of the catalogue each process keeps. See `kit.kept`."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.kept import Topic, kept
from stadtplatz.shops.models import Shop

CATEGORIES = Topic("catalogue.categories", {"catalogue.CategoryEntry": (), "catalogue.CategoryAddress": ()})
GUARANTEE = Topic("catalogue.guarantee", {"catalogue.GuaranteeNotice": (), "catalogue.GuaranteeGraphic": ()})
SHELVES = Topic("catalogue.shelves", {"catalogue.Offer": (), "shops.Shop": ()})


@dataclass(frozen=True)
class Shelves:
    """What is on sale, in figures: offers by the code of their category, and who sells them, by name."""

    by_category: dict[str, int]
    shops: list[tuple[str, str]]
    """Slug and name."""

    @property
    def offers(self) -> int:
        return sum(self.by_category.values())


@kept(SHELVES, share=0.02)
def shelves() -> Shelves:
    """Of all shops whose offers everybody may see, an offer with its variants as one. Two queries after a change.

    At 100,000 offers they take a fifth of a second, so that there the figures may be some seconds old.
    """
    showing = Shop.objects.filter(state=Shop.OPEN, standing__in=Shop.SHOWING)
    offers = Offer.objects.filter(state=Offer.PUBLISHED, variant_of=None)
    counts = offers.filter(shop__in=showing).order_by().values_list("category").annotate(Count("pk"))
    selling = showing.filter(Exists(offers.filter(shop=OuterRef("pk")))).order_by("name")
    return Shelves(dict(counts), list(selling.values_list("slug", "name")))
