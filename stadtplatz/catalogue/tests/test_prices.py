from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.models import PriceInterval
from stadtplatz.catalogue.rules import InForce, lowest_price_30_days
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, Stale
from stadtplatz.shops.tests.builders import berlin

NOW = berlin("2026-11-20 10:00")


def spans(*rows):
    """(cents, days ago from, days ago until or None)"""
    return [
        InForce(Money(cents), NOW - timedelta(days=begin), None if end is None else NOW - timedelta(days=end))
        for cents, begin, end in rows
    ]


@pytest.mark.parametrize(
    ("history", "lowest"),
    [
        ([], None),
        ([(500, 60, None)], 500),
        ([(400, 60, 10), (500, 10, None)], 400),  # set 60 days ago, raised 10 days ago: it was in force
        ([(400, 60, 29), (500, 29, None)], 400),
        ([(400, 60, 31), (500, 31, None)], 500),
        ([(400, 60, 30), (500, 30, None)], 400),  # in force on the morning of the 30th day before
        ([(400, 60, 30 + 10 / 24), (500, 30 + 10 / 24, None)], 500),  # ended at midnight, where the 30 days begin
        ([(400, 60, 30 + 9.99 / 24), (500, 30 + 9.99 / 24, None)], 400),
        ([(400, 60, 29.999), (500, 29.999, None)], 400),
        ([(500, 90, 5), (300, 5, 4), (500, 4, None)], 300),  # for one day only
        ([(500, 90, 5), (300, 5, 4.99), (500, 4.99, None)], 300),
        ([(300, 90, 80), (500, 80, None)], 500),
        ([(500, 20, None)], 500),
        ([(400, 50, 40)], None),  # off sale during the whole window
        ([(400, 50, 20)], 400),  # off sale since, but in force within it
        ([(600, 90, 25), (550, 25, 15), (500, 15, None)], 500),
        ([(500, 90, 20), (700, 20, 10), (600, 10, None)], 500),
        ([(900, 90, 29), (100, 35, 32), (900, 29, None)], 900),
        ([(500, 0, None)], None),  # begins at the very moment
        ([(450, 60, 15), (600, 15, None)], 450),  # set 60 days ago, still valid 15 days ago
        ([(450, 200, 31), (600, 31, 1), (580, 1, None)], 580),
        ([(450, 200, 30.5), (600, 30.5, None)], 600),
        ([(450, 200, 30.001), (600, 30.001, None)], 450),
        ([(600, 40, 12), (600, 8, None)], 600),  # off sale for four days
        ([(600, 40, 12), (550, 8, None)], 550),
        ([(300, 29.5, 29.4), (600, 29.4, None)], 300),  # for two hours of the first day
        ([(700, 90, 60), (650, 60, 45), (640, 45, 20), (690, 20, None)], 640),
        ([(500, 10, 9), (400, 9, 8), (300, 8, 7), (800, 7, None)], 300),
        ([(1, 30.5, 29.5), (999, 29.5, None)], 1),
        ([(500, 3, 2), (499, 1, None)], 499),
        ([(100, 400, 365), (500, 20, 10)], 500),
    ],
)
def test_the_lowest_price_in_force_during_the_last_30_days(history, lowest):
    found = lowest_price_30_days(spans(*history), NOW)
    assert (found.cents if found else None) == lowest


