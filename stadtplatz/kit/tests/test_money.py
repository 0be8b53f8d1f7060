"""Cents are never lost: sums, splits and VAT."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtplatz.kit.money import ZERO, Money, split, vat_by_rate

amounts = st.integers(-10_000_000, 10_000_000).map(Money)
weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=12)
lines = st.lists(st.tuples(st.sampled_from([0, 7, 19]), amounts), max_size=20)


@pytest.mark.parametrize(
    ("cents", "text"),
    [(0, "0,00 €"), (5, "0,05 €"), (123_450, "1.234,50 €"), (-1290, "−12,90 €"), (100_000_000, "1.000.000,00 €")],
)
def test_german_notation(cents, text):
    assert str(Money(cents)) == text


@pytest.mark.parametrize("no_cents", [1.5, "3", True, None])
def test_only_whole_cents_are_money(no_cents):
    with pytest.raises(TypeError):
        Money(no_cents)


def test_money_does_not_mix_with_numbers():
    with pytest.raises(TypeError):
        Money(1) + 1
    with pytest.raises(TypeError):
        Money(100) * 0.19
    assert sum([Money(1), Money(2)]) == Money(3)


@given(amounts, weights)
def test_a_split_loses_nothing_and_is_fair_to_the_cent(total, weights):
    parts = split(total, weights)
    assert sum(parts, ZERO) == total
    shares = weights if any(weights) else [1] * len(weights)
    for part, weight in zip(parts, shares, strict=True):
        assert abs(part.cents - Fraction(total.cents * weight, sum(shares))) < 1
    assert split(-total, weights) == [-part for part in parts]


@given(amounts, weights)
def test_who_weighs_more_never_gets_less(total, weights):
    parts = [abs(part.cents) for part in split(total, weights)]
    for part, weight in zip(parts, weights, strict=True):
        assert all(other <= part for other, light in zip(parts, weights, strict=True) if light < weight)


def test_a_split_without_parts_is_refused():
    for nonsense in ([], [1, -1]):
        with pytest.raises(ValueError):
            split(Money(100), nonsense)


@given(lines)
def test_vat_adds_up_and_is_exact_to_half_a_cent(lines):
    bill = vat_by_rate(lines)
    assert [line.rate for line in bill] == sorted({rate for rate, _ in lines}, reverse=True)
    for line in bill:
        assert line.net + line.vat == line.gross
        assert line.gross == sum((gross for rate, gross in lines if rate == line.rate), ZERO)
        assert abs(line.vat.cents - Fraction(line.gross.cents * line.rate, 100 + line.rate)) <= Fraction(1, 2)


@given(lines, st.randoms())
def test_the_order_of_lines_does_not_matter(lines, chance):
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert vat_by_rate(shuffled) == vat_by_rate(lines)


def test_a_bill_as_the_baker_writes_it():
    bread, coffee = vat_by_rate([(7, Money(450)), (19, Money(320)), (7, Money(99))])[::-1]
    assert (bread.rate, bread.gross, bread.vat, bread.net) == (7, Money(549), Money(36), Money(513))
    assert (coffee.rate, coffee.vat) == (19, Money(51))
