"""Whatever is typed is answered or not, but never breaks; what a thing is sold by is found when nobody has the thing itself."""

import pytest

from stadtplatz.search import actions, queries

pytestmark = pytest.mark.django_db

STRANGE = {
    "very long": "brot " * 2_000,
    "one endless word": "a" * 10_000,
    "only punctuation": "?!.,;:-_/\\()[]{}<>|~^°§$%&=+#'`´",
    "open quotes": 'brot "frisch',
    "operators of FTS5": "brot AND OR NOT NEAR(kuchen, 5) * ^brot title_tokens : x - +",
    "operators of tsquery": "brot & ! (kuchen | <-> brot:*A) '",
    "wildcards of SQL": "br%t _ 100% '; DROP TABLE search_document; --",
    "emoji": "🥖🍞 brot 👩‍🍳",
    "right to left": "خبز לחם \u202ebrot\u202c",
    "a zero byte": "brot\x00kuchen",
    "lone surrogates of a broken client": "brot \ufffd\ufeff",
    "combining marks": "b\u0300\u0301\u0302ro\u0308t",
    "signs of our own tokens": "=brot ~brot",
    "only stop words": "wo ist der die das",
    "numbers": "0 00 000 1e309 -1 ½ ² 99999999999999999999",
}


@pytest.fixture
def town():
    actions.push(kind="offer", key="1", title="Brot 500 g", keywords="Bäckerei")
    actions.push(kind="offer", key="2", title="Brötchen", keywords="Bäckerei")
    actions.push(kind="shop", key="3", title="Sehstern", keywords="Augenoptik und Hörgeräte")
    actions.push(kind="shop", key="4", title="Fadenlauf", keywords="Mode und Bekleidung")
    actions.learn()


@pytest.mark.parametrize("typed", STRANGE.values(), ids=STRANGE)
def test_nothing_typed_breaks_the_search(town, typed):
    found = queries.find(typed, with_facets=True)
    assert found.total >= len(found.hits)
    assert len(queries.suggest(typed)) <= 8


@pytest.mark.parametrize("name", ["very long", "open quotes", "emoji", "a zero byte", "operators of FTS5"])
def test_the_word_among_strange_signs_is_still_found(town, name):
    assert "1" in [hit.key for hit in queries.find(STRANGE[name]).hits]


@pytest.mark.parametrize(("asked", "shop"), [("Lesebrille", "3"), ("Winterjacke", "4"), ("glasses", "3")])
def test_who_has_such_things_is_found_when_nobody_offers_the_thing_itself(town, asked, shop):
    assert [hit.key for hit in queries.find(asked).hits] == [shop]


def test_the_thing_itself_comes_before_those_who_have_such_things(town):
    actions.push(kind="offer", key="5", title="Lesebrille", keywords="")
    actions.learn()
    assert [hit.key for hit in queries.find("Lesebrille").hits] == ["5", "3"]


def test_a_word_of_ours_is_not_taken_for_a_mistake(town):
    """`Pflaster` is no misspelled `Pflanze`, even if nobody has any."""
    actions.push(kind="shop", key="6", title="Löwen", keywords="Apotheke")
    actions.push(kind="offer", key="7", title="Pflanzer", keywords="")
    actions.learn()
    found = queries.find("Pflaster")
    assert [hit.key for hit in found.hits] == ["6"]
    assert found.suggestion is None


def test_small_things_of_the_south_are_found(town):
    assert next(hit.key for hit in queries.find("Brötle").hits) in {"1", "2"}


def test_what_the_thing_is_tells_more_than_what_is_to_be_done_with_it(town):
    actions.push(kind="offer", key="8", title="Reparatur", keywords="")
    actions.learn()
    assert next(hit.key for hit in queries.find("Brille Reparatur").hits) == "3"
