"""What is surely a slip is looked for rightly; what is good German stays what was typed; in doubt people are asked."""

import pytest

from stadtplatz.kit.text import fold, is_slip
from stadtplatz.search import actions, queries

SLIPS = {
    "bröhtchen": "brötchen", "vollkornbrod": "vollkornbrot", "apoteke": "apotheke", "fahrad": "fahrrad", "zahnartzt": "zahnarzt",
    "fisiotherapie": "physiotherapie", "apfl": "apfel", "karoten": "karotten", "schraubenziher": "schraubenzieher", "metzgerrei": "metzgerei",
    "janssen": "janßen", "wafen": "waffen", "erdbern": "erdbeeren",
}  # fmt: skip
OTHER_WORDS = {
    "tasse": "gasse", "geld": "gold", "lassen": "lasten", "gewerbe": "gewürze", "kamille": "kapelle", "wechseln": "drechseln", "hose": "rose",
    "bart": "brot",
}  # fmt: skip
ANSWERS = [
    ("bröhtchen", ["1"], "brötchen", True),
    ("Tasse", [], None, False),
    ("gerd", [], "herd", False),
    ("Panne", ["4"], None, False),
    ("Pfanne", [], None, False),
    ("mövenapotheke", ["5"], "möwen-apotheke", True),
    ("zahnartzt", ["6"], "zahnarzt", True),
]


@pytest.mark.parametrize(("typed", "meant"), SLIPS.items())
def test_slips_are_told_from_other_words(typed, meant):
    assert is_slip(fold(typed), fold(meant))


@pytest.mark.parametrize(("typed", "other"), OTHER_WORDS.items())
def test_one_word_is_not_taken_for_another(typed, other):
    assert not is_slip(fold(typed), fold(other))


def test_a_compound_of_known_words_may_lack_letters_but_has_no_wrong_ones():
    assert is_slip("brotasten", "brotkasten", same_letters=True)
    assert not is_slip("wohngeld", "wohnfeld", same_letters=True)


@pytest.fixture(scope="module")
def town(standing):
    with standing():
        for key, title in enumerate(("Brötchen", "Gasse", "Herd", "Panne", "Möwen-Apotheke"), start=1):
            actions.push(kind="offer", key=str(key), title=title)
        actions.push(kind="place", key="6", title="Dr. Muster", keywords="Praxis und Gesundheit")
        actions.learn()
        yield


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "keys", "suggestion", "replaced"), ANSWERS)
def test_what_was_typed_is_corrected_asked_about_or_left(town, typed, keys, suggestion, replaced):
    found = queries.find(typed)
    assert ([hit.key for hit in found.hits], found.suggestion, found.is_replaced) == (keys, suggestion, replaced)


RANKED = {
    "what it is before what is about it": (
        "Brot",
        [("Brot backen mit Geduld", "Bücher"), ("Bauernbrot", "Backwaren Brot")],
        1,
    ),
    "what it is before what it lies in": ("Glas", [("Joghurt im Glas", ""), ("Glas, 6 Stück", "")], 1),
    "the name before what stands after it": ("Bahnhof", [("Apotheke am Bahnhof", ""), ("Alter Bahnhof", "")], 1),
    "a size tells little": (
        "Kinderschuhe Größe 30",
        [("Wandern in 30 Touren", ""), ("Quickfuß", "Schuhe")],
        1,
    ),
    "the instrument before the lesson": (
        "Gitarrenunterricht",
        [("Fahrschule", "Unterricht"), ("Klangwerk", "Musik")],
        1,
    ),
    "the next best where there is no such trade": ("Tasse", [("Rosenweg", ""), ("Ecke", "Supermarkt")], 1),
    "a trade under its other name": ("ummelden", [("Haus am See", ""), ("Amt", "Bürgerbüro")], 1),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "wares", "first"), RANKED.values(), ids=RANKED)
def test_what_is_meant_comes_first(asked, wares, first):
    for key, (title, keywords) in enumerate(wares):
        actions.push(kind="offer", key=str(key), title=title, keywords=keywords)
    actions.learn()
    assert queries.find(asked).hits[0].key == str(first)
