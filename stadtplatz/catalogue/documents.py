"""What the search box finds of offers."""

from collections.abc import Iterable
from hashlib import blake2s

from django.urls import reverse
from django.utils import translation

from stadtplatz.catalogue import categories
from stadtplatz.catalogue.models import Offer
from stadtplatz.search import actions as search

MADE_AS = "1"
"""Counts up when the documents of offers are made otherwise; then all are pushed anew by a job."""
ORGANIC = "organic"
"""The label of what a control body has checked; its code stands on the offer."""


def made_as() -> str:
    """How the documents of offers are made at present: by this code, from the shipped names of categories."""
    return f"{MADE_AS}-{blake2s(categories.DATA.read_bytes(), digest_size=8).hexdigest()}"


def push_offer(offer: Offer) -> None:
    """The offer can be found while it is on sale in an open shop, and no longer when it is not."""
    push_offers([offer])


def push_offers(offers: Iterable[Offer]) -> int:
    """As `push_offer` for many, whose shops are loaded; returns how many can be found."""
    shown, gone = [], []
    for offer in offers:
        if offer.is_on_sale and offer.variant_of_id is None:
            shown.append(_document(offer))
        else:
            gone.append(str(offer.pk))
    if gone:
        search.withdraw_all(kind="offer", keys=gone)
    return search.push_many(shown)


def _document(offer: Offer) -> search.Pushed:
    with translation.override("de"):
        url = reverse("offer", args=[offer.pk, offer.slug])
    return search.Pushed(
        kind="offer",
        key=str(offer.pk),
        title=offer.title,
        # what it is comes before whose it is: the shop's name finds its offers, after the shops and offers of that name
        body=f"{offer.description} {offer.shop.name}".strip(),
        url=url,
        keywords=" ".join([offer.brand, offer.gtin, offer.sku, *_category_names(offer.category)]),
        lon=offer.shop.lon,
        lat=offer.shop.lat,
        payload={"shop": offer.shop.name, "category": offer.category},
        fresh_at=offer.counted_at or offer.published_at,
        shop=offer.shop.slug,
        category=offer.category,
        district=offer.shop.district,
        label=ORGANIC if offer.particulars.get("organic") else "",
        ready=offer.can_be_ordered and not offer.lead_days,
        price=offer.price.cents,
    )


def _category_names(code: str) -> list[str]:
    """What a category and those above it are called, and what else people call it."""
    path = categories.path_to(code)
    others = path[-1].words if path else ()
    return [*(name for category in path for name in (category.de, category.en)), *others]
