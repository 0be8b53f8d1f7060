from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import timezone

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.catalogue import actions, categories, queries, rules, vat
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.money import Money
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.pools import actions as pools
from stadtplatz.pools import queries as pool_queries
from stadtplatz.search import queries as search
from stadtplatz.shops import actions as shop_actions
from stadtplatz.shops.models import Membership, Shop
from stadtplatz.shops.tests.builders import owner, person, shop, worker


def test_an_offer_on_sale_is_found_with_price_stock_and_shop(bakery, erna):
    loaf = offer(bakery, erna)
    sellable = queries.for_sale([loaf.pk, 999_999])[loaf.pk]
    assert (sellable.available, sellable.obstacle) == (10, "")
    assert (sellable.price.unit_price_text, sellable.price.vat_rate) == ("7,87 € je kg", 7)
    assert sellable.price.content_text == "750 g"
    assert [hit.title for hit in search.find("Dinkelbrot").hits] == ["Dinkel-Vollkornbrot"]


@pytest.mark.parametrize(
    ("details", "missing"),
    [
        ({"withdrawal": ""}, "withdrawal"),
        ({"allergens": " "}, "allergens"),
        ({"food_info": ""}, "food_info"),
        ({"category": "gibt-es-nicht"}, "category"),
        ({"price": Money(0)}, "price"),
        ({"content_amount": None}, "content_amount"),
        ({"category": "wine", "age_limit": 16}, "alcohol"),
        ({"category": "wine", "age_limit": 0, "particulars": {"alcohol": "12 % vol."}}, "age_limit"),
    ],
)
def test_nothing_goes_on_sale_while_something_is_missing(bakery, erna, details, missing):
    draft = offer(bakery, erna, published=False, **details)
    with pytest.raises(actions.Incomplete) as refused:
        actions.publish(offer=draft, by=erna)
    assert [lack.field for lack in refused.value.missing] == [missing]
    draft.refresh_from_db()
    assert draft.state == Offer.DRAFT
    assert not queries.on_sale().exists()


def test_loose_food_needs_allergens_alone(bakery, erna):
    cheese = offer(bakery, erna, kind=Offer.LOOSE, category="cheese", food_info="", content_amount=Decimal(100))
    assert cheese.state == Offer.PUBLISHED


def test_a_shop_that_nobody_checked_shows_no_offers(bakery, erna):
    Shop.objects.filter(pk=bakery.pk).update(standing=Shop.NEW)
    draft = offer(Shop.objects.get(pk=bakery.pk), erna, published=False)
    with pytest.raises(actions.Incomplete) as refused:
        actions.publish(offer=draft, by=erna)
    assert [lack.field for lack in refused.value.missing] == ["standing"]
    draft.refresh_from_db()
    assert draft.state == Offer.DRAFT


