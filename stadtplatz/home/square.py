"""What the start page offers: doors to what works here, and something fresh from below."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from stadtplatz.catalogue import queries
from stadtplatz.home import errands, living
from stadtplatz.kit.identity import is_on


@dataclass(frozen=True)
class Door:
    """One of the three relations of the square, with the links that work."""

    title: str
    text: str
    picture: str
    links: list[tuple[str, str]]


def start_page() -> dict[str, Any]:
    """The context of the start page; every link in it leads somewhere."""
    return {
        "doors": [door for door in (_market(), _town_hall(), _shops()) if door.links],
        "can_find": bool(errands.kinds()),
        "cards": fresh_offers(),
    } | living.square_now()


def doors_for_shops() -> list[tuple[str, str]]:
    """Where a shopkeeper begins."""
    return _links("shops", (_("Find your shop and claim it"), "shops"), (_("My business is not listed"), "new-business"),
        (_("To your shop side"), "my-shops"),
    )  # fmt: skip


def fresh_offers(most: int = 4) -> list[Any]:
    """The newest offers that can be bought now, from different shops."""
    if not is_on("catalogue"):
        return []
    seen: dict[int, Any] = {}
    for offer in queries.on_sale()[:24]:
        seen.setdefault(offer.shop_id, offer)
    return [card for card in queries.cards(list(seen.values())[:most]) if card.available]


def _market() -> Door:
    links = _links("catalogue", (_("Look at offers"), "market")) + _links(
        "shops", (_("Shops and opening hours"), "shops")
    )
    text = _("Buy from the shops of your own town: order, reserve, collect.")
    return Door(_("Shopping"), text, "kit/pictures/shop-market.svg", links)


def _town_hall() -> Door:
    links = _links("tickets", (_("Report something"), "tickets-new"), (_("See what has been reported"), "tickets"))
    text = _("Something is broken, dirty or dangerous? Tell us, and follow who takes care of it.")
    return Door(_("Town hall"), text, "kit/pictures/ticket-pothole.svg", links)


def _shops() -> Door:
    links = _links("shops", (_("What the square does for you"), "for-shops"))
    text = _("Be found, take orders, hand over at the counter - in ten minutes, with a phone.")
    return Door(_("For shops"), text, "kit/pictures/shop-generic.svg", links)


def _links(domain: str, *candidates: tuple[str, str]) -> list[tuple[str, str]]:
    """The candidates (label, url name) whose page exists here."""
    found = []
    for label, name in candidates if is_on(domain) else ():
        try:
            found.append((label, reverse(name)))
        except NoReverseMatch:
            continue
    return found
