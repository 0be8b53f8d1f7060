from pathlib import Path

import pytest
from django.test import Client

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.catalogue import actions, categories, meaning, pack, queries, tree
from stadtplatz.catalogue.forms.categories import initial_of
from stadtplatz.catalogue.models import CategoryEntry, ColumnMapping, Offer, Product
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit import jobs
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.packs import PackBroken
from stadtplatz.kit.refusals import ActionRefused, NotAllowed, Stale
from stadtplatz.search import queries as search
from stadtplatz.shops.tests.builders import owner, person, shop
from stadtplatz.shops.tests.test_pages import signed_in

DESK = "/desk/kategorien/"
SHIPPED = Path("a pack without a tree of its own")


@pytest.fixture(autouse=True)
def the_shipped_tree_afterwards():
    yield
    tree.forget()


@pytest.fixture
def clerk(town):
    someone = person("karla")
    Person.objects.filter(pk=someone.pk).update(is_operator=True)
    return actor_for(Person.objects.get(pk=someone.pk))


def entry(code):
    return CategoryEntry.objects.get(code=code)


def test_the_tree_of_the_pack_is_loaded_once_and_leaves_alone_what_the_desk_changed(db, clerk):
    first = pack.load(SHIPPED, SYSTEM)
    assert len(first.created) == CategoryEntry.objects.count() == len(categories.shipped().all)
    assert pack.diff(SHIPPED, SYSTEM).is_empty
    actions.edit_category(code="bread", version=1, changes={"de": "Laibe"}, by=clerk)
    again = pack.load(SHIPPED, SYSTEM)
    assert (again.is_empty, again.kept) == (True, ["Brot"])
    assert categories.name_of("bread") == "Laibe"


def test_the_loaded_tree_is_the_shipped_one(db):
    pack.load(SHIPPED, SYSTEM)
    assert tree.look_now().all == categories.shipped().all


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- {code: a-1, de: Eins, en: One}\n- {code: a-1, de: Zwei, en: Two}", 2),
        ("- {code: a-1, de: Eins, en: One}\n- {code: a-2, de: Eins, en: Two}", 2),
        ("- {code: a-1, de: Eins, en: One, vat: viel}", 1),
        ("- {code: a-1, de: Eins, en: One, wants: [Liebe]}", 1),
        ("- code: a-1\n  de: Eins\n  en: One\n  children: [{code: b-1, de: Zwei, en: Two, children: [{code: c-1, de: Drei, en: Three, "
         "children: [{code: d-1, de: Vier, en: Four}]}]}]", 4),
        ("[]", 1),
    ],
)  # fmt: skip
def test_a_pack_with_mistakes_is_named_by_line_and_changes_nothing(db, tmp_path, text, line):
    (tmp_path / "categories.yaml").write_text(text)
    assert [problem.line for problem in pack.check(tmp_path)][:1] == [line]
    with pytest.raises(PackBroken):
        pack.load(tmp_path, SYSTEM)
    assert not CategoryEntry.objects.exists()


def test_a_town_may_bring_a_tree_of_its_own(client, town, tmp_path):
    (tmp_path / "categories.yaml").write_text("- {code: bread, slug: laibe, de: Laibe, en: Loaves, food: true}\n")
    pack.load(tmp_path, SYSTEM)
    assert [category.de for category in categories.roots()] == ["Laibe"]
    assert client.get("/einkaufen/laibe/").status_code == 200
    assert client.get("/einkaufen/brot/").status_code == 404


def test_a_new_category_inherits_from_above_and_is_chosen_at_once(clerk):
    made = actions.add_category(
        de="Sauerteigbrot", en="Sourdough bread", parent="bread", by=clerk, words=["Urlaib"], own={}, google=424
    )
    category = categories.all_categories()["sourdough-bread"]
    assert (category.slug, category.food, category.vat, made.order) == ("sauerteigbrot", True, "reduced", made.order)
    assert meaning.exactly("urlaib") == category
    assert categories.children_of("bread")[-1] == category
    assert Record.objects.get(verb="catalogue.category_added").keys == {"category": "sourdough-bread"}


@pytest.mark.parametrize(
    ("de", "en", "parent", "code"),
    [
        ("Brot", "Loaves", "", "taken"),
        ("Laibe", "Bread", "", "taken"),
        ("Laibe", "Loaves", "gibt-es-nicht", "parent"),
        ("Laibe", "Loaves", "rye-and-mixed-bread", "deep"),
        ("L", "Loaves", "", "name"),
        ("Alles", "Everything", "", "taken"),
    ],
)
def test_no_category_is_added_that_would_confuse(clerk, de, en, parent, code):
    with pytest.raises(ActionRefused) as refused:
        actions.add_category(de=de, en=en, parent=parent, by=clerk)
    assert refused.value.code == code
    assert not Record.objects.filter(verb="catalogue.category_added").exists()