@pytest.mark.parametrize("who", ["anonymous", "stranger", "packer", "other owner"])
def test_nobody_else_touches_an_offer(bakery, erna, who):
    loaf = offer(bakery, erna)
    actor = {
        "anonymous": lambda: ANONYMOUS,
        "stranger": lambda: actor_for(person("fremd")),
        "packer": lambda: worker(bakery, Membership.PACKER, "paul"),
        "other owner": lambda: owner(shop("Andere"), "otto"),
    }[who]()
    before = Offer.objects.filter(pk=loaf.pk).values().get()
    attempts = [
        lambda: actions.create_offer(shop=bakery, title="X", price=Money(1), category="bread", by=actor),
        lambda: actions.edit_offer(offer=loaf, version=loaf.version, changes={"title": "X"}, by=actor),
        lambda: actions.change_price(offer=loaf, version=loaf.version, price=Money(1), by=actor),
        lambda: actions.publish(offer=loaf, by=actor),
        lambda: actions.withdraw(offer=loaf, by=actor),
        lambda: actions.set_stock(offer=loaf, quantity=0, by=actor),
        lambda: actions.set_picture(offer=loaf, image=None, by=actor),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert Offer.objects.filter(pk=loaf.pk).values().get() == before
    assert Offer.objects.count() == 1
    assert actions.shelf(loaf).count == 10


def test_an_edit_changes_the_address_and_the_search(bakery, erna):
    loaf = offer(bakery, erna)
    fresh = actions.edit_offer(offer=loaf, version=loaf.version, changes={"title": "Roggenlaib"}, by=erna)
    assert (fresh.slug, fresh.version) == ("roggenlaib", loaf.version + 1)
    assert [hit.title for hit in search.find("Roggenlaib").hits] == ["Roggenlaib"]


def test_a_stale_edit_is_refused_with_what_stands_there_now(bakery, erna):
    loaf = offer(bakery, erna)
    actions.edit_offer(offer=loaf, version=loaf.version, changes={"description": "neu"}, by=erna)
    with pytest.raises(Stale) as refused:
        actions.edit_offer(offer=loaf, version=loaf.version, changes={"description": "alt"}, by=erna)
    assert refused.value.current.description == "neu"
    loaf.refresh_from_db()
    assert loaf.description == "neu"


def test_what_is_on_sale_cannot_be_made_incomplete(bakery, erna):
    loaf = offer(bakery, erna)
    with pytest.raises(actions.Incomplete):
        actions.edit_offer(offer=loaf, version=loaf.version, changes={"allergens": ""}, by=erna)
    loaf.refresh_from_db()
    assert loaf.allergens


def test_a_withdrawn_offer_is_gone_for_everybody_but_the_team(bakery, erna):
    loaf = actions.withdraw(offer=offer(bakery, erna), by=erna)
    assert queries.shown_offer(loaf.pk, ANONYMOUS) is None
    assert queries.shown_offer(loaf.pk, erna) == loaf
    assert queries.for_sale([loaf.pk])[loaf.pk].obstacle
    assert not search.find("Vollkornbrot", kinds=["offer"]).hits


def test_offers_leave_and_return_with_their_shop(bakery, erna):
    loaf = offer(bakery, erna)
    shop_actions.move_shop(shop=bakery, to=Shop.PAUSED, by=erna)
    jobs.run_all()
    assert not queries.on_sale().exists()
    assert not search.find("Vollkornbrot", kinds=["offer"]).hits
    assert queries.for_sale([loaf.pk])[loaf.pk].obstacle
    shop_actions.move_shop(shop=bakery, to=Shop.OPEN, by=erna)
    jobs.run_all()
    assert search.find("Vollkornbrot").hits


def held(loaf, quantity):
    return pools.hold({rules.stock_key(loaf): quantity}, contact="g:kunde", until=clock.now() + timedelta(minutes=15))


def test_the_shelf_counts_what_lies_in_baskets_but_not_what_is_set_aside(bakery, erna):
    loaf = offer(bakery, erna, quantity=10)
    pools.confirm(held(loaf, 2))
    held(loaf, 3)
    assert (actions.shelf(loaf).count, actions.shelf(loaf).free, actions.shelf(loaf).held) == (8, 5, 3)
    assert actions.set_stock(offer=loaf, quantity=12, by=erna, expected=8).free == 9
    level = pool_queries.levels([rules.stock_key(loaf)])[rules.stock_key(loaf)]
    assert (level.supplied, level.available, level.held, level.booked) == (14, 9, 3, 2)


def test_what_lies_in_baskets_is_not_counted_away(bakery, erna):
    loaf = offer(bakery, erna, quantity=5)
    held(loaf, 3)
    with pytest.raises(ActionRefused) as refused:
        actions.set_stock(offer=loaf, quantity=2, by=erna)
    assert refused.value.code == "held"
    assert actions.shelf(loaf).count == 5
    assert actions.set_stock(offer=loaf, quantity=3, by=erna).free == 0


@pytest.mark.parametrize("quantity", [-1, 100_001])
def test_an_impossible_count_is_refused(bakery, erna, quantity):
    loaf = offer(bakery, erna, quantity=5)
    with pytest.raises(ActionRefused):
        actions.set_stock(offer=loaf, quantity=quantity, by=erna)
    assert actions.shelf(loaf).count == 5


def test_a_count_that_was_overtaken_is_refused(bakery, erna):
    loaf = offer(bakery, erna, quantity=5)
    pools.confirm(held(loaf, 1))
    with pytest.raises(Stale) as refused:
        actions.set_stock(offer=loaf, quantity=7, by=erna, expected=5)
    assert refused.value.current.count == 4
    assert actions.shelf(loaf).count == 4


@pytest.mark.parametrize(
    ("vat_class", "day", "percent"),
    [
        ("standard", date(2026, 11, 22), 19),
        ("standard", date(2020, 6, 30), 19),
        ("standard", date(2020, 7, 1), 16),
        ("standard", date(2020, 12, 31), 16),
        ("standard", date(2021, 1, 1), 19),
        ("reduced", date(2026, 11, 22), 7),
        ("reduced", date(2020, 12, 31), 5),
        ("reduced", date(2020, 6, 30), 7),
        ("reduced", date(2020, 7, 1), 5),
        ("reduced", date(2021, 1, 1), 7),
        ("meals", date(2019, 12, 31), 19),
        ("meals", date(2020, 7, 1), 5),
        ("meals", date(2023, 12, 31), 7),
        ("meals", date(2024, 1, 1), 19),
        ("meals", date(2025, 12, 31), 19),
        ("meals", date(2026, 1, 1), 7),
        ("solar", date(2022, 12, 31), 19),
        ("solar", date(2023, 1, 1), 0),
        ("margin", date(2026, 11, 22), 0),
        ("zero", date(2026, 11, 22), 0),
    ],
)
def test_vat_by_date(vat_class, day, percent):
    assert vat.percent(vat_class, day) == percent


@pytest.mark.parametrize(
    ("vat_class", "changes"),
    [
        ("standard", [(date(2007, 1, 1), 19), (date(2020, 7, 1), 16), (date(2021, 1, 1), 19)]),
        ("reduced", [(date(1983, 7, 1), 7), (date(2020, 7, 1), 5), (date(2021, 1, 1), 7)]),
        ("meals", [(date(2007, 1, 1), 19), (date(2020, 7, 1), 5), (date(2021, 1, 1), 7), (date(2024, 1, 1), 19), (date(2026, 1, 1), 7)]),
        ("solar", [(date(2007, 1, 1), 19), (date(2020, 7, 1), 16), (date(2021, 1, 1), 19), (date(2023, 1, 1), 0)]),
        ("margin", [(date(1990, 7, 1), 0)]),
        ("zero", [(date(1968, 1, 1), 0)]),
    ],
)  # fmt: skip
def test_every_percentage_holds_from_its_first_day_to_the_day_before_the_next(vat_class, changes):
    first = changes[0][0]
    with pytest.raises(ValueError, match=vat_class):
        vat.percent(vat_class, first - timedelta(days=1))
    for (begin, percent), (end, _next) in pairwise([*changes, (date(2030, 1, 1), None)]):
        assert [vat.percent(vat_class, day) for day in (begin, end - timedelta(days=1))] == [percent, percent]
    with pytest.raises(KeyError):
        vat.percent("luxury", first)


@pytest.mark.parametrize(
    ("moment", "percent"),
    [("2025-12-31 22:59", 19), ("2025-12-31 23:00", 7), ("2023-12-31 22:59", 7), ("2023-12-31 23:01", 19), ("2020-06-30 21:59", 19), ("2020-06-30 22:00", 5)],
)  # fmt: skip
def test_a_new_percentage_begins_at_midnight_in_berlin(bakery, erna, monkeypatch, moment, percent):
    soup = offer(bakery, erna, vat_class="meals", published=False)
    utc = datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: utc)
    assert soup.vat_rate == percent


