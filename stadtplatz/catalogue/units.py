"""Units of content, and to which unit the law refers a price."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Unit:
    """`base` is the law's unit (kg, l, m, m2, m3); `factor` is how much of it one of ours is."""

    code: str
    short: str
    base: str
    factor: Decimal


UNITS = {
    unit.code: unit
    for unit in (
        Unit("g", "g", "kg", Decimal("0.001")),
        Unit("kg", "kg", "kg", Decimal(1)),
        Unit("ml", "ml", "l", Decimal("0.001")),
        Unit("cl", "cl", "l", Decimal("0.01")),
        Unit("l", "l", "l", Decimal(1)),
        Unit("cm", "cm", "m", Decimal("0.01")),
        Unit("m", "m", "m", Decimal(1)),
        Unit("cm2", "cm²", "m2", Decimal("0.0001")),
        Unit("m2", "m²", "m2", Decimal(1)),
        Unit("m3", "m³", "m3", Decimal(1)),
    )
}
SHORT = {
    "kg": "kg", "l": "l", "m": "m", "m2": "m²", "m3": "m³", "100g": "100 g", "100ml": "100 ml", "100l": "100 l", "t": "t",
}  # fmt: skip
"""How the unit of a unit price is printed."""
CUSTOMARY = {"100l": ("l", Decimal(100)), "t": ("kg", Decimal(1000))}
"""Units of the trade for what is usually sold in 100 litres, 50 kilograms and more (§ 5 Abs. 1 Satz 2 PAngV)."""
PIECE = "piece"
CHOICES = [*((unit.code, unit.short) for unit in UNITS.values()), (PIECE, _("pieces"))]
DRAINED = {"ml": "g", "cl": "g", "l": "kg"}
"""The unit of the drained weight where the content is a volume: what is drained is weighed (§ 5 Abs. 4 PAngV)."""


def of_drained(unit: str) -> str:
    """The unit in which the drained weight of a content in this unit is told."""
    return DRAINED.get(unit, unit)
