from datetime import timedelta

import pytest
from django.test import Client

from stadtplatz.accounts.models import Person
from stadtplatz.accounts.visitors import actor_for
from stadtplatz.audit.models import Record
from stadtplatz.catalogue import actions
from stadtplatz.catalogue import jobs as catalogue_jobs
from stadtplatz.catalogue.models import Wish
from stadtplatz.catalogue.tests.builders import offer
from stadtplatz.kit import clock, jobs
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.notifications.models import Message
from stadtplatz.search import actions as search_actions
from stadtplatz.search import lexicon
from stadtplatz.search import queries as search
from stadtplatz.search.empty_searches import WRITES, mark_of
from stadtplatz.search.models import Document, EmptySearch, Synonym
from stadtplatz.shops import jobs as shop_jobs
from stadtplatz.shops.tests.builders import owner, person, shop
from stadtplatz.shops.tests.test_pages import signed_in

DESK = "/desk/suche/"


@pytest.fixture
def clerk(town):
    someone = person("karla")
    Person.objects.filter(pk=someone.pk).update(is_operator=True)
    return actor_for(Person.objects.get(pk=someone.pk))


@pytest.fixture(autouse=True)
def shipped_words_afterwards():
    WRITES.forget()
    lexicon.forget()
    yield
    lexicon.forget()


def missed(text, *counts):
    """So often this week, last week, ..."""
    for week, count in enumerate(counts):
        EmptySearch.objects.create(
            text=text, mark=mark_of(text), day=clock.today() - timedelta(weeks=week), count=count
        )


def test_what_found_nothing_is_counted_by_week_and_rare_texts_stay_hidden(clerk):
    missed("hafermilch", 2, 0, 3)
    search_actions.count_empty(typed="anna beispiel")
    search_actions.count_empty(typed="anna beispiel")
    missed("lange her", 0, 0, 0, 0, 9)
    often, rare = search.empty_by_week()
    assert [(row.text, row.weeks, row.total) for row in often] == [("hafermilch", (2, 0, 3, 0), 5)]
    assert rare == 2
    text = signed_in(clerk).get(DESK).content.decode()
    assert "hafermilch" in text
    assert "anna" not in text
    assert "2 weitere Suchen fanden nichts; ihre Wörter werden nicht behalten" in text


def test_a_synonym_is_shown_tried_and_counts(clerk, bakery, erna, django_capture_on_commit_callbacks):
    offer(bakery, erna)
    search_actions.learn()
    browser, typed = signed_in(clerk), {"asked": "Gersterkipf", "meant": "Vollkornbrot", "how": "="}
    text = browser.post(f"{DESK}woerter/", {**typed, "do": "preview"}).content.decode()
    assert "Dinkel-Vollkornbrot" in text
    assert not Synonym.objects.exists()
    assert not search.find("Gersterkipf").hits
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{DESK}woerter/", {**typed, "do": "save"})
    assert [hit.title for hit in search.find("Gersterkipf").hits] == ["Dinkel-Vollkornbrot"]
    row = Synonym.objects.get()
    assert row.line == "Gersterkipf = Vollkornbrot"
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{DESK}woerter/weg/", {"synonym": row.pk})
    assert not search.find("Gersterkipf").hits
    assert Record.objects.filter(verb__startswith="catalogue.synonym").count() == 2


@pytest.mark.parametrize(
    ("line", "code"),
    [("Semmel", "line"), ("Semmel =", "line"), ("a = b < c", "line"), ("der die das = Brot", "long"), ("frisches dunkles Landbrot vom Blech = Brot", "long")],
)  # fmt: skip
def test_a_line_that_means_nothing_is_refused(clerk, line, code):
    with pytest.raises(ActionRefused) as refused:
        actions.say_synonym(line=line, by=clerk)
    assert refused.value.code == code
    assert not Synonym.objects.exists()


def test_a_line_stands_once(clerk):
    actions.say_synonym(line="Semmel=Laible", by=clerk)
    with pytest.raises(ActionRefused):
        actions.say_synonym(line="semmel =  laible", by=clerk)
    assert Synonym.objects.count() == 1