def test_a_small_business_shows_no_vat(bakery, erna):
    Shop.objects.filter(pk=bakery.pk).update(small_business=True)
    loaf = offer(Shop.objects.get(pk=bakery.pk), erna)
    view = queries.price_view(loaf)
    assert view.vat_rate == 0
    assert "§ 19" in view.vat_note


def test_the_tree_is_sound():
    known = categories.all_categories()
    assert len(known) >= 60
    assert len({category.slug for category in known.values()}) == len(known)
    assert all(category.de and category.en for category in known.values())
    assert all(not category.parent or category.parent in known for category in known.values())
    assert known["wine"].age == 16
    assert known["spirits"].age == 18


def test_filters_by_category_shop_district_and_price(bakery, erna):
    loaf = offer(bakery, erna)
    roll = offer(bakery, erna, title="Brezel", category="rolls", price=Money(95), content_amount=Decimal(80))
    Shop.objects.filter(pk=bakery.pk).update(district="Altstadt")
    assert list(queries.find(category="bakery", sort="price")) == [roll, loaf]
    assert list(queries.find(category="bread")) == [loaf]
    assert list(queries.find(most=Money(100))) == [roll]
    assert list(queries.find(district="Altstadt", q="brez")) == [roll]
    assert not queries.find(shop="andere").exists()
    assert queries.counts_by_category()["bakery"] == 2