@pytest.mark.parametrize(
    ("ended", "announced", "counts"),
    [
        ("2026-03-01 00:00", "2026-03-31 10:00", False), ("2026-03-01 00:01", "2026-03-31 10:00", True),  # over the beginning of summer time
        ("2026-03-01 00:01", "2026-03-31 00:00", True), ("2026-02-28 23:59", "2026-03-31 00:00", False),
        ("2026-10-01 00:00", "2026-10-31 23:59", False), ("2026-10-01 00:01", "2026-10-31 23:59", True),  # over its end
        ("2026-10-25 02:30", "2026-11-24 00:00", True), ("2026-10-24 23:59", "2026-11-24 00:00", False),
        ("2026-12-02 00:01", "2027-01-01 00:00", True), ("2026-12-02 00:00", "2027-01-01 00:00", False),  # over the turn of the year
        ("2028-01-31 12:00", "2028-03-01 12:00", True), ("2027-01-30 00:30", "2027-03-01 00:30", True),  # with and without a leap day
    ],
)  # fmt: skip
def test_the_30_days_are_whole_days_in_berlin(ended, announced, counts):
    history = [
        InForce(Money(100), berlin("2020-01-01 00:00"), berlin(ended)), InForce(Money(500), berlin(ended)),
    ]  # fmt: skip
    assert lowest_price_30_days(history, berlin(announced)) == Money(100 if counts else 500)


