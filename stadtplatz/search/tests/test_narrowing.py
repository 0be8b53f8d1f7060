"""Results can be narrowed down, and each choice says truly how many it would leave."""

import random
from collections import Counter

import pytest

from stadtplatz.search import actions, queries
from stadtplatz.search.narrowing import CHOICES, Narrow

pytestmark = pytest.mark.django_db
SHOPS = ("musterkorn", "blaetterwald", "haargenau")
KINDS = ("offer", "shop")


def stall(number: int, dice: random.Random, word: str = "Brot") -> actions.Pushed:
    return actions.Pushed(
        kind=dice.choice(KINDS),
        key=str(number),
        title=f"{word} {number}",
        shop=dice.choice(SHOPS),
        category=dice.choice(["bread", "cake", ""]),
        district=dice.choice(["Kernstadt", "Haslach"]),
        price=dice.choice([None, 100, 250, 400]),
        label=dice.choice(["organic", "", ""]),
        ready=dice.random() < 0.7,
    )


@pytest.fixture(scope="class", params=[40, 400], ids=["few", "more than are scored"])
def market(request, standing):
    dice = random.Random(3)
    wares = [stall(number, dice) for number in range(request.param)]
    with standing():
        actions.push_many(wares)
        actions.learn()
        yield wares


def fits(ware, narrow: Narrow, leaving: str = "") -> bool:
    return (
        all(not getattr(narrow, name) or ware[name] == getattr(narrow, name) for name in CHOICES if name != leaving)
        and (ware["ready"] or not narrow.ready)
        and (narrow.among is None or ware["shop"] in narrow.among)
        and (narrow.price_from is None or (ware["price"] is not None and ware["price"] >= narrow.price_from))
        and (narrow.price_to is None or (ware["price"] is not None and ware["price"] <= narrow.price_to))
    )


NARROWED = {
    "nothing": Narrow(),
    "a shop": Narrow(shop="musterkorn"),
    "category and district": Narrow(category="bread", district="Haslach"),
    "a label": Narrow(label="organic", shop="musterkorn"),
    "what is there at once": Narrow(ready=True, label="organic"),
    "prices": Narrow(price_from=101, price_to=400),
    "some shops and a category": Narrow(among=frozenset({"musterkorn", "haargenau"}), category="cake"),
    "none of the shops": Narrow(among=frozenset()),
    "an unknown shop": Narrow(shop="nobody"),
}


class TestWhatIsLeft:
    @pytest.mark.parametrize("narrow", NARROWED.values(), ids=NARROWED)
    @pytest.mark.parametrize("kinds", [None, ["offer"]], ids=["everything", "offers"])
    def test_results_counts_and_choices_are_those_of_the_wares(self, market, narrow, kinds):
        found = queries.find("Brot", kinds=kinds, narrow=narrow, limit=500, with_facets=True)

        of_kind = [ware for ware in market if not kinds or ware["kind"] in kinds]
        left = {(ware["kind"], ware["key"]) for ware in of_kind if fits(ware, narrow)}
        hits = {(hit.kind, hit.key) for hit in found.hits}
        assert hits <= left
        assert len(hits) == min(len(left), queries.MOST_CANDIDATES)
        assert found.total == len(left)
        assert found.counts_by_kind == Counter(ware["kind"] for ware in market if fits(ware, narrow))
        for name in CHOICES:
            expected = Counter(ware[name] for ware in of_kind if ware[name] and fits(ware, narrow, leaving=name))
            assert getattr(found.facets, name) == expected


def test_choices_count_also_what_answers_only_most_of_the_question():
    actions.push(kind="offer", key="1", title="Brot", shop="musterkorn", district="Haslach")
    actions.push(kind="offer", key="2", title="Rosinenbrot", shop="blaetterwald", district="Kernstadt")
    actions.learn()
    found = queries.find("Brot Mandeln", narrow=Narrow(district="Haslach"), with_facets=True)
    assert [hit.key for hit in found.hits] == ["1"]
    assert found.facets.district == {"Haslach": 1, "Kernstadt": 1}
    assert found.facets.shop == {"musterkorn": 1}


def test_of_one_kind_as_many_are_counted_as_are_shown_even_if_another_kind_answers_better():
    actions.push(kind="shop", key="1", title="Brot Kuchen Torten Eis", body="Brezel")
    actions.push(kind="offer", key="2", title="Brot")
    actions.learn()
    found = queries.find("Brot Kuchen Torten Eis Brezel", kinds=["offer"])
    assert [hit.key for hit in found.hits] == ["2"]
    assert (found.total, found.counts_by_kind) == (1, {"offer": 1, "shop": 1})


def test_among_equals_the_open_shop_comes_first():
    for key, shop in (("1", "musterkorn"), ("2", "blaetterwald")):
        actions.push(kind="offer", key=key, title="Brot", shop=shop)
    for shop, key in (("musterkorn", "1"), ("blaetterwald", "2")):
        assert queries.find("Brot", open_shops={shop}).hits[0].key == key


def test_what_is_withdrawn_leaves_no_choice():
    actions.push(kind="offer", key="1", title="Brot", shop="musterkorn", category="bread", district="Haslach", price=1)
    actions.withdraw(kind="offer", key="1")
    found = queries.find("Brot", with_facets=True)
    assert not found.hits
    assert not found.facets.shop
