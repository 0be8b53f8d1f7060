"""Loose goods cost what the scales show, and never more than the bound."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.rules import grams_of, most_by_weight, price_by_weight
from stadtplatz.kit.money import Money


@pytest.mark.parametrize(
    ("estimate", "ordered", "weighed", "charged", "partly_free"),
    [
        (399, 200, 200, 399, False),
        (399, 200, 190, 379, False),
        (399, 200, 210, 419, False),
        (399, 200, 220, 438, True),
        (399, 200, 219, 437, False),
        (399, 200, 400, 438, True),
        (1000, 500, 550, 1100, False),
        (1000, 500, 551, 1100, True),
        (1000, 500, 499, 998, False),
        (1, 100, 50, 1, False),
        (1, 100, 49, 0, False),
        (849, 500, 483, 820, False),
    ],
)
def test_the_price_follows_the_scales_up_to_ten_per_cent_more(estimate, ordered, weighed, charged, partly_free):
    found = price_by_weight(Money(estimate), ordered=ordered, weighed=weighed)
    assert (found.price.cents, found.partly_free) == (charged, partly_free)


@given(st.integers(0, 100_000), st.integers(1, 20_000), st.integers(1, 40_000))
def test_nobody_pays_more_than_the_bound_and_less_weight_never_costs_more(cents, ordered, weighed):
    estimate = Money(cents)
    price = price_by_weight(estimate, ordered=ordered, weighed=weighed).price
    assert price <= most_by_weight(estimate)
    assert price_by_weight(estimate, ordered=ordered, weighed=max(1, weighed - 1)).price <= price
    if weighed <= ordered:
        assert price <= estimate
    assert price_by_weight(estimate, ordered=ordered, weighed=ordered).price == estimate


@pytest.mark.parametrize(
    ("kind", "amount", "unit", "grams"),
    [
        ("loose", "200", "g", 200),
        ("loose", "0.5", "kg", 500),
        ("loose", "1", "piece", None),
        ("loose", "1.5", "m", None),
        ("loose", "250", "ml", None),
        ("goods", "500", "g", None),
        ("loose", None, "g", None),
    ],
)
def test_only_what_is_sold_loose_by_weight_is_weighed(kind, amount, unit, grams):
    offer = Offer(kind=kind, content_amount=Decimal(amount) if amount else None, content_unit=unit)
    assert grams_of(offer) == grams
