"""What an offer costs, as every page, basket and mail shows it, and what it cost before."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from stadtplatz.catalogue import categories, rules, units, vat
from stadtplatz.catalogue.energy import EnergyView, energy_view
from stadtplatz.catalogue.guarantee import Garan, garan
from stadtplatz.catalogue.models import Offer, PlannedPrice
from stadtplatz.catalogue.rules.steps import useful
from stadtplatz.kit import clock
from stadtplatz.kit.money import Money
from stadtplatz.kit.templatetags.kit import money


@dataclass(frozen=True)
class StepView:
    """What a piece costs from that many on."""

    least: int
    price: Money
    unit_price_text: str


@dataclass(frozen=True)
class PriceView:
    """Everything that belongs to a price wherever it appears: `total` is gross, `deposit` comes on top of it."""

    total: Money
    unit_price_text: str
    deposit: Money | None
    vat_note: str
    vat_rate: int
    content_text: str = ""
    drained_text: str = ""
    reference: Money | None = None
    """The lowest price of the 30 days before an announced reduction; None when nothing is reduced."""
    reduced_percent: int = 0
    before: Money | None = None
    """What it cost before it was reduced because it will not keep."""
    on_request: bool = False
    """No price is named; the shop says it when asked."""
    steps: tuple[StepView, ...] = ()
    """What it costs in larger numbers."""
    energy: EnergyView | None = None
    """The energy class, which stands beside every price."""
    garan: Garan | None = None
    """The label of the maker's guarantee of durability, which stands near the picture and before ordering."""

    @property
    def amounts(self) -> str:
        """Content and unit price, as they stand below the price."""
        return " · ".join(text for text in (self.content_text, self.unit_price_text) if text)

    @property
    def is_plain(self) -> bool:
        """Nothing but total and amounts: so are most prices of a list, and its template need not ask for each of the rest."""
        return not (
            self.on_request or self.reference or self.before or self.reduced_percent or self.steps or self.deposit or self.energy
        )  # fmt: skip


def price_view(offer: Offer, quantity: int = 1) -> PriceView:
    """The price of one piece, when that many are bought, as pages, baskets and mails show it. Needs the shop to be loaded; makes no query then."""
    total = rules.price_for(offer.price, offer.price_steps, quantity)
    reference = offer.reference_price if offer.reduced_since else None
    before = offer.price_before if offer.reduced_since else None
    measured_against = reference or before
    return PriceView(
        total=total,
        unit_price_text=unit_price_text(offer, total),
        deposit=offer.deposit,
        vat_note=_vat_note(offer),
        vat_rate=offer.vat_rate,
        content_text=content_text(offer),
        drained_text=drained_text(offer),
        reference=reference,
        reduced_percent=_percent_off(offer.price, measured_against) if measured_against else 0,
        before=before,
        on_request=offer.kind == Offer.QUOTE and not offer.price,
        steps=tuple(
            StepView(least, price, unit_price_text(offer, price))
            for least, price in useful(offer.price, offer.price_steps)
        ),
        energy=_energy(offer),
        garan=garan(offer.particulars, offer.brand) if "guarantee" in offer.particulars else None,
    )


def _energy(offer: Offer) -> EnergyView | None:
    if "energy" not in offer.particulars:
        return None
    return energy_view(offer.particulars, categories.all_categories().get(offer.category))


def unit_price_text(offer: Offer, price: Money) -> str:
    """`7,87 € je kg`, or empty where the law wants none."""
    category = categories.all_categories().get(offer.category)
    per = rules.unit_price(
        price,
        offer.content_amount,
        offer.content_unit,
        loose=offer.kind == Offer.LOOSE,
        drained=offer.drained_amount,
        exempt=offer.unit_price_exempt,
        customary=category.per if category else "",
    )
    return _("{price} per {unit}").format(price=money(per.price), unit=per.unit_text) if per else ""


def content_text(offer: Offer) -> str:
    """`500 g`, `0,75 l`, `6 pieces`; empty for a single piece."""
    if not offer.content_unit or not offer.content_amount:
        return ""
    if offer.content_unit == units.PIECE and offer.content_amount == 1:
        return ""
    return _measure(offer.content_amount, offer.content_unit)


def drained_text(offer: Offer) -> str:
    """`180 g` of what is drained; empty if nothing is."""
    unit = units.of_drained(offer.content_unit)
    return _measure(offer.drained_amount, unit) if offer.drained_amount and unit in units.UNITS else ""


def _measure(amount: Decimal, unit: str) -> str:
    plain = Decimal(format(Decimal(amount).normalize(), "f"))
    return f"{formats.localize(plain)} {dict(units.CHOICES)[unit]}"


def intervals(offer: Offer) -> list[rules.InForce]:
    """The prices of an offer as they were in force, oldest first."""
    rows = offer.prices.order_by("starts_at").values_list("price", "starts_at", "ends_at")
    return [rules.InForce(*row) for row in rows]


def lowest_price(offer: Offer, before: datetime | None = None) -> Money | None:
    """The lowest price in force during the 30 days before this moment, before now if none is named."""
    return rules.lowest_price_30_days(intervals(offer), before or clock.now())


def planned(offer: Offer) -> list[PlannedPrice]:
    """The switches still to come, the next one first."""
    return list(offer.planned_prices.filter(state=PlannedPrice.WAITING).select_related("ends").order_by("at"))


def _vat_note(offer: Offer) -> str:
    if offer.shop.small_business:
        return _("No VAT shown (§ 19 UStG)")
    if offer.vat_class == vat.MARGIN:
        return _("Margin scheme, second-hand goods: no VAT shown (§ 25a UStG)")
    return _("incl. {rate} % VAT").format(rate=offer.vat_rate)


def _percent_off(price: Money, reference: Money) -> int:
    return (reference.cents - price.cents) * 100 // reference.cents if reference.cents else 0
