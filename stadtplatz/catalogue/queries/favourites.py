"""Reading what somebody has marked, and who waits for what."""

from collections.abc import Sequence
from dataclasses import dataclass

from stadtplatz.catalogue.models import Favourite, Watch
from stadtplatz.catalogue.queries.offers import Card, cards, on_sale
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.rows import sole
from stadtplatz.shops import queries as shops
from stadtplatz.shops.models import Shop
from stadtplatz.shops.queries import OpenState

Mark = tuple[str, int]
"""("offer" or "shop", id)."""


@dataclass(frozen=True)
class Marked:
    """What is marked and still there, in the order given; `gone` counts what is not shown any more."""

    offers: list[Card]
    shops: list[tuple[Shop, OpenState]]
    gone: int

    def __bool__(self) -> bool:
        return bool(self.offers or self.shops or self.gone)


def marks_of(actor: Actor) -> list[Mark]:
    """What this person has marked, newest first; nothing without an account. One query."""
    if not actor.is_person:
        return []
    rows = Favourite.objects.filter(person_id=actor.person_id).values_list("offer_id", "shop_id")
    return [("offer", offer) if offer else ("shop", shop) for offer, shop in rows]


def marked(marks: Sequence[Mark]) -> Marked:
    """The offers and shops behind these marks. Three queries however many there are."""
    order = {mark: number for number, mark in enumerate(marks)}
    offers = cards(on_sale().filter(pk__in=[pk for what, pk in marks if what == "offer"]))
    found = list(shops.listed().filter(pk__in=[pk for what, pk in marks if what == "shop"]))
    return Marked(
        sorted(offers, key=lambda card: order["offer", card.offer.pk]),
        [(shop, shops.open_state(shop)) for shop in sorted(found, key=lambda shop: order["shop", shop.pk])],
        len(order) - len(offers) - len(found),
    )


def watch_by_secret(secret: str) -> Watch | None:
    """The watch behind the link of a mail, with its offer and shop."""
    return sole(Watch.objects.filter(secret=secret).select_related("offer__shop"))