STORIES = {
    # days ago, cents, how it was said -> what a reduction to the last price is measured against now, or why it is none
    "down, up and down again": ([(60, 500, ""), (20, 400, "announce"), (10, 500, ""), (0, 350, "announce")], 400),
    "down, up and less down": ([(60, 500, ""), (20, 400, "announce"), (10, 500, ""), (0, 450, "announce")], "no-reduction"),
    "down and further down": ([(60, 500, ""), (20, 450, "announce"), (10, 400, "announce"), (0, 350, "announce")], 500),
    "down, further and half up": ([(60, 500, ""), (20, 450, "announce"), (10, 300, "announce"), (0, 400, "announce")], "no-reduction"),
    "reduced without saying, then said": ([(60, 500, ""), (20, 400, ""), (0, 350, "announce")], 400),
    "reduced without saying, long ago": ([(90, 500, ""), (40, 400, ""), (0, 350, "announce")], 400),
    "raised shortly before, to look reduced": ([(60, 500, ""), (5, 900, ""), (0, 500, "announce")], "no-reduction"),
    "raised long before": ([(90, 500, ""), (35, 900, ""), (0, 500, "announce")], 900),
    "it would not keep, then all of it": ([(60, 500, ""), (2, 250, "perishing"), (1, 500, ""), (0, 400, "announce")], "no-reduction"),
    "the same price again": ([(60, 500, ""), (0, 500, "announce")], "no-reduction"),
    "announced again without a change": ([(60, 500, ""), (20, 400, "announce"), (0, 400, "announce")], 500),
    "new since yesterday": ([(1, 500, ""), (0, 400, "announce")], 500),
    "by a cent": ([(60, 500, ""), (0, 499, "announce")], 500),
    "three times up and down": ([(60, 500, ""), (25, 450, ""), (20, 600, ""), (15, 480, ""), (10, 700, ""), (0, 440, "announce")], 450),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_what_a_reduction_is_measured_against(bakery, erna, story):
    (first, cents, _said), *others = STORIES[story][0]
    expected = STORIES[story][1]
    one = offer(bakery, erna, price=Money(cents), at=days_ago(first))
    refused = ""
    for days, cents, said in others:
        try:
            one = actions.change_price(
                offer=one, version=one.version, price=Money(cents), by=erna, at=days_ago(days), **({said: True} if said else {})
            )  # fmt: skip
        except ActionRefused as refusal:
            refused = refusal.code
            assert days == 0
    view = queries.price_view(one)
    assert (refused or (view.reference and view.reference.cents)) == expected


def test_the_30_days_hold_what_they_promise():
    assert len(STORIES) >= 14


@given(st.lists(st.tuples(st.integers(1, 9999), st.integers(1, 200)), min_size=1, max_size=12))
def test_the_reference_was_really_charged_and_never_above_the_present_price(steps):
    begins = sorted({days for _cents, days in steps}, reverse=True)
    prices = [cents for cents, _days in steps][: len(begins)]
    ends = [*begins[1:], None]
    history = spans(*zip(prices, begins, ends, strict=True))
    lowest = lowest_price_30_days(history, NOW)
    assert lowest in [span.price for span in history]
    assert lowest <= history[-1].price


def days_ago(days):
    return NOW - timedelta(days=days)


def test_a_price_is_in_force_only_while_the_offer_is_on_sale(bakery, erna):
    loaf = offer(bakery, erna, published=False, at=days_ago(50))
    loaf = actions.change_price(offer=loaf, version=loaf.version, price=Money(100), by=erna, at=days_ago(45))
    assert not PriceInterval.objects.exists()
    loaf = actions.publish(offer=loaf, by=erna, at=days_ago(40))
    loaf = actions.change_price(offer=loaf, version=loaf.version, price=Money(300), by=erna, at=days_ago(20))
    actions.withdraw(offer=loaf, by=erna, at=days_ago(5))
    assert [(span.price.cents, span.starts_at, span.ends_at) for span in queries.intervals(loaf)] == [
        (100, days_ago(40), days_ago(20)),
        (300, days_ago(20), days_ago(5)),
    ]


def test_an_announced_reduction_names_the_lowest_price_of_the_30_days_before(bakery, erna):
    loaf = offer(bakery, erna, price=Money(400), at=days_ago(60))
    loaf = actions.change_price(offer=loaf, version=loaf.version, price=Money(500), by=erna, at=days_ago(10))
    loaf = actions.change_price(offer=loaf, version=loaf.version, price=Money(350), announce=True, by=erna, at=NOW)
    view = queries.price_view(loaf)
    assert (view.total, view.reference, view.reduced_percent) == (Money(350), Money(400), 12)


def test_a_reduction_that_is_none_is_not_announced(bakery, erna):
    loaf = offer(bakery, erna, price=Money(400), at=days_ago(60))
    loaf = actions.change_price(offer=loaf, version=loaf.version, price=Money(500), by=erna, at=days_ago(10))
    with pytest.raises(ActionRefused) as refused:
        actions.change_price(offer=loaf, version=loaf.version, price=Money(450), announce=True, by=erna, at=NOW)
    assert refused.value.code == "no-reduction"
    loaf.refresh_from_db()
    assert (loaf.price, loaf.reduced_since) == (Money(500), None)
    assert queries.intervals(loaf)[-1].price == Money(500)


def test_going_further_down_keeps_the_reference_and_going_up_ends_the_reduction(bakery, erna):
    loaf = offer(bakery, erna, price=Money(500), at=days_ago(60))
    for cents, days in ((450, 20), (400, 10)):
        loaf = actions.change_price(
            offer=loaf, version=loaf.version, price=Money(cents), announce=True, by=erna, at=days_ago(days)
        )
    assert queries.price_view(loaf).reference == Money(500)
    loaf = actions.change_price(offer=loaf, version=loaf.version, price=Money(480), by=erna, at=NOW)
    assert queries.price_view(loaf).reference is None


def test_what_was_never_on_sale_is_not_reduced(bakery, erna):
    loaf = offer(bakery, erna, published=False)
    with pytest.raises(ActionRefused) as refused:
        actions.change_price(offer=loaf, version=loaf.version, price=Money(100), announce=True, by=erna)
    assert refused.value.code == "never-sold"


def test_a_stale_or_impossible_price_is_refused(bakery, erna):
    loaf = offer(bakery, erna)
    actions.change_price(offer=loaf, version=loaf.version, price=Money(600), by=erna)
    with pytest.raises(Stale) as stale:
        actions.change_price(offer=loaf, version=loaf.version, price=Money(100), by=erna)
    assert stale.value.current.price == Money(600)
    loaf.refresh_from_db()
    with pytest.raises(ActionRefused):
        actions.change_price(offer=loaf, version=loaf.version, price=Money(0), by=erna)
    loaf.refresh_from_db()
    assert loaf.price == Money(600)
