"""What an offer must say before it is sold, what its price refers to, and what the lowest price was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from stadtplatz.catalogue import categories, units
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.money import Money
from stadtplatz.shops import rules as shop_rules

THIRTY_DAYS = timedelta(days=30)


def stock_key(offer: Offer | int) -> str:
    """The pool that holds what of this offer can still be sold."""
    return f"stock:{offer if isinstance(offer, int) else offer.pk}"


def may_edit(actor: Actor, offer: Offer) -> bool:
    """Owners and staff of the offer's shop."""
    return shop_rules.may_manage(actor, offer.shop)


@dataclass(frozen=True)
class UnitPrice:
    """`price` for one `unit` (kg, l, m, m2, m3, 100g, 100ml)."""

    price: Money
    unit: str

    @property
    def unit_text(self) -> str:
        """The unit as printed: `kg`, `m²`, `100 g`."""
        return units.SHORT[self.unit]


def unit_price(
    price: Money, amount: Decimal | None, unit: str, *, loose: bool = False, drained: Decimal | None = None
) -> UnitPrice | None:
    """The price for one kg, l, m, m² or m³ (§ 4, 5 PAngV), rounded half up to the cent; the only place that computes it.

    `drained` is the drained weight in the same unit and counts instead of the amount (§ 5 Abs. 4). Loose goods whose portion is
    given in g or ml refer to 100 g or 100 ml; packed goods never do. None where the law wants none: content by the piece or
    unknown, less than 10 g or 10 ml (§ 4 Abs. 3 Nr. 1), or the unit price equals the price (§ 4 Abs. 1 Satz 2).
    """
    measured = units.UNITS.get(unit)
    content = drained or amount
    if measured is None or not content or content <= 0:
        return None
    in_base = Decimal(content) * measured.factor
    if measured.base in ("kg", "l") and in_base < Decimal("0.01"):
        return None
    reference, name = Decimal(1), measured.base
    if loose and unit in ("g", "ml"):
        reference, name = Decimal("0.1"), f"100{unit}"
    cents = (Decimal(price.cents) * reference / in_base).quantize(Decimal(1), ROUND_HALF_UP)
    if cents == price.cents:
        return None
    return UnitPrice(Money(int(cents)), name)


@dataclass(frozen=True)
class InForce:
    """One price and how long customers could see it; `ends_at` None means: still."""

    price: Money
    starts_at: datetime
    ends_at: datetime | None = None


def lowest_price_30_days(intervals: Iterable[InForce], before: datetime) -> Money | None:
    """The lowest price in force at any moment of the 30 days before `before` (§ 11 Abs. 1 PAngV); None if there was none.

    A price set long ago counts if it was still valid within the window, for however short a time.
    """
    start = before - THIRTY_DAYS
    within = [
        span.price for span in intervals if span.starts_at < before and (span.ends_at is None or span.ends_at > start)
    ]
    return min(within, default=None)


def missing_for_publishing(offer: Offer) -> list[shop_rules.Missing]:
    """What is still missing before the offer may be shown for sale; food needs its information, every offer a decision on withdrawal."""
    category = categories.all_categories().get(offer.category)
    missing = []
    if category is None:
        missing.append(shop_rules.Missing("category", _("Category")))
    if not offer.title.strip():
        missing.append(shop_rules.Missing("title", _("Title")))
    if offer.price is None or offer.price.cents <= 0:
        missing.append(shop_rules.Missing("price", _("Price")))
    if not offer.withdrawal:
        missing.append(shop_rules.Missing("withdrawal", _("Right of withdrawal")))
    if not offer.content_unit or (offer.content_unit != units.PIECE and not offer.content_amount):
        missing.append(shop_rules.Missing("content_amount", _("Content")))
    if category and category.food:
        if not offer.allergens.strip():
            missing.append(shop_rules.Missing("allergens", _("Allergens")))
        if offer.kind == Offer.GOODS and not offer.food_info.strip():
            missing.append(shop_rules.Missing("food_info", _("Ingredients and food information")))
    if category and offer.age_limit < category.age:
        missing.append(shop_rules.Missing("age_limit", _("Age limit")))
    return missing
