"""Words are counted apart from the pushing, forgotten with their documents, and made anew with a new analyser."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import override_settings

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


@pytest.fixture(autouse=True)
def few_searched_before():
    empty_searches.WRITES.forget()


def kept():
    return set(EmptySearch.objects.values_list("text", "count"))


def test_what_found_nothing_is_kept_only_when_it_was_typed_on_three_different_days():
    today = clock.today()
    for days in (2, 1, 1):
        actions.count_empty(typed="Quastenflosser", on=today - timedelta(days=days))
        actions.count_empty(typed="Anna Beispiel", on=today)
    assert kept() == {("", 1), ("", 2), ("", 3)}
    actions.count_empty(typed=" quastenflosser")
    assert kept() == {("quastenflosser", 1), ("quastenflosser", 2), ("", 3)}
    often, unnamed = queries.empty_by_week()
    assert [(row.text, row.total) for row in often] == [("quastenflosser", 4)]
    assert unnamed == 3


@pytest.mark.parametrize(
    "typed",
    ["anna@example.org", "0171 5550123", "Musterstraße 12", "BB-XY 123", "DE02 1203 0000 0000 2020 51", "erika " * 20],
)
def test_what_points_to_a_person_is_only_counted_however_often_it_is_typed(typed):
    for days in range(5):
        actions.count_empty(typed=typed, on=clock.today() - timedelta(days=days))
    assert set(EmptySearch.objects.values_list("text", "mark", "count")) == {("", "", 1)}


def test_the_mark_of_a_text_does_not_tell_the_text():
    assert empty_searches.mark_of("anna") == empty_searches.mark_of("anna") != empty_searches.mark_of("anne")
    with override_settings(SECRET_KEY="another" * 8):
        other = empty_searches.mark_of("anna")
    assert other != empty_searches.mark_of("anna")


def test_what_found_nothing_is_forgotten_after_90_days():
    for days, text in ((91, "alt"), (89, "neu")):
        EmptySearch.objects.create(text=text, mark=text, day=clock.today() - timedelta(days=days))
    assert empty_searches.forget_old() == 1
    assert EmptySearch.objects.get().text == "neu"


def test_after_an_update_a_source_pushes_its_documents_once():
    pushed = []
    for made_as in ("1", "1", "2", "2"):
        actions.keep_current(name="offers", made_as=made_as, push_all=lambda: len(pushed.append(1) or pushed))
    assert len(pushed) == 2


def test_what_breaks_off_is_pushed_again():
    def breaks():
        raise OSError

    with pytest.raises(OSError):
        actions.keep_current(name="offers", made_as="1", push_all=breaks)
    assert actions.keep_current(name="offers", made_as="1", push_all=lambda: 7) == 7


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
