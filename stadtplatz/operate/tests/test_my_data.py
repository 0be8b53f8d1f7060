"""People see, take along and erase their own data."""

import pytest

from stadtplatz.accounts.actions import create_person, join_guests, leave_contact
from stadtplatz.accounts.models import Guest, Person

pytestmark = pytest.mark.django_db
PASSWORD = "ein langer Satz am Morgen"


@pytest.fixture
def erika(client) -> Person:
    leave_contact(name="Erika Muster", email="erika@example.org", phone="07032 1")
    person = create_person(email="erika@example.org", name="Erika Muster", password=PASSWORD)
    join_guests(person)
    client.force_login(person)
    return person


def _shows_who_she_is(client) -> None:
    client.post("/konto/reauthenticate/", {"password": PASSWORD})


def test_the_file_holds_what_is_kept(client, erika):
    assert client.get("/konto/daten/").status_code == 200
    assert client.get("/konto/daten/datei/").status_code == 302, "first she types her password again"
    _shows_who_she_is(client)
    answer = client.get("/konto/daten/datei/")
    assert "attachment" in answer["Content-Disposition"]
    assert answer.json()["accounts"][0]["guest_contacts"][0]["phone"] == "07032 1"


def test_erasing_asks_twice_and_says_what_stays(client, erika):
    client.post("/konto/daten/geloescht/", {"sure": "yes"})
    assert Person.objects.get().name == "Erika Muster", "without typing the password again nothing happens"
    _shows_who_she_is(client)
    assert client.post("/konto/daten/geloescht/").status_code == 422
    assert Person.objects.get().name == "Erika Muster"
    answer = client.post("/konto/daten/geloescht/", {"sure": "yes"})
    assert "Art. 17" in answer.text
    assert (Person.objects.get().name, Guest.objects.get().phone) == ("", "")
    assert client.get("/konto/").status_code == 302


def test_strangers_are_led_to_sign_in(client):
    for address in ("", "datei/", "loeschen/"):
        assert client.get(f"/konto/daten/{address}").url.startswith("/konto/login/")
