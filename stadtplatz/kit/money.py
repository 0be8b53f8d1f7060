"""Money: integer cents in EUR. Sums, splits and words; never a float."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import total_ordering


@total_ordering
@dataclass(frozen=True)
class Money:
    """An amount in euro cents. May be negative (a refund)."""

    cents: int
    currency = "EUR"

    def __post_init__(self) -> None:
        if not isinstance(self.cents, int) or isinstance(self.cents, bool):
            raise TypeError(f"Money takes whole cents, not {self.cents!r}.")

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents) if isinstance(other, Money) else NotImplemented

    def __radd__(self, other: object) -> Money:
        return self if other == 0 else NotImplemented  # lets sum() start from 0

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __neg__(self) -> Money:
        return Money(-self.cents)

    def __mul__(self, times: int) -> Money:
        if not isinstance(times, int):
            return NotImplemented
        return Money(self.cents * times)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        return self.cents < other.cents

    def __bool__(self) -> bool:
        return self.cents != 0

    def __str__(self) -> str:
        """As German and English pages show it: `1.234,50 €` (German notation; templates use the `money` filter)."""
        sign = "−" if self.cents < 0 else ""
        euros, cents = divmod(abs(self.cents), 100)
        return f"{sign}{euros:,}".replace(",", ".") + f",{cents:02d} €"


ZERO = Money(0)


def split(total: Money, weights: Sequence[int]) -> list[Money]:
    """Split the total by weights with the largest remainder; ties go to the earlier part. The parts sum to the total exactly.

    Weights are whole numbers >= 0; if all are zero the split is even. Refused (ValueError) without any part.
    """
    if not weights:
        raise ValueError("A split needs at least one part.")
    if any(weight < 0 for weight in weights):
        raise ValueError("Weights cannot be negative.")
    if not any(weights):
        weights = [1] * len(weights)
    sign = -1 if total.cents < 0 else 1
    amount, whole = abs(total.cents), sum(weights)
    parts = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return [Money(sign * part) for part in parts]


@dataclass(frozen=True)
class VatLine:
    """One rate's share of a bill: `rate` in percent, `gross = net + vat`."""

    rate: int
    gross: Money
    net: Money
    vat: Money


def vat_by_rate(lines: Iterable[tuple[int, Money]]) -> list[VatLine]:
    """VAT contained in gross line amounts `(rate in percent, gross)`, per rate on the rate's sum, rounded half up, highest rate first.

    VAT = gross sum x rate / (100 + rate), so that a bill for consumers becomes an EN 16931 invoice without a cent of drift.
    """
    sums: dict[int, int] = {}
    for rate, gross in lines:
        sums[rate] = sums.get(rate, 0) + gross.cents
    result = []
    for rate in sorted(sums, reverse=True):
        gross_cents = sums[rate]
        vat = _divide_half_up(gross_cents * rate, 100 + rate)
        result.append(VatLine(rate, Money(gross_cents), Money(gross_cents - vat), Money(vat)))
    return result


def _divide_half_up(numerator: int, denominator: int) -> int:
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


_TYPED = re.compile(r"^(\d{1,6})(?:[.,](\d{1,2}))?$")


def read_euros(text: str) -> Money:
    """`12,90`, `12.9 €` or `12` as people type it. ValueError for everything else, and for a million and more."""
    match = _TYPED.match(text.replace("€", "").strip())
    if not match:
        raise ValueError(text)
    return Money(int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0")))
