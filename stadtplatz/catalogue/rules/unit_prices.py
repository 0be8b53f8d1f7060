"""To which unit the law refers a price (§ 4, 5 PAngV)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from stadtplatz.catalogue import units
from stadtplatz.kit.money import Money


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
    price: Money,
    amount: Decimal | None,
    unit: str,
    *,
    loose: bool = False,
    drained: Decimal | None = None,
    exempt: str = "",
    customary: str = "",
) -> UnitPrice | None:
    """The price for one kg, l, m, m² or m³ (§ 4, 5 PAngV), rounded half up to the cent; the only place that computes it.

    `drained` is the drained weight, in g or kg as units.of_drained says, and counts instead of the amount (§ 5 Abs. 4). Loose goods whose portion is
    given in g or ml refer to 100 g or 100 ml; packed goods never do. `customary` is the unit of the trade (a key of
    units.CUSTOMARY) for amounts from 50 kg or 100 l (§ 5 Abs. 1 Satz 2). None where the law wants none: content by the piece or
    unknown, less than 10 g or 10 ml (§ 4 Abs. 3 Nr. 1), a reason in EXEMPT, or the unit price equals the price (§ 4 Abs. 1 Satz 3).
    """
    nominal, measured = units.UNITS.get(unit), units.UNITS.get(units.of_drained(unit) if drained else unit)
    content = drained or amount
    if exempt or nominal is None or measured is None or not amount or not content or content <= 0:
        return None
    if nominal.base in ("kg", "l") and Decimal(amount) * nominal.factor < LEAST:
        return None
    in_base = Decimal(content) * measured.factor
    reference, name = _reference(measured, in_base, loose=loose, customary=customary)
    cents = (Decimal(price.cents) * reference / in_base).quantize(Decimal(1), ROUND_HALF_UP)
    if cents == price.cents:
        return None
    return UnitPrice(Money(int(cents)), name)


def _reference(measured: units.Unit, in_base: Decimal, *, loose: bool, customary: str) -> tuple[Decimal, str]:
    """How much of the base unit the price refers to, and that amount's name."""
    if loose and measured.code in ("g", "ml"):
        return Decimal("0.1"), f"100{measured.code}"
    base, size = units.CUSTOMARY.get(customary, ("", Decimal(0)))
    if base == measured.base and in_base >= BULK[base]:
        return size, customary
    return Decimal(1), measured.base


LEAST = Decimal("0.01")
"""Of less than this many kg or l no unit price is asked for."""
BULK = {"kg": Decimal(50), "l": Decimal(100)}
"""From this many kg or l on the unit of the trade may be used."""
