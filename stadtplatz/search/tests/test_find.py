import pytest

from stadtplatz.search import actions, queries

pytestmark = pytest.mark.django_db


def put(key, title, **more):
    actions.push(kind=more.pop("kind", "offer"), key=key, title=title, **more)


def keys(text, **more):
    return [hit.key for hit in queries.find(text, **more).hits]


def test_all_spellings_of_broetchen_find_the_roll():
    put("1", "Brötchen")
    actions.learn()
    for typed in ("Brötchen", "Broetchen", "brotchen", "BRÖTCHEN"):
        assert keys(typed) == ["1"]


def test_a_withdrawn_offer_is_gone_at_once_and_its_words_after_learning():
    put("1", "Brötchentüte")
    actions.learn()
    actions.withdraw(kind="offer", key="1")
    assert keys("Brötchentüte") == []
    actions.learn()
    assert queries.suggest("bröt") == []


def test_a_pushed_offer_replaces_what_stood_there():
    put("1", "Brot")
    put("1", "Kuchen")
    assert keys("Brot") == []
    assert keys("Kuchen") == ["1"]
