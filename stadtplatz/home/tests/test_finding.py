"""Number and code open an errand; nothing is told about which of both was wrong."""

import pytest
from django.test import Client

from stadtplatz.home import device
from stadtplatz.kit.codes import new_number
from stadtplatz.kit.models import RateCounter

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    """A browser, which says where its requests come from."""
    return Client(headers={"sec-fetch-site": "same-origin"})


def test_a_number_in_the_link_leads_to_the_form_with_the_number_filled_in(client):
    number = new_number("A")
    answer = client.get(f"/v/{number}/")
    assert answer.status_code == 302
    assert number in client.get(answer["Location"]).content.decode()


def test_unknown_numbers_and_unreadable_ones_get_the_same_answer(client):
    known_shape = client.post("/finden/", {"number": new_number("A"), "code": "AB2C3D4E5F"})
    nonsense = client.post("/finden/", {"number": "kein Anliegen", "code": "AB2C3D4E5F"})
    words = "gehören nicht zusammen"
    assert words in known_shape.content.decode()
    assert words in nonsense.content.decode()
    assert known_shape.status_code == nonsense.status_code == 200


def test_after_five_tries_an_hour_the_door_stays_closed_and_what_was_typed_stays(client):
    typed = {"number": new_number("A"), "code": "AB2C3D4E5F"}
    for _ in range(5):
        assert client.post("/finden/", typed).status_code == 200
    answer = client.post("/finden/", typed)
    assert answer.status_code == 429
    assert typed["number"] in answer.content.decode()


def test_a_tampered_cookie_remembers_nothing(client):
    client.cookies[device.COOKIE] = "gefaelscht:abc:def"
    answer = client.get("/meine/")
    assert answer.status_code == 200
    assert "Auf diesem Gerät" not in answer.content.decode()


def test_forgetting_deletes_the_cookie(client):
    client.cookies[device.COOKIE] = "egal"
    answer = client.post("/meine/vergessen/")
    assert answer.cookies[device.COOKIE]["max-age"] == 0


def test_a_foreign_page_cannot_try_numbers_through_its_visitors():
    typed = {"number": new_number("A"), "code": "AB2C3D4E5F"}
    answer = Client(headers={"sec-fetch-site": "cross-site"}).post("/finden/", typed)
    assert answer.status_code == 403
    assert not RateCounter.objects.exists()  # not even counted as a try
