from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtplatz.catalogue import rules, units
from stadtplatz.kit.money import Money

PACKED = [
    # price in cents, amount, unit -> cents, unit as printed
    (590, "750", "g", 787, "kg"),
    (590, "1", "kg", None, None),
    (590, "1000", "g", None, None),
    (349, "500", "g", 698, "kg"),
    (199, "250", "g", 796, "kg"),
    (199, "125", "g", 1592, "kg"),
    (129, "100", "g", 1290, "kg"),  # pre-packed goods never refer to 100 g
    (499, "2.5", "kg", 200, "kg"),
    (500, "3", "kg", 167, "kg"),
    (1, "3", "kg", 0, "kg"),
    (250, "10", "g", 25000, "kg"),
    (250, "9.9", "g", None, None),
    (250, "0.009", "kg", None, None),
    (250, "0.010", "kg", 25000, "kg"),
    (99, "1.5", "l", 66, "l"),
    (99, "0.75", "l", 132, "l"),
    (899, "0.75", "l", 1199, "l"),
    (899, "75", "cl", 1199, "l"),
    (899, "750", "ml", 1199, "l"),
    (129, "1", "l", None, None),
    (129, "1000", "ml", None, None),
    (129, "100", "cl", None, None),
    (149, "330", "ml", 452, "l"),
    (149, "0.33", "l", 452, "l"),
    (295, "100", "ml", 2950, "l"),
    (1295, "9", "ml", None, None),
    (1295, "10", "ml", 129500, "l"),
    (1295, "5", "cl", 25900, "l"),
    (1990, "3", "m", 663, "m"),
    (1990, "1", "m", None, None),
    (450, "50", "cm", 900, "m"),
    (450, "100", "cm", None, None),
    (2499, "2.5", "m2", 1000, "m2"),
    (2499, "5000", "cm2", 4998, "m2"),
    (8900, "1", "m3", None, None),
    (8900, "0.5", "m3", 17800, "m3"),
    (8900, "2", "m3", 4450, "m3"),
    (350, "6", "piece", None, None),
    (350, "1", "piece", None, None),
    (350, None, "g", None, None),
    (350, "0", "g", None, None),
    (350, "100", "", None, None),
    (5, "999", "g", None, None),  # rounds to the very same price
    (105, "700", "g", 150, "kg"),
    (333, "400", "g", 833, "kg"),  # 832.5 is rounded up
    (1, "400", "g", 3, "kg"),  # 2.5 is rounded up
]
LOOSE = [
    (249, "100", "g", None, None),
    (500, "200", "g", 250, "100g"),
    (375, "150", "g", 250, "100g"),
    (99, "50", "g", 198, "100g"),
    (690, "1", "kg", None, None),
    (345, "0.5", "kg", 690, "kg"),
    (180, "50", "ml", 360, "100ml"),
    (180, "100", "ml", None, None),
    (420, "0.25", "l", 1680, "l"),
    (90, "1", "piece", None, None),
    (1200, "80", "cm", 1500, "m"),
]
DRAINED = [
    (349, "370", "g", "190", 1837, "kg"),
    (299, "720", "ml", "360", 831, "l"),
    (299, "850", "g", "1000", None, None),
]


@pytest.mark.parametrize(("cents", "amount", "unit", "per", "name"), PACKED)
def test_packed_goods_refer_to_kilogram_litre_and_metre(cents, amount, unit, per, name):
    check(rules.unit_price(Money(cents), amount and Decimal(amount), unit), per, name)


@pytest.mark.parametrize(("cents", "amount", "unit", "per", "name"), LOOSE)
def test_loose_goods_may_refer_to_a_hundred_grams(cents, amount, unit, per, name):
    check(rules.unit_price(Money(cents), Decimal(amount), unit, loose=True), per, name)


@pytest.mark.parametrize(("cents", "amount", "unit", "drained", "per", "name"), DRAINED)
def test_the_drained_weight_counts(cents, amount, unit, drained, per, name):
    check(rules.unit_price(Money(cents), Decimal(amount), unit, drained=Decimal(drained)), per, name)


def check(found, cents, name):
    assert (found.price.cents, found.unit) == (cents, name) if cents is not None else found is None


@given(
    st.integers(1, 10_000_000),
    st.decimals(Decimal("0.001"), Decimal(100_000), places=3),
    st.sampled_from(sorted(units.UNITS)),
    st.booleans(),
)
def test_the_unit_price_times_the_content_is_the_price_again(cents, amount, unit, loose):
    found = rules.unit_price(Money(cents), amount, unit, loose=loose)
    if found is None:
        return
    in_base = amount * units.UNITS[unit].factor
    references = in_base * 10 if found.unit.startswith("100") else in_base
    assert abs(Decimal(found.price.cents) * references - cents) <= references / 2
    assert loose or not found.unit.startswith("100")
    assert found.unit in units.SHORT
