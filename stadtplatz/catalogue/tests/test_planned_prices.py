from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.forms.prices import PlanForm
from stadtplatz.catalogue.models import Offer, PlannedPrice
from stadtplatz.catalogue.rules import Switch, course, price_at
from stadtplatz.catalogue.rules.steps import price_for, sound, useful
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.shops.tests.builders import berlin, person

NOW = berlin("2026-11-20 10:00")


def days(count):
    return NOW + timedelta(days=count)


@pytest.fixture
def loaf(bakery, erna):
    return offer(bakery, erna, at=days(-60))


def plan(loaf, erna, cents, begin, end=None, **more):
    ends_at = None if end is None else days(end)
    return actions.plan_price(
        offer=loaf, price=Money(cents), starts_at=days(begin), ends_at=ends_at, by=erna, at=NOW, **more
    )


def cents_of(loaf):
    return Offer.objects.get(pk=loaf.pk).price.cents


def test_a_special_offer_begins_and_ends_by_itself(loaf, erna):
    plan(loaf, erna, 490, 2, 5, announce=True)
    assert actions.switch_all_due(at=days(1)) == 0
    assert cents_of(loaf) == 590
    assert actions.switch_all_due(at=days(2)) == 1
    special = Offer.objects.select_related("shop").get(pk=loaf.pk)
    assert (special.price.cents, queries.price_view(special).reference) == (490, Money(590))
    assert actions.switch_all_due(at=days(2)) == 0  # a second worker finds nothing to do
    assert actions.switch_all_due(at=days(5)) == 1
    back = Offer.objects.select_related("shop").get(pk=loaf.pk)
    assert (back.price.cents, queries.price_view(back).reference) == (590, None)
    assert [span.price.cents for span in queries.intervals(loaf)] == [590, 490, 590]