def test_shops_of_a_category_hear_what_people_look_for_once_a_month(clerk, bakery, erna):
    offer(bakery, erna)
    shop("Leerer Laden")
    missed("dinkelzopf", 4)
    signed_in(clerk).post(f"{DESK}sagen/", {"text": "dinkelzopf", "category": "Brot und Gebäck"})
    jobs.run_all()
    said = Message.objects.get(subject__contains="dinkelzopf")
    assert said.address == "erna@example.org"
    assert "4 Mal" in said.text
    with pytest.raises(ActionRefused) as refused:
        actions.tell_shops(text="dinkelzopf", category="bakery", by=clerk)
    assert refused.value.code == "told"
    assert actions.tell_shops(text="dinkelzopf", category="bakery", by=clerk, at=clock.now() + timedelta(days=31))


@pytest.mark.parametrize(("text", "category", "code"), [("selten", "bread", "rare"), ("oft", "novels", "nobody")])
def test_nobody_is_told_without_a_reason(clerk, bakery, erna, text, category, code):
    offer(bakery, erna)
    search_actions.count_empty(typed="selten")
    missed("oft", 3)
    with pytest.raises(ActionRefused) as refused:
        actions.tell_shops(text=text, category=category, by=clerk)
    assert refused.value.code == code
    assert not Wish.objects.exists()


def test_only_the_market_desk_looks_after_the_search(erna):
    row = Synonym.objects.create(line="a = b")
    missed("oft", 3)
    for act in (
        lambda: actions.say_synonym(line="Semmel = Laible", by=erna),
        lambda: actions.forget_synonym(synonym=row, by=erna),
        lambda: actions.tell_shops(text="oft", category="bread", by=erna),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (Synonym.objects.count(), Wish.objects.count()) == (1, 0)


@pytest.mark.parametrize("path", ["", "woerter/?wort=oft", "sagen/?wort=oft"])
def test_the_pages_are_for_the_market_desk(client, clerk, erna, path):
    assert signed_in(clerk).get(DESK + path).status_code == 200
    assert client.get(DESK + path).status_code == 302
    for by in (erna, owner(shop("Andere"), "otto")):
        assert signed_in(by).get(DESK + path).status_code == 404


@pytest.mark.parametrize("path", ["woerter/", "woerter/weg/", "sagen/"])
def test_nobody_else_posts_to_them(clerk, erna, path):
    row = Synonym.objects.create(line="a = b")
    typed = {
        "asked": "c",
        "meant": "d",
        "how": "=",
        "do": "save",
        "synonym": row.pk,
        "text": "oft",
        "category": "bread",
    }
    for browser in (signed_in(erna), Client()):
        assert browser.post(DESK + path, typed).status_code == 404
    assert list(Synonym.objects.values_list("line", flat=True)) == ["a = b"]


@pytest.mark.parametrize("many", [1, 60])
def test_the_page_costs_few_queries(clerk, many, django_assert_max_num_queries):
    for number in range(many):
        missed(f"wort{'x' * number}", 3, 1)
        Synonym.objects.create(line=f"wort{number} = brot")
    browser = signed_in(clerk)
    browser.get(DESK)
    with django_assert_max_num_queries(12):
        browser.get(DESK)


def test_offers_of_before_an_update_are_found_by_their_new_words_with_the_next_job(bakery, erna):
    made = offer(bakery, erna)
    Document.objects.filter(kind="offer", key=str(made.pk)).update(title="Alt", title_tokens="alt", keyword_tokens="")
    shop_jobs.keep_found()
    catalogue_jobs.keep_found()
    search_actions.learn()
    assert [hit.title for hit in search.find("Dinkel-Vollkornbrot", kinds=["offer"]).hits] == ["Dinkel-Vollkornbrot"]
    Document.objects.filter(kind="offer", key=str(made.pk)).update(title="Später")
    catalogue_jobs.keep_found()
    assert Document.objects.get(kind="offer", key=str(made.pk)).title == "Später"
