"""Who may change an offer, and what it must say before it is sold."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue import categories, particulars, units
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.actors import Actor
from stadtplatz.moderation.queries import GreenFound, green_look
from stadtplatz.shops import rules as shop_rules

STOCK = "stock:"
"""Before the offer's number in the key of its pool."""


def stock_key(offer: Offer | int) -> str:
    """The pool that holds what of this offer can still be sold."""
    return f"{STOCK}{offer if isinstance(offer, int) else offer.pk}"


def may_edit(actor: Actor, offer: Offer) -> bool:
    """Owners and staff of the offer's shop."""
    return shop_rules.may_manage(actor, offer.shop)


def can_be_put_aside(offer: Offer) -> bool:
    """Whether a piece of it may be put aside without obligation: it stands on the shelf on every day, and its shop does that."""
    return offer.kind in Offer.ON_THE_SHELF and not offer.availability and shop_rules.may_put_aside(offer.shop)


def missing_for_publishing(offer: Offer) -> list[shop_rules.Missing]:
    """What is still missing before the offer may be shown for sale; food needs its information, every offer a decision on withdrawal."""
    return missing_in(offer, categories.all_categories().get(offer.category))


def missing_in(offer: Offer, category: categories.Category | None) -> list[shop_rules.Missing]:
    """As `missing_for_publishing`, if the offer belonged to this category."""
    missing = []
    if category is None:
        missing.append(shop_rules.Missing("category", _("Category")))
    elif category.kinds and offer.kind not in category.kinds:
        missing.append(shop_rules.Missing("kind", _("A way of selling that this category allows")))
    if not offer.title.strip():
        missing.append(shop_rules.Missing("title", _("Title")))
    if offer.kind != Offer.QUOTE and (offer.price is None or offer.price.cents <= 0):
        missing.append(shop_rules.Missing("price", _("Price")))
    if not offer.withdrawal:
        missing.append(shop_rules.Missing("withdrawal", _("Right of withdrawal")))
    if not offer.content_unit or (offer.content_unit != units.PIECE and not offer.content_amount):
        missing.append(shop_rules.Missing("content_amount", _("Content")))
    if category and category.food:
        if not offer.allergens.strip():
            missing.append(shop_rules.Missing("allergens", _("Allergens")))
        if offer.kind in (Offer.GOODS, Offer.MADE) and not offer.food_info.strip():
            missing.append(shop_rules.Missing("food_info", _("Ingredients and food information")))
    if category:
        packed = offer.kind not in (Offer.LOOSE, Offer.SURPRISE)
        lacking = particulars.missing(category, offer.particulars, title=offer.title, packed=packed)
        missing += [shop_rules.Missing(name, label) for name, label in lacking]
    if offer.kind == Offer.SURPRISE and not offer.window.strip():
        missing.append(shop_rules.Missing("window", _("When the bag is collected")))
    if category and offer.age_limit < category.age:
        missing.append(shop_rules.Missing("age_limit", _("Age limit")))
    missing += [
        shop_rules.Missing("description" if found.never else "green_kind", _claim(found))
        for found in green_claims(offer)
    ]
    if offer.blocked:
        missing.append(shop_rules.Missing("blocked", _("The desk took it off sale after a notice; see the decision")))
    return missing


WORKS = frozenset(
    {
        "novels",
        "children-books",
        "nonfiction",
        "local-books",
        "newspapers-and-magazines",
        "calendars",
        "second-hand-books",
        "records-and-cds",
        "films",
        "video-games",
        "board-and-card-games",
        "sheet-music-and-accessories",
    }
)
"""Here titles and texts tell of the contents of a work: “Nachhaltig leben” is a book and no claim about its paper."""


def green_claims(offer: Offer) -> list[GreenFound]:
    """Environmental claims in what the offer says that may not stand so: those that never may, and general ones without evidence.

    A best energy class is evidence for “energy efficient”; organic food with its control body says “ecological” by a law of its own.
    """
    if any(category.code in WORKS for category in categories.path_to(offer.category)):
        return []
    proven = particulars.has_evidence(offer.particulars)
    return [
        found
        for found in green_look(f"{offer.title}\n{offer.variant}\n{offer.description}\n{offer.food_info}")
        if found.never or not (proven or _lawful(offer, found))
    ]


def _lawful(offer: Offer, found: GreenFound) -> bool:
    best = offer.particulars.get("energy", "").strip().upper() in ("A", "A+", "A++", "A+++")
    return (best and found.word.startswith("energ")) or (
        bool(offer.particulars.get("organic")) and found.word.startswith(("ökologisch", "oekologisch"))
    )


def _claim(found: GreenFound) -> str:
    if found.never:
        return gettext("other words instead of “{word}”, which may not be said of a product ({instead})").format(
            word=found.word, instead=found.instead
        )
    return gettext("recognised evidence for “{word}”, or other words ({instead})").format(
        word=found.word, instead=found.instead
    )
