"""What an offer costs, as every page, basket and mail shows it, and what it cost before."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from stadtplatz.catalogue import rules, units
from stadtplatz.catalogue.models import Offer
from stadtplatz.kit.money import Money
from stadtplatz.kit.templatetags.kit import money


@dataclass(frozen=True)
class PriceView:
    """Everything that belongs to a price wherever it appears: `total` is gross, `deposit` comes on top of it."""

    total: Money
    unit_price_text: str
    deposit: Money | None
    vat_note: str
    vat_rate: int
    content_text: str = ""
    reference: Money | None = None
    """The lowest price of the 30 days before an announced reduction; None when nothing is reduced."""
    reduced_percent: int = 0


def price_view(offer: Offer) -> PriceView:
    """The price of an offer as pages, baskets and mails show it. Needs the shop to be loaded; makes no query then."""
    loose = offer.kind == Offer.LOOSE
    per = rules.unit_price(
        offer.price, offer.content_amount, offer.content_unit, loose=loose, drained=offer.drained_amount
    )
    reference = offer.reference_price if offer.reduced_since else None
    return PriceView(
        total=offer.price,
        unit_price_text=_("{price} per {unit}").format(price=money(per.price), unit=per.unit_text) if per else "",
        deposit=offer.deposit,
        vat_note=_vat_note(offer),
        vat_rate=offer.vat_rate,
        content_text=content_text(offer),
        reference=reference,
        reduced_percent=_percent_off(offer.price, reference) if reference else 0,
    )


def content_text(offer: Offer) -> str:
    """`500 g`, `0,75 l`, `6 pieces`; empty for a single piece."""
    if not offer.content_unit or not offer.content_amount:
        return ""
    if offer.content_unit == units.PIECE and offer.content_amount == 1:
        return ""
    amount = formats.localize(Decimal(format(offer.content_amount.normalize(), "f")))
    return f"{amount} {dict(units.CHOICES)[offer.content_unit]}"


def intervals(offer: Offer) -> list[rules.InForce]:
    """The prices of an offer as they were in force, oldest first."""
    rows = offer.prices.order_by("starts_at").values_list("price", "starts_at", "ends_at")
    return [rules.InForce(*row) for row in rows]


def lowest_price(offer: Offer, before: datetime) -> Money | None:
    """The lowest price in force during the 30 days before this moment."""
    return rules.lowest_price_30_days(intervals(offer), before)


def _vat_note(offer: Offer) -> str:
    if offer.shop.small_business:
        return _("No VAT shown (§ 19 UStG)")
    return _("incl. {rate} % VAT").format(rate=offer.vat_rate)


def _percent_off(price: Money, reference: Money) -> int:
    return (reference.cents - price.cents) * 100 // reference.cents if reference.cents else 0
