"""Words are counted apart from the pushing, forgotten with their documents, and made anew with a new analyser."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from stadtplatz.kit import clock
from stadtplatz.search import actions, empty_searches, jobs, lexicon, queries, vocabulary
from stadtplatz.search.models import Document, EmptySearch, State, Synonym, Term, Trigram

pytestmark = pytest.mark.django_db


def put(key, title, **more):
    actions.push(kind="offer", key=key, title=title, **more)


def counts():
    return dict(Term.objects.values_list("word", "documents"))


def test_words_count_documents_and_not_occurrences():
    put("1", "Brot", body="Brot Brot Brot")
    put("2", "Bauernbrot")
    actions.learn()
    assert counts()["brot"] == 2
    assert actions.learn() == 0


def test_a_changed_title_changes_the_counts():
    put("1", "Brot")
    actions.learn()
    put("1", "Kuchen")
    actions.learn()
    assert counts() == {"kuchen": 1}


def test_withdrawn_words_are_forgotten_with_their_trigrams():
    put("1", "Brezel")
    actions.learn()
    actions.withdraw(kind="offer", key="1")
    assert Document.objects.get().title == ""
    actions.learn()
    assert not Document.objects.exists()
    assert not Term.objects.exists()
    assert not Trigram.objects.exists()


def test_what_is_not_public_is_neither_found_nor_suggested():
    put("1", "Geheimrezept", public=False)
    actions.learn()
    assert queries.find("Geheimrezept").total == 0
    assert queries.suggest("geheim") == []


def test_another_analyser_makes_the_index_anew_with_the_next_job():
    put("1", "Brot")
    actions.learn()
    State.objects.update(analyser="0-old")
    Document.objects.update(title_tokens="alt")
    assert vocabulary.is_stale()
    jobs.learn_words()
    assert not vocabulary.is_stale()
    assert [hit.key for hit in queries.find("Brot").hits] == ["1"]


def test_the_command_says_how_many_documents_it_indexed(capsys):
    put("1", "Brot")
    call_command("reindex")
    assert "1 documents indexed" in capsys.readouterr().out
    call_command("reindex", if_needed=True)
    assert "up to date" in capsys.readouterr().out


def test_a_synonym_of_the_operator_is_found_at_once():
    put("1", "Gugelhupf")
    put("2", "Rodonkuchen")
    actions.learn()
    Synonym.objects.create(line="Gugelhupf = Napfkuchen")
    lexicon.forget()
    assert queries.find("Napfkuchen").hits[0].key == "1"
    Synonym.objects.all().delete()
    lexicon.forget()


def test_pushing_many_keeps_the_last_of_the_same_key():
    actions.push_many(
        [{"kind": "offer", "key": "1", "title": "Brot"}, {"kind": "offer", "key": "1", "title": "Kuchen"}]
    )
    assert Document.objects.get().title == "Kuchen"


def test_what_found_nothing_is_counted_by_day_without_anything_that_points_to_a_person():
    actions.count_empty(typed="Quastenflosser")
    actions.count_empty(typed="quastenflosser ")
    actions.count_empty(typed="anna@example.org")
    actions.count_empty(typed="0171 5550123")
    assert list(EmptySearch.objects.values_list("text", "count")) == [("quastenflosser", 2)]


def test_what_found_nothing_is_forgotten_after_90_days():
    today = clock.today()
    EmptySearch.objects.create(text="alt", day=today - timedelta(days=91))
    EmptySearch.objects.create(text="neu", day=today - timedelta(days=89))
    assert empty_searches.forget_old() == 1
    assert EmptySearch.objects.get().text == "neu"


def test_near_things_come_first_when_asked_from_somewhere():
    put("fern", "Bäckerei", lon=8.90, lat=48.60)
    put("nah", "Bäckerei", lon=8.87, lat=48.59)
    for place, first in (((8.87, 48.59), "nah"), ((8.90, 48.60), "fern")):
        assert queries.find("Bäckerei", near=place).hits[0].key == first


def test_strange_texts_find_nothing_and_break_nothing():
    put("1", "Brot")
    actions.learn()
    for typed in (
        "",
        "   ",
        "'",
        '"',
        "*",
        "a" * 5_000,
        "brot' OR 1=1",
        'NEAR("x")',
        "🍞",
        "und der die",
        "-",
        "brot:*",
        "\x00brot",
        "(((",
        "&|!",
    ):
        queries.find(typed)
        queries.suggest(typed)
