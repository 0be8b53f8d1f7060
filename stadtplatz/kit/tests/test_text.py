"""German words are read the way people mean them."""

import pytest

from stadtplatz.kit.text import VERSION, analyse, closest, distance, fold, guesses, similar, split


@pytest.mark.parametrize(
    ("spellings", "meeting"),
    [
        (["Brötchen", "Broetchen", "brotchen", "BRÖTCHEN"], "brotchen"),
        (["Straße", "Strasse", "STRASSE"], "strasse"),
        (["Müsli", "Muesli", "musli"], "musli"),
        (["Häuser", "Haeuser", "hauser"], "hauser"),
        (["Café", "cafe"], "cafe"),
        (["Bäuerin", "Baeuerin"], "bauerin"),
    ],
)
def test_all_spellings_meet_in_one(spellings, meeting):
    assert {fold(word) for word in spellings} == {meeting}


@pytest.mark.parametrize("word", ["Steuer", "Bauer", "Quelle", "Feuer"])
def test_ue_that_is_no_umlaut_stays(word):
    assert fold(word) == word.lower()


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Brötchentüte", ("brotchen", "tute")),
        ("Kinderfahrrad", ("kinder", "fahrrad")),
        ("Ordnungsamt", ("ordnung", "amt")),
        ("Arbeitsamt", ("arbeit", "amt")),
        ("Brotsorte", ("brot", "sorte")),
        ("Bioeier", ("bio", "eier")),
        ("Rathausschlüssel", ("rathaus", "schlussel")),
        ("Spiegelei", ("spiegel", "ei")),
        ("Holundersirup", ("holunder", "sirup")),
        ("Alpakapullover", ("alpaka", "pullover")),
        ("Tomatenmark", ("tomaten", "mark")),
    ],
)
def test_compounds_come_apart_at_their_joints(word, parts):
    assert split(word) == parts


@pytest.mark.parametrize(
    "word", ["Maultasche", "Handschuh", "Herrenberg", "Wanderungen", "Interesse", "Brot", "Reinigung"]
)
def test_words_that_only_look_like_compounds_stay_whole(word):
    assert split(word) == ()


def test_the_head_of_a_compound_is_told_from_what_stands_before_it():
    assert analyse("Brötchentüte") == ["brotchentut", "~brotch", "=tut"]
    assert {"~kind", "=fahrrad", "=rad"} <= set(analyse("Kinderfahrrad"))


def test_a_head_that_adds_nothing_leaves_the_word_before_it_as_the_head():
    assert "=maler" in analyse("Malerbetrieb")
    assert "=blum" in analyse("Blumenladen")


@pytest.mark.parametrize("amount", ["500 g", "500g", "0,5 kg", "0.5 Kilo", "500 Gramm", "1 Pfund"])
def test_the_same_amount_is_the_same_token(amount):
    assert "500g" in analyse(f"Mehl {amount}")


def test_a_bar_code_is_read_with_and_without_spaces_but_only_with_a_right_check_digit():
    assert analyse("4006381333931") == analyse("4 006381 333931") == ["04006381333931"]
    assert analyse("4006381333932") != ["04006381333932"]


def test_a_hyphen_holds_words_together_that_count_alone_as_well():
    assert {"lowenapothek", "apothek", "low"} <= set(analyse("Löwen-Apotheke"))


def test_street_is_street_however_short():
    meant = analyse("Bahnhofstraße")
    for typed in ("Bahnhofstr.", "Bahnhofstr", "bahnhofstrasse"):
        assert analyse(typed) == meant


def test_small_words_are_not_searched():
    assert analyse("das Brot von der Bäckerei") == [*analyse("Brot"), *analyse("Bäckerei")]


def test_everybody_is_meant():
    assert analyse("Bürger*innen") == analyse("Bürger:innen") == analyse("Bürger")
    assert analyse("Verkäuferin") == analyse("Verkäufer")


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("brot", "brot", 0),
        ("brot", "bort", 1),
        ("brot", "brt", 1),
        ("brot", "boot", 1),
        ("brot", "brottt", 2),
        ("brot", "wein", None),
    ],
)
def test_wrong_letters_are_counted(one, other, far):
    assert distance(one, other) == far == distance(other, one)


def test_the_nearest_word_stands_first_and_short_words_forgive_nothing():
    assert [word for word, _ in closest("schraubenziher", ["schraubenzieher", "schrauben", "zieher"])] == [
        "schraubenzieher"
    ]
    assert closest("brt", ["brot"]) == []


def test_a_compound_with_one_wrong_part_is_guessed():
    assert guesses("kaffemaschinne")[0][0] == "kaffeemaschine"
    assert "schraubenzieher" in [word for word, _ in guesses("schraubenziher")]


def test_alike_is_between_nothing_and_all():
    assert similar("brot", "brot") == 1.0
    assert similar("brot", "wein") == 0.0
    assert 0 < similar("brot", "brote") < 1


def test_the_version_names_rules_stemmer_and_word_lists():
    assert VERSION.count("-") == 2