@pytest.mark.parametrize(
    ("typed", "utc"),
    [
        ("2026-12-01T00:00", "2026-11-30 23:00"), ("2027-03-28T00:00", "2027-03-27 23:00"), ("2027-03-29T00:00", "2027-03-28 22:00"),
        ("2027-10-31T00:00", "2027-10-30 22:00"), ("2027-11-01T00:00", "2027-10-31 23:00"), ("2027-03-28T03:00", "2027-03-28 01:00"),
    ],
)  # fmt: skip
def test_a_price_for_midnight_begins_at_midnight_in_berlin_in_summer_and_winter(loaf, erna, typed, utc):
    form = PlanForm({"price": "4,90", "starts_at": typed})
    assert form.is_valid(), form.errors
    moment = datetime.strptime(utc, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    assert form.cleaned_data["starts_at"] == moment
    actions.plan_price(offer=loaf, price=Money(490), starts_at=moment, by=erna, at=moment - timedelta(days=3))
    assert actions.switch_all_due(at=moment - timedelta(seconds=1)) == 0
    assert actions.switch_all_due(at=moment) == 1
    assert cents_of(loaf) == 490


@pytest.mark.parametrize("typed", ["2027-03-28T02:30", "2027-10-31T02:30"])
def test_a_moment_that_is_not_there_or_there_twice_is_asked_again(typed):
    form = PlanForm({"price": "4,90", "starts_at": typed})
    assert not form.is_valid()
    assert form.errors["starts_at"]


def test_the_history_says_what_pages_showed_also_when_the_worker_was_late(loaf, erna):
    plan(loaf, erna, 490, 2)
    actions.switch_all_due(at=days(3))
    assert queries.intervals(loaf)[-1].starts_at == days(3)


def test_what_a_standing_worker_missed_is_never_in_force(loaf, erna):
    plan(loaf, erna, 490, 2, 5)
    actions.switch_all_due(at=days(6))
    assert [span.price.cents for span in queries.intervals(loaf)] == [590]
    states = PlannedPrice.objects.order_by("at").values_list("state", flat=True)
    assert list(states) == [PlannedPrice.PASSED, PlannedPrice.DONE]


def test_the_return_leads_to_the_price_that_held_before_the_special_offer(loaf, erna):
    plan(loaf, erna, 490, 2, 5)
    fresh = Offer.objects.get(pk=loaf.pk)
    actions.change_price(offer=loaf, version=fresh.version, price=Money(650), by=erna, at=days(1))
    actions.switch_all_due(at=days(2))
    actions.switch_all_due(at=days(5))
    assert cents_of(loaf) == 650


def test_a_reduction_that_is_none_any_more_is_not_announced(loaf, erna):
    plan(loaf, erna, 490, 5, announce=True)
    fresh = Offer.objects.get(pk=loaf.pk)
    fresh = actions.change_price(offer=loaf, version=fresh.version, price=Money(400), by=erna, at=days(1))
    actions.change_price(offer=loaf, version=fresh.version, price=Money(590), by=erna, at=days(2))
    actions.switch_all_due(at=days(5))
    assert cents_of(loaf) == 490
    assert Offer.objects.get(pk=loaf.pk).reduced_since is None
    assert PlannedPrice.objects.get().state == PlannedPrice.PLAIN


def test_a_draft_changes_its_price_without_a_history(bakery, erna):
    draft = offer(bakery, erna, published=False)
    plan(draft, erna, 490, 1)
    actions.switch_all_due(at=days(1))
    assert cents_of(draft) == 490
    assert not queries.intervals(draft)


@pytest.mark.parametrize(
    ("begin", "end", "code"),
    [
        (0, None, "past"),
        (-1, 3, "past"),
        (367, None, "far"),
        (300, 400, "far"),
        (3, 3, "order"),
        (3, 2, "order"),
        (10, None, "overlap"),  # the very moment another one begins
        (14, None, "overlap"),  # the moment it ends
        (9, 11, "overlap"),
        (11, None, "overlap"),  # its end would undo this one
        (13, 15, "overlap"),
        (9, 15, "overlap"),
    ],
)
def test_no_plan_can_clash_with_another(loaf, erna, begin, end, code):
    plan(loaf, erna, 490, 10, 14)
    before = list(PlannedPrice.objects.values())
    with pytest.raises(ActionRefused) as refused:
        plan(loaf, erna, 450, begin, end)
    assert refused.value.code == code
    assert list(PlannedPrice.objects.values()) == before


def test_a_deeper_price_inside_a_special_offer_returns_to_it(loaf, erna):
    plan(loaf, erna, 490, 10, 14)
    plan(loaf, erna, 450, 11, 12)
    for day, cents in ((10, 490), (11, 450), (12, 490), (14, 590)):
        actions.switch_all_due(at=days(day))
        assert cents_of(loaf) == cents


@pytest.mark.parametrize(("cents", "more"), [(0, {}), (600, {"announce": True}), (590, {"announce": True})])
def test_an_impossible_plan_is_refused(loaf, erna, cents, more):
    with pytest.raises(ActionRefused):
        plan(loaf, erna, cents, 1, **more)
    assert not PlannedPrice.objects.exists()


def test_a_plan_can_be_taken_out_until_it_is_in_force(loaf, erna):
    row = plan(loaf, erna, 490, 2, 5)
    actions.drop_plan(plan=row, by=erna, at=NOW)
    assert not PlannedPrice.objects.exists()
    row = plan(loaf, erna, 490, 2, 5)
    actions.switch_all_due(at=days(2))
    with pytest.raises(ActionRefused) as refused:
        actions.drop_plan(plan=row, by=erna, at=NOW)
    assert refused.value.code == "in-force"
    assert PlannedPrice.objects.count() == 2


def test_strangers_plan_nothing(loaf, erna):
    stranger = actor_for(person("fremd"))
    row = plan(loaf, erna, 490, 2)
    for attempt in (
        lambda: plan(loaf, stranger, 1, 3),
        lambda: actions.drop_plan(plan=row, by=stranger),
        lambda: actions.set_steps(offer=loaf, version=loaf.version, steps=[(2, 1)], by=stranger),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert PlannedPrice.objects.get() == row
    assert Offer.objects.get(pk=loaf.pk).price_steps == []


plans = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 12), st.integers(1, 999), st.booleans()), min_size=1, max_size=6
)
looks = st.lists(st.integers(0, 50), min_size=1, max_size=12)


@pytest.fixture
def ground(bakery, erna):
    return bakery, erna


