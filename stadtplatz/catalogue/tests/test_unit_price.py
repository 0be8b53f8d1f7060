from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtplatz.catalogue import rules, units
from stadtplatz.catalogue.exemptions import EXEMPT
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
    (1199, "1.98", "l", 606, "l"),  # 6 x 0,33 l
    (699, "4.5", "l", 155, "l"),  # 6 x 0,75 l
    (499, "500", "g", 998, "kg"),  # 2 x 250 g
    (2999, "1.44", "m2", 2083, "m2"),  # a pack of tiles
    (1590, "0.25", "m2", 6360, "m2"),
    (1590, "10000", "cm2", None, None),  # a square metre
    (329, "25", "m", 13, "m"),  # string
    (79, "0.5", "m", 158, "m"),
    (79, "1", "cm", 7900, "m"),  # there is no least length
    (549, "40", "l", 14, "l"),  # potting soil
    (9900, "1000", "l", 10, "l"),
    (8900, "1.8", "m3", 4944, "m3"),  # firewood
    (599, "0.999", "kg", 600, "kg"),
    (599, "1.001", "kg", 598, "kg"),
    (599, "1.0005", "kg", None, None),  # 598.7 rounds to the very same price
    (99999, "0.01", "l", 9999900, "l"),
]
TRADES = [
    # what it is, price in cents, amount, unit, loose -> cents, unit
    ("sliced sausage over the counter", 229, "100", "g", True, None, None),
    ("the same sausage packed", 229, "100", "g", False, 2290, "kg"),
    ("tea over the counter", 690, "75", "g", True, 920, "100g"),
    ("saffron, a gram", 890, "1", "g", True, None, None),
    ("saffron, packed by ten", 7900, "10", "g", True, 79000, "100g"),
    ("oil from the barrel", 495, "250", "ml", True, 198, "100ml"),
    ("oil from the barrel, by the litre", 1980, "1", "l", True, None, None),
    ("apples by the kilogram", 349, "1", "kg", True, None, None),
    ("apples by the pound, told in kilograms", 175, "0.5", "kg", True, 350, "kg"),
    ("cloth by the metre", 1490, "1", "m", True, None, None),
    ("a remnant of cloth", 990, "0.8", "m", False, 1238, "m"),
    ("eggs, ten", 390, "10", "piece", False, None, None),
    ("gravel from the yard", 4500, "0.5", "m3", True, 9000, "m3"),
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
    (299, "720", "ml", "360", 831, "kg"),  # a jar of gherkins: what is drained is weighed
    (299, "0.72", "l", "0.36", 831, "kg"),
    (299, "72", "cl", "360", 831, "kg"),
    (990, "5", "l", "2.5", 396, "kg"),
    (250, "20", "g", "9", 27778, "kg"),  # the nominal weight decides whether it is too little
    (250, "9", "g", "5", None, None),
    (450, "1", "kg", "0.5", 900, "kg"),
    (450, "1500", "g", "1000", None, None),  # a kilogram drained
    (0, "370", "g", "190", None, None),
    (350, "6", "piece", "180", None, None),
    (299, "850", "g", "1000", None, None),
]


@pytest.mark.parametrize(("cents", "amount", "unit", "per", "name"), PACKED)
def test_packed_goods_refer_to_kilogram_litre_and_metre(cents, amount, unit, per, name):
    check(rules.unit_price(Money(cents), amount and Decimal(amount), unit), per, name)


@pytest.mark.parametrize(("cents", "amount", "unit", "per", "name"), LOOSE)
def test_loose_goods_may_refer_to_a_hundred_grams(cents, amount, unit, per, name):
    check(rules.unit_price(Money(cents), Decimal(amount), unit, loose=True), per, name)


@pytest.mark.parametrize(("what", "cents", "amount", "unit", "loose", "per", "name"), TRADES)
def test_goods_of_all_trades(what, cents, amount, unit, loose, per, name):
    check(rules.unit_price(Money(cents), Decimal(amount), unit, loose=loose), per, name)


@pytest.mark.parametrize(("cents", "amount", "unit", "drained", "per", "name"), DRAINED)
def test_the_drained_weight_counts(cents, amount, unit, drained, per, name):
    check(rules.unit_price(Money(cents), Decimal(amount), unit, drained=Decimal(drained)), per, name)


EXEMPT_CASES = [
    (1990, "400", "g", "assorted", None, None),  # gift basket: goods of different kinds
    (450, "250", "g", "service", None, None),  # farm stall, handed out over the counter
    (990, "0.3", "l", "in_service", None, None),
    (250, "330", "ml", "machine", None, None),
    (390, "20", "g", "tobacco", None, None),
    (1299, "12", "ml", "cosmetic", None, None),
    (5900, "50", "ml", "perfume", None, None),
    (1990, "400", "g", "", 4975, "kg"),
]
BULK = [
    (16900, "1500", "l", "100l", 1127, "100l"),  # heating oil
    (9900, "100", "l", "100l", None, None),  # the very same price
    (9900, "99", "l", "100l", 100, "l"),  # too little for the unit of the trade
    (38900, "1000", "kg", "t", None, None),
    (19450, "500", "kg", "t", 38900, "t"),  # wood pellets
    (2490, "49", "kg", "t", 51, "kg"),
    (2490, "50", "kg", "", 50, "kg"),
    (2490, "50", "kg", "100l", 50, "kg"),  # a unit of another kind does not count
]


@pytest.mark.parametrize(("cents", "amount", "unit", "exempt", "per", "name"), EXEMPT_CASES)
def test_the_exceptions_of_the_law_show_no_unit_price(cents, amount, unit, exempt, per, name):
    check(rules.unit_price(Money(cents), Decimal(amount), unit, exempt=exempt), per, name)


@pytest.mark.parametrize(("cents", "amount", "unit", "customary", "per", "name"), BULK)
def test_large_amounts_may_refer_to_the_unit_of_the_trade(cents, amount, unit, customary, per, name):
    check(rules.unit_price(Money(cents), Decimal(amount), unit, customary=customary), per, name)


def test_the_tables_hold_what_they_promise():
    assert len(PACKED) + len(LOOSE) + len(DRAINED) + len(EXEMPT_CASES) + len(BULK) + len(TRADES) >= 110
    assert {case[3] for case in EXEMPT_CASES} - {""} == {code for code, _why in EXEMPT}


@given(st.integers(1, 100_000), st.integers(1, 5000), st.sampled_from(["g", "ml", "cm"]), st.integers(2, 9))
def test_a_larger_pack_at_the_same_unit_price_costs_accordingly(cents, amount, unit, times):
    small = rules.unit_price(Money(cents), Decimal(amount), unit)
    large = rules.unit_price(Money(cents * times), Decimal(amount * times), unit)
    if small and large:
        assert small == large


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
