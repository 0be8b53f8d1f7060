"""The whole demo town, imported once and only read here: addresses, points, districts, duties."""

import statistics
import time

import pytest

from stadtplatz.accounts.models import Person
from stadtplatz.city import pack as city_pack
from stadtplatz.city.models import Address, District, Duty
from stadtplatz.city.queries import find_addresses, responsible_for, spot
from stadtplatz.city.tests.address_questions import measure, questions
from stadtplatz.kit import packs

pytestmark = pytest.mark.django_db


def test_two_hundred_questions_are_answered_among_the_first_three_and_quickly(demo_town):
    by_kind, spent, failed = measure(list(questions(210)), clock=time.process_time)
    right, asked = map(sum, zip(*by_kind.values(), strict=True))
    assert right / asked >= 0.95, [question.text for question in failed]
    assert statistics.median(spent) < 20


def test_the_town_and_its_postcode_may_stand_anywhere(demo_town):
    for text in ("Hindenburgstr. 5 Herrenberg", "Herrenberg, Hindenburgstr. 5", "71083 Herrenberg Hindenburgstr 5"):
        assert find_addresses(text)[0].label.startswith("Hindenburgstraße 5, 71083 Herrenberg")


def test_a_number_that_does_not_exist_still_finds_the_street(demo_town):
    hit = find_addresses("Hindenburgstraße 9999")[0]
    assert (hit.street, hit.house_number, hit.address_id) == ("Hindenburgstraße", "", None)


@pytest.mark.parametrize("text", ["", " ", "5", "71083", "%_'\";--", "x" * 5_000, "\u0000", "Straße", "str. 5"])
def test_nonsense_finds_little_and_breaks_nothing(demo_town, text):
    assert len(find_addresses(text)) <= 8


def test_a_point_at_a_door_is_that_address_and_one_in_the_street_is_near_it(demo_town):
    door = Address.objects.filter(street__name="Hindenburgstraße", house_number="5").get()
    assert spot(door.lon, door.lat).address == door
    assert spot(door.lon, door.lat).label == "Hindenburgstraße 5, Herrenberg Kernstadt"


def test_a_point_in_the_woods_is_told_by_its_coordinates_and_beyond_the_border_is_outside(demo_town):
    assert spot(9.5, 48.2).label == "48.20000, 9.50000"
    assert not spot(9.5, 48.2).inside


def test_the_villages_of_the_town_are_its_districts(demo_town):
    names = set(District.objects.values_list("name", flat=True))
    assert {"Gültstein", "Kuppingen", "Haslach", "Herrenberg Kernstadt"} <= names
    assert set(District.objects.filter(approximate=False).values_list("name", flat=True)) == {"Haslach", "Kuppingen"}


def test_suggestions_come_as_json_as_fragment_and_as_page(demo_town, client):
    answer = client.get("/adressen/", {"q": "hindenburgstr 5"}, headers={"Accept": "application/json"})
    assert answer.json()["results"][0]["label"].startswith("Hindenburgstraße 5")
    fragment = client.get("/adressen/", {"q": "hindenburgstr 5"}, headers={"HX-Request": "true"})
    assert "<html" not in fragment.text
    page = client.get("/adressen/", {"q": "hindenburgstr 5"})
    assert "© OpenStreetMap contributors" in page.text
    assert "Stand April 2020" in page.text


def test_a_point_is_answered_with_its_address(demo_town, client):
    door = Address.objects.filter(street__name="Hindenburgstraße", house_number="5").get()
    answer = client.get("/adressen/", {"lon": door.lon, "lat": door.lat, "format": "json"})
    assert answer.json()["results"][0]["address_id"] == door.pk


def test_the_demo_towns_pack_is_in_order(demo_town):
    assert city_pack.check(packs.folder_of("herrenberg")) == []
    assert not demo_town.notes
    names = Person.objects.filter(unit_memberships__isnull=False).values_list("name", flat=True)
    assert names
    assert all("(erfunden)" in name for name in names)
    emails = Person.objects.filter(unit_memberships__isnull=False).values_list("email", flat=True)
    assert all(email.endswith("@example.org") for email in emails)


def test_the_demo_town_answers_for_every_duty_and_has_somebody_away(demo_town):
    for code in Duty.objects.exclude(code="*").values_list("code", flat=True):
        assert responsible_for(duty=code).person, code
    assert responsible_for(duty="roads.pothole").deputy_for
