"""Addresses are found however they are spelled, and points are put into words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stadtplatz.city.spelling import distances, fold, number_key, street_key, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("spelling", ["Mühlstraße", "Muehlstrasse", "MUHLSTR.", "mühl str", "Mühl Straße", "Mühlstr"])
def test_all_spellings_of_a_street_are_one(spelling):
    assert street_key(spelling) == "muhlstr"


def test_numbers_lose_blanks_and_capitals_only():
    assert number_key("5 A") == number_key("5a") == "5a"
    assert number_key("33/1") != number_key("331")
    assert words("Hindenburgstr.5a") == ["hindenburgstr", "5a"]
    assert fold("Groß-Ärger") == "gross-arger"


@pytest.mark.parametrize(
    ("one", "other", "whole", "beginning"),
    [
        ("markt", "markt", 0, 0),
        ("mrakt", "markt", 1, 1),
        ("mark", "marktplatz", 6, 0),
        ("markkt", "markt", 1, 1),
        ("mort", "markt", 2, 2),
        ("", "markt", 5, 0),
    ],
)
def test_letters_apart_are_counted_with_neighbours_swapped_as_one(one, other, whole, beginning):
    assert distances(one, other) == (whole, beginning)


@pytest.mark.parametrize("query", [{"lon": "x", "lat": "1"}, {"lon": "999", "lat": "0"}, {"q": "<script>"}, {}])
def test_impossible_questions_get_an_empty_answer(client, query):
    answer = client.get("/adressen/", {**query, "format": "json"})
    assert answer.json() == {"results": []}


def test_who_asks_too_often_waits_and_nothing_is_written(client):
    with CaptureQueriesContext(connection) as seen:
        codes = [client.get("/adressen/", {"q": "x", "format": "json"}).status_code for _ in range(180)]
    assert codes[0] == 200
    assert 429 in codes
    assert {query["sql"].split()[0] for query in seen} <= {"SELECT"}
