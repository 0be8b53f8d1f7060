"""Towns and questions put together at random: whatever stands in them, the database answers as plain Python does.

The same test runs on SQLite and on PostgreSQL, so both find the same documents in the same order with the same counts.
"""

import os

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from stadtplatz.search import actions, lexicon, matching, queries
from stadtplatz.search.models import Term
from stadtplatz.search.narrowing import CHOICES, Narrow
from stadtplatz.search.tests.plain import PlainTown
from stadtplatz.search.understanding import understand

PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"
NOUNS = "Brot Brötchen Broetchen BRÖTCHEN brotchen Käse Kaese Straße STRASSE Straẞe Maß Masse Tüte Tuete Größe Äpfel Rad Öl Ei Grünkohl Bäckerin Bäckerei"
ODD = (
    "é", "e\u0301", "ro\u0308t", "™", "Brot™", "brottm", "℡", "㎏", "ﬁsch", "½ l", "²", "İstanbul", "ΣΑΣ", "Ⓑrot", "ａｂｃ", "ﷺ", "🥖", "👩‍🍳",
    "خبز", "לחם", "\u202ebrot\u202c", "хлеб", "面包", "ｱｲｽ", "\u00ad", "brot\u00adkorb", "a\u200db", "\ufeff", "’s", "d'Or", "H&M", "C++", "Nr.", "=brot",
    "~brot", "_brot_", "brot_korb", "١٢", "x" * 70, "donaudampfschiff" * 6, "ß" * 40, "ﬃ" * 30, "\u1e9e" * 65,
)  # fmt: skip
SIGNS = ('"', "*", "NEAR", "NEAR(", "AND", "OR", "NOT", "-", ":", "(", ")", "^", "%", "_", "\\", "'", "''", "&", "|", "!", "<->", ":*", "{", "}", "title_tokens :", "\x00")  # fmt: skip
SIZES = (
    "500g",
    "500 g",
    "0,5 kg",
    "2 l",
    "M6",
    "28 Zoll",
    "4006381333931",
    "9520000000011",
    "12er",
    "1.000 Teile",
    "Nr. 7",
    "3/4",
)

nouns = st.sampled_from(NOUNS.split())
compounds = st.builds(lambda one, other: one.rstrip("e") + other.lower(), nouns, nouns)
words = st.one_of(
    nouns,
    compounds,
    st.sampled_from(SIZES),
    st.sampled_from(ODD),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12),
)
texts = st.lists(words, max_size=5).map(" ".join)
things = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["offer", "shop", "place"]),
        "key": st.sampled_from(["1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        "title": texts,
        "keywords": texts,
        "body": texts,
        "public": st.sampled_from([True, True, True, False]),
        "weight": st.sampled_from([1.0, 1.2, 0.6]),
        "shop": st.sampled_from(["musterkorn", "Blätterwald", ""]),
        "category": st.sampled_from(["bread", "100%_'", ""]),
        "district": st.sampled_from(["Kernstadt", "Haslach"]),
        "label": st.sampled_from(["organic", ""]),
        "ready": st.booleans(),
        "price": st.sampled_from([None, 0, 250, 400]),
    }
)
asked = st.lists(st.one_of(words, words, st.sampled_from(SIGNS)), min_size=1, max_size=4).map(" ".join)
mistyped = st.builds(
    lambda word, at: word[: at % len(word)] + word[at % len(word) + 1 :], compounds, st.integers(0, 20)
)
narrowed = st.builds(
    Narrow,
    category=st.sampled_from(["", "", "bread", "100%_'"]),
    district=st.sampled_from(["", "Haslach"]),
    shop=st.sampled_from(["", "", "Blätterwald"]),
    label=st.sampled_from(["", "", "organic"]),
    ready=st.booleans(),
    among=st.sampled_from([None, None, frozenset({"musterkorn"}), frozenset()]),
    price_from=st.sampled_from([None, None, 1]),
    price_to=st.sampled_from([None, 250]),
)


@pytest.mark.django_db
@examples(max_examples=400 if PROOF else 15)
@given(
    st.lists(things, min_size=1, max_size=9),
    st.lists(st.one_of(asked, asked, mistyped), min_size=1, max_size=6),
    narrowed,
    st.sampled_from([None, ["offer"], ["shop", "place"]]),
)
def test_databases_answer_as_plain_python_does(wares, questions, narrow, kinds):
    with transaction.atomic():
        actions.push_many(wares)
        actions.withdraw(kind="offer", key="9")
        actions.learn()
        town = PlainTown.read()
        knows_its_words(town)
        for typed in questions:
            answers_alike(town, typed, narrow, kinds)
        transaction.set_rollback(True)


def knows_its_words(town: PlainTown) -> None:
    assert {term.word: term.documents for term in town.terms} == town.words()
    stems = {term.stem for term in town.terms}
    assert lexicon.count(stems).counts == town.count(stems)
    for term in town.terms[:12]:
        for size in (1, 3):
            ahead = [found.word for found in lexicon.beginning_with(term.word[:size])]
            assert ahead == town.beginning_with(term.word[:size])


def answers_alike(town: PlainTown, typed: str, narrow: Narrow, kinds: list[str] | None) -> None:
    groups = [group.alternatives for group in understand(typed).groups]
    found = queries.find(typed, kinds=kinds, narrow=narrow, limit=50, with_facets=True)
    assert found.total == sum(count for kind, count in found.counts_by_kind.items() if not kinds or kind in kinds)
    assert found.total == found.reachable == len(found.hits)
    assert len(queries.suggest(typed)) <= 8
    if not groups:
        assert not found.hits
        return
    wanted = [groups, *([group] for group in groups)]
    for among in ("", "A", "AB"):
        for limit in (2, 50):
            rows = matching.candidates(wanted, kinds=kinds, limit=limit, among=among, narrow=narrow)
            keys = [(row.kind, row.id) for row in rows]
            expected = town.candidates(wanted, kinds=kinds, limit=limit, among=among, narrow=narrow)
            ids = {(row.kind, row.key): row.id for row in town.documents}
            assert keys == [(kind, ids[kind, key]) for kind, key in expected]
    by_kind, facets = matching.tally(wanted, kinds=kinds, narrow=narrow, with_facets=True)
    expected_kinds, expected_facets = town.tally(wanted, kinds=kinds, narrow=narrow)
    assert by_kind == expected_kinds
    assert {name: getattr(facets, name) for name in CHOICES} == expected_facets


@pytest.mark.django_db
def test_words_are_forgotten_when_all_that_held_them_is_gone():
    actions.push(kind="offer", key="1", title="x" * 300, body="ß" * 10_000)
    actions.learn()
    assert queries.find("x" * 300).total == 1
    actions.withdraw(kind="offer", key="1")
    actions.learn()
    assert not Term.objects.exists()