def test_a_renamed_category_keeps_its_offers_and_its_old_address(client, clerk, bakery, erna):
    offer(bakery, erna)
    actions.edit_category(code="bread", version=1, changes={"de": "Laibe und Brote", "slug": "laibe"}, by=clerk)
    answer = client.get("/einkaufen/brot/")
    assert (answer.status_code, answer["Location"]) == (301, "/einkaufen/laibe/")
    assert "Dinkel-Vollkornbrot" in client.get("/einkaufen/laibe/").content.decode()
    actions.edit_category(code="bread", version=2, changes={"slug": "brot"}, by=clerk)
    assert client.get("/einkaufen/laibe/")["Location"] == "/einkaufen/brot/"
    assert client.get("/einkaufen/brot/").status_code == 200


def test_the_search_finds_offers_under_the_new_name(clerk, bakery, erna):
    offer(bakery, erna)
    actions.edit_category(code="bread", version=1, changes={"words": ["Gersterkrume"]}, by=clerk)
    jobs.run_all()
    assert [hit.title for hit in search.find("Gersterkrume").hits] == ["Dinkel-Vollkornbrot"]


def test_a_category_moves_with_all_below_it(clerk):
    actions.edit_category(code="rye-and-mixed-bread", version=1, changes={"parent": "bakery"}, by=clerk)
    assert [one.code for one in categories.path_to("rye-and-mixed-bread")] == ["bakery", "rye-and-mixed-bread"]
    for parent, why in (("rye-and-mixed-bread", "parent"), ("bread", "parent"), ("fruit", "deep")):
        with pytest.raises(ActionRefused) as refused:
            actions.edit_category(code="bakery", version=1, changes={"parent": parent}, by=clerk)
        assert refused.value.code == why
    assert entry("bakery").version == 1


def test_who_would_lack_something_is_named_before(clerk, bakery, erna):
    offer(bakery, erna, title="Laib")
    offer(bakery, erna, title="Roggenlaib", category="rye-and-mixed-bread", particulars={"origin": "Gäu"})
    offer(bakery, erna, title="Entwurf", published=False)
    lacking = queries.if_changed("bread", {"own": {"origin": True}})
    assert [(one.title, labels) for one, labels in lacking.rows] == [("Laib", ["Herkunft"])]
    assert queries.if_changed("bakery", {"own": {"food": True, "wants": ["storage"]}}).number == 2
    assert [one.title for one, _labels in queries.if_dissolved("bread", "beef-and-veal").rows] == ["Laib"]
    assert queries.if_dissolved("bread", "rolls").number == 0
    assert not CategoryEntry.objects.exists()


def test_a_dissolved_category_hands_over_everything(client, clerk, bakery, erna):
    loaf = offer(bakery, erna, gtin="4006381333931")
    ColumnMapping.objects.create(
        shop=bakery, name="Kasse", signature="x", defaults={"category": "bread", "withdrawal": ""}
    )
    assert actions.dissolve_category(code="bread", version=1, into="rolls", by=clerk) == 1
    assert Offer.objects.get().category == Product.objects.get().category == "rolls"
    assert Offer.objects.get().version == loaf.version + 1
    assert ColumnMapping.objects.get().defaults["category"] == "rolls"
    assert {child.code for child in categories.children_of("rolls")} >= {
        "rye-and-mixed-bread",
        "pretzels-and-lye-pastry",
    }
    assert "bread" not in categories.all_categories()
    assert client.get("/einkaufen/brot/")["Location"] == "/einkaufen/broetchen/"
    assert meaning.exactly("bread").code == "rolls"
    assert Record.objects.get(verb="catalogue.category_retired").keys == {
        "category": "bread",
        "successor": "rolls",
        "offers": 1,
    }
    actions.dissolve_category(code="rolls", version=entry("rolls").version, into="cakes", by=clerk)
    assert client.get("/einkaufen/brot/")["Location"] == "/einkaufen/kuchen/"


@pytest.mark.parametrize("into", ["bread", "rye-and-mixed-bread", "gibt-es-nicht", "asparagus"])
def test_nothing_is_dissolved_into_nothing(clerk, bakery, erna, into):
    offer(bakery, erna)
    with pytest.raises(ActionRefused):
        actions.dissolve_category(code="bread", version=1, into=into, by=clerk)
    assert Offer.objects.get().category == "bread"
    assert not CategoryEntry.objects.exclude(successor="").exists()


