"""Numbers that mean something: `500 g` = `500g` = `0,5 kg`, and the GTIN below a bar code."""

import re
from decimal import Decimal

_UNITS: dict[str, tuple[str, Decimal]] = {
    **dict.fromkeys(("mg", "milligramm"), ("g", Decimal("0.001"))),
    **dict.fromkeys(("g", "gr", "gramm"), ("g", Decimal(1))),
    **dict.fromkeys(("kg", "kilo", "kilogramm"), ("g", Decimal(1000))),
    **dict.fromkeys(("pfund",), ("g", Decimal(500))),
    **dict.fromkeys(("ml", "milliliter"), ("ml", Decimal(1))),
    **dict.fromkeys(("cl",), ("ml", Decimal(10))),
    **dict.fromkeys(("l", "liter", "ltr"), ("ml", Decimal(1000))),
    **dict.fromkeys(("mm", "millimeter"), ("mm", Decimal(1))),
    **dict.fromkeys(("cm", "zentimeter"), ("mm", Decimal(10))),
    **dict.fromkeys(("m", "meter"), ("mm", Decimal(1000))),
    **dict.fromkeys(("stk", "stuck", "stueck", "er"), ("stk", Decimal(1))),
    **dict.fromkeys(("w", "watt"), ("w", Decimal(1))),
    **dict.fromkeys(("v", "volt"), ("v", Decimal(1))),
    **dict.fromkeys(("zoll",), ("zoll", Decimal(1))),
    **dict.fromkeys(("min", "minuten"), ("min", Decimal(1))),
}
MEASURE = re.compile(r"\b(\d{1,6}(?:[.,]\d{1,3})?)\s?(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")\b")
GTIN = re.compile(r"(?<!\d)\d(?:[ -]?\d){7,13}(?!\d)")


def measure(number: str, unit: str) -> str:
    """The token of an amount in its base unit: `0,5` and `kg` give `500g`."""
    base, factor = _UNITS[unit]
    amount = (Decimal(number.replace(",", ".")) * factor).normalize()
    return f"{amount:f}{base}".replace(".", "p")


def read_gtin(text: str) -> str | None:
    """The 14 digits of a GTIN-8, -12, -13 or -14 with a right check digit; None if it is another number."""
    digits = re.sub(r"\D", "", text)
    if len(digits) not in (8, 12, 13, 14):
        return None
    digits = digits.zfill(14)
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return digits if total % 10 == 0 else None
