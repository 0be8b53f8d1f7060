import pytest

from stadtplatz.catalogue import categories, meaning, pack, particulars, units, vat
from stadtplatz.catalogue.forms.fields import CategoryField
from stadtplatz.catalogue.models import Offer
from stadtplatz.catalogue.tests.builders import offer

TREE = categories.shipped()
ALL = list(TREE.all.values())
DRAWINGS = {path.stem for path in (categories.DATA.parents[1] / "static/catalogue/pictures").glob("*.svg")}


def test_the_tree_is_a_few_hundred_names_in_at_most_three_steps():
    assert 300 <= len(ALL) <= 500
    assert {len(categories.path_to(category.code)) for category in ALL} == {1, 2, 3}
    assert 10 <= len(categories.roots()) <= 24


@pytest.mark.parametrize("name", ["code", "slug", "de", "en"])
def test_no_two_are_called_the_same(name):
    assert len({getattr(category, name) for category in ALL}) == len(ALL)


def test_what_a_category_says_exists():
    kinds, wanted = dict(Offer.KINDS), particulars.BY_NAME
    for one in ALL:
        assert one.vat in dict(vat.CLASSES), one
        assert one.age in (0, 16, 18), one
        assert one.drawing in DRAWINGS, one
        assert set(one.kinds) <= set(kinds), one
        assert set(one.wants) <= set(wanted), one
        assert one.per in {"", *units.CUSTOMARY}, one
        assert len(one.code) <= 40, one


def test_the_file_could_be_a_town_s_own():
    assert pack.check(categories.DATA.parent) == []


def test_nearly_all_know_their_number_at_google():
    assert sum(bool(category.google) for category in ALL) > 0.9 * len(ALL)


@pytest.mark.parametrize(
    ("code", "wants", "age", "rate"),
    [
        ("beer", ["alcohol"], 16, "standard"),
        ("alcohol-free-beer", [], 0, "standard"),
        ("red-wine", ["alcohol"], 16, "standard"),
        ("fruit-brandy", ["alcohol"], 18, "standard"),
        ("asparagus", ["origin"], 0, "reduced"),
        ("beef-and-veal", ["origin"], 0, "reduced"),
        ("womens-clothes", ["fibres", "maker"], 0, "standard"),
        ("puzzles", ["warnings", "maker"], 0, "standard"),
        ("light-bulbs", ["maker", "energy"], 0, "standard"),
        ("batteries", ["battery", "maker"], 0, "standard"),
        ("electric-bicycles", ["battery", "maker"], 0, "standard"),
        ("paint-and-varnish", ["warnings", "maker"], 0, "standard"),
        ("cigars-and-pipe-tobacco", ["maker"], 18, "standard"),
        ("solar-panels-and-storage", ["battery", "maker"], 0, "solar"),
        ("second-hand-clothes", ["fibres", "maker"], 0, "margin"),
        ("food-supplements", [], 0, "reduced"),
        ("novels", [], 0, "reduced"),
        ("bread", [], 0, "reduced"),
    ],
)
def test_what_the_law_asks_of_each_sort_of_goods(code, wants, age, rate):
    category = TREE.all[code]
    lacking = particulars.missing(category, {}, title="Ware", packed=True)
    assert ([name for name, _label in lacking], category.age, category.vat) == (wants, age, rate)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Brot", "bread"), ("brot", "bread"), ("Brötchen und Brezeln", "rolls"), ("Semmel", "rolls"), ("Weckle", "rolls"),
        ("Gsälz", "jam"), ("Schraubenzieher", "screwdrivers-and-spanners"), ("Cheese", "cheese"), ("kaese", "cheese"),
        ("Backwaren > Brot", "bread"), ("Lebensmittel > Backwaren > Rolls and pretzels", "rolls"), ("429", "cheese"),
        ("Velo", "bicycle"), ("Glühbirne", "light-bulbs"), ("bread", "bread"),
    ],
)  # fmt: skip
def test_a_category_is_understood_by_what_people_call_it(typed, code):
    assert CategoryField().clean(typed) == code


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Broot", "Brot"), ("Kirschmarmelade", "Marmelade und Honig"), ("Kinderfahrräder", "Kinderräder und Laufräder"), ("Wolldecke", "Wolle und Garn")],
)  # fmt: skip
def test_what_may_have_been_meant_is_proposed(typed, near):
    assert near in [category.de for category in meaning.nearly(typed)]


def test_google_names_the_uppermost_category_of_a_number():
    assert meaning.of_google(424) == TREE.all["bread"]
    assert meaning.of_google(1) is None


@pytest.mark.parametrize(
    ("code", "kind", "allowed"),
    [
        ("surprise-bags", "surprise", True),
        ("surprise-bags", "goods", False),
        ("novels", "surprise", False),
        ("cheese", "loose", True),
    ],
)
def test_goods_are_sold_only_as_their_category_allows(code, kind, allowed):
    category = TREE.all[code]
    assert (not category.kinds or kind in category.kinds) is allowed


def test_a_branch_counts_everything_below_it_and_its_page_leads_on(client, bakery, erna):
    offer(bakery, erna, title="Roggenlaib", category="rye-and-mixed-bread")
    offer(bakery, erna, title="Bauernlaib", category="bread")
    text = client.get("/einkaufen/brot/").content.decode()
    assert "Roggenlaib" in text
    assert "Bauernlaib" in text
    assert "Roggenbrot und Mischbrot (1)" in text
    assert "Brot und Gebäck" in text  # the way back
    below = client.get("/einkaufen/roggenbrot-und-mischbrot/").content.decode()
    assert "Bauernlaib" not in below
    assert 'href="/einkaufen/brot/"' in below
    assert 'href="/einkaufen/brot-und-gebaeck/"' in below


def test_only_what_names_its_control_body_counts_as_organic(client, bakery, erna):
    offer(bakery, erna, title="Bio-Laib", particulars={"organic": "DE-ÖKO-006"})
    offer(bakery, erna, title="Graubrot")
    text = client.get("/einkaufen/brot/?organic=on").content.decode()
    assert "Bio-Laib" in text
    assert "Graubrot" not in text
    assert "Graubrot" in client.get("/einkaufen/brot/").content.decode()