def test_two_who_change_the_same_category_do_not_overwrite_each_other(clerk):
    actions.edit_category(code="bread", version=1, changes={"de": "Laibe"}, by=clerk)
    with pytest.raises(Stale) as refused:
        actions.edit_category(code="bread", version=1, changes={"de": "Brote"}, by=clerk)
    assert refused.value.current.de == "Laibe"
    assert entry("bread").de == "Laibe"


def test_only_the_market_desk_touches_the_tree(erna):
    for act in (
        lambda: actions.add_category(de="Laibe", en="Loaves", parent="", by=erna),
        lambda: actions.edit_category(code="bread", version=1, changes={"de": "Laibe"}, by=erna),
        lambda: actions.dissolve_category(code="bread", version=1, into="rolls", by=erna),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not CategoryEntry.objects.exists()


def typed(code="bread", **changes):
    """What a browser sends that has opened the category's page and changed this."""
    page = {**form_of(code), **changes}
    return {name: value for name, value in page.items() if value is not None and value is not False}


def form_of(code):
    return initial_of(queries.entry_of(code))


@pytest.mark.parametrize("path", ["", "neu/", "bread/", "bread/aufloesen/?into=Kuchen"])
def test_the_pages_are_for_the_market_desk(client, clerk, bakery, erna, path):
    assert signed_in(clerk).get(DESK + path).status_code == 200
    assert client.get(DESK + path).status_code == 302
    assert signed_in(erna).get(DESK + path).status_code == 404
    assert signed_in(owner(shop("Andere"), "otto")).get(DESK + path).status_code == 404


@pytest.mark.parametrize("path", ["neu/", "bread/", "bread/aufloesen/"])
def test_nobody_else_posts_to_them(clerk, erna, path):
    for browser in (signed_in(erna), Client()):
        assert browser.post(DESK + path, typed(de="Laibe", into="rolls")).status_code == 404
    assert not CategoryEntry.objects.exists()


def test_a_category_is_saved_whole_and_only_what_differs_is_its_own(clerk):
    browser = signed_in(clerk)
    answer = browser.post(DESK + "bread/", typed(de="Laibe", words="Wecken, Krume", age="16", kinds=["goods"]))
    assert answer.status_code == 303
    assert entry("bread").own == {"age": 16, "kinds": ["goods"]}
    assert (entry("bread").de, entry("bread").words) == ("Laibe", ["Wecken", "Krume"])
    assert "Laibe" in browser.get(DESK + "?q=krume").content.decode()


def test_what_offers_would_lack_is_asked_about_first(clerk, bakery, erna):
    offer(bakery, erna)
    browser, change = signed_in(clerk), typed(origin="on")
    text = browser.post(DESK + "bread/", change).content.decode()
    assert "1 Angebot im Verkauf würde" in text
    assert "Herkunft" in text
    assert not CategoryEntry.objects.exists()
    assert browser.post(DESK + "bread/", {**change, "sure": "1"}).status_code == 303
    assert entry("bread").own == {"origin": True}
    assert Offer.objects.get().state == Offer.PUBLISHED


def test_a_stale_page_shows_both_texts(clerk):
    browser, late = signed_in(clerk), typed(de="Von Karla")
    actions.edit_category(code="bread", version=1, changes={"de": "Von Kurt"}, by=clerk)
    text = browser.post(DESK + "bread/", late).content.decode()
    assert "Von Karla" in text
    assert "Von Kurt" in text
    assert entry("bread").de == "Von Kurt"


def test_a_category_is_dissolved_on_its_page(clerk, bakery, erna):
    offer(bakery, erna)
    browser = signed_in(clerk)
    assert "würde" in browser.get(DESK + "bread/aufloesen/?into=Rind und Kalb").content.decode()
    answer = browser.post(DESK + "bread/aufloesen/", {"version": 1, "into": "Kuchen und Torten"}, follow=True)
    assert "1 Angebot ist mitgegangen" in answer.content.decode()
    assert Offer.objects.get().category == "cakes"


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_costs_few_queries(clerk, bakery, erna, many, django_assert_max_num_queries):
    pack.load(SHIPPED, SYSTEM)
    for number in range(many):
        offer(bakery, erna, title=f"Brot {number}")
    browser = signed_in(clerk)
    browser.get(DESK)
    for path in ("", "bread/", "bread/aufloesen/?into=cheese"):
        with django_assert_max_num_queries(12):
            browser.get(DESK + path)