@settings(max_examples=12, deadline=None, suppress_health_check=list(__import__("hypothesis").HealthCheck))
@given(plans=plans, looks=looks)
def test_at_no_moment_two_prices_hold(ground, plans, looks):
    """Whatever is planned and whenever the worker looks: the spans follow each other without a gap and without an overlap."""
    loaf = offer(*ground, at=days(-60))
    for begin, length, cents, announce in plans:
        try:
            plan(loaf, ground[1], cents, begin, begin + length if length else None, announce=announce)
        except ActionRefused:
            continue
    for day in sorted(looks):
        actions.switch_all_due(at=days(day))
    spans = queries.intervals(loaf)
    assert all(one.ends_at == two.starts_at and one.starts_at < one.ends_at for one, two in pairwise(spans))
    assert [span.ends_at for span in spans].count(None) == 1
    assert spans[-1].price == Offer.objects.get(pk=loaf.pk).price


moments = st.lists(st.integers(1, 500), unique=True, max_size=12)


@given(moments, st.integers(0, 600))
def test_every_moment_of_the_plan_has_exactly_one_price(hours, look):
    switches = [Switch(NOW + timedelta(hours=hour), Money(hour)) for hour in hours]
    at = NOW + timedelta(hours=look, minutes=1)
    spans = course(Money(9999), switches, NOW)
    holding = [span.price for span in spans if span.starts_at <= at and (span.ends_at is None or at < span.ends_at)]
    assert holding == [price_at(Money(9999), switches, at)]


def test_two_prices_for_one_moment_are_no_plan():
    with pytest.raises(ValueError, match="Two prices"):
        course(Money(1), [Switch(NOW, Money(2)), Switch(NOW, Money(3))], NOW - timedelta(days=1))


STEPS = [(6, 250), (12, 230)]


@pytest.mark.parametrize(("quantity", "cents"), [(1, 290), (5, 290), (6, 250), (11, 250), (12, 230), (100, 230)])
def test_who_buys_more_pays_less_for_each(quantity, cents):
    assert price_for(Money(290), STEPS, quantity) == Money(cents)


@pytest.mark.parametrize(
    "steps",
    [
        [(1, 250)], [(0, 250)], [(6, 290)], [(6, 300)], [(6, 250), (6, 240)], [(12, 250), (6, 240)],
        [(6, 250), (12, 250)], [(6, 0)], [(6, -5)], [(1001, 250)], [(n, 280 - n) for n in range(2, 8)],
    ],
)  # fmt: skip
def test_steps_that_make_no_sense_are_refused(loaf, erna, steps):
    assert not sound(Money(290), steps)
    with pytest.raises(ActionRefused):
        actions.set_steps(offer=loaf, version=loaf.version, steps=steps if steps[0][1] < 285 else [(2, 590)], by=erna)
    assert Offer.objects.get(pk=loaf.pk).price_steps == []


def test_steps_stand_on_the_page_with_their_unit_price(client, loaf, erna):
    actions.set_steps(offer=loaf, version=loaf.version, steps=[(3, 540)], by=erna)
    text = client.get(f"/angebot/{loaf.pk}-{loaf.slug}/").content.decode()
    assert "ab 3: 5,40 € je Stück" in text
    assert "7,20 € je kg" in text


def test_a_price_below_a_step_leaves_the_step_behind(loaf, erna):
    loaf = actions.set_steps(offer=loaf, version=loaf.version, steps=[(3, 540), (6, 500)], by=erna)
    loaf = actions.change_price(offer=loaf, version=loaf.version, price=Money(520), by=erna)
    assert useful(loaf.price, loaf.price_steps) == [(6, Money(500))]
    assert price_for(loaf.price, loaf.price_steps, 3) == Money(520)


def test_steps_from_an_old_page_are_refused(loaf, erna):
    actions.change_price(offer=loaf, version=loaf.version, price=Money(600), by=erna)
    with pytest.raises(Stale):
        actions.set_steps(offer=loaf, version=loaf.version, steps=[(3, 540)], by=erna)
    assert Offer.objects.get(pk=loaf.pk).price_steps == []


def test_what_will_not_keep_is_reduced_without_a_reference_and_says_so(client, loaf, erna):
    fresh = actions.change_price(offer=loaf, version=loaf.version, price=Money(300), perishing=True, by=erna)
    view = queries.price_view(fresh)
    assert (view.reference, view.before, view.reduced_percent) == (None, Money(590), 49)
    assert "weil es nicht mehr lange hält" in client.get(f"/angebot/{loaf.pk}-{loaf.slug}/").content.decode()
    with pytest.raises(ActionRefused):
        actions.change_price(offer=fresh, version=fresh.version, price=Money(300), perishing=True, by=erna)
    assert cents_of(loaf) == 300
