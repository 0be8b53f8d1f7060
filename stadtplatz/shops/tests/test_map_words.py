"""Businesses of the map are found by the words people have for what the map calls them: in every town, without a word of it."""

import pytest

from stadtplatz.city.importer.tagging import further
from stadtplatz.city.models import Place
from stadtplatz.search import actions as search
from stadtplatz.search import queries
from stadtplatz.shops import categories, documents

PLACES = {
    "Dr. Siebrands": ("doctors", "paediatrics;general"), "Dr. Ukena": ("doctors", "dermatology"), "Dr. Wilken": ("dentist", ""),
    "Praxis Boekhoff": ("veterinary", ""), "Nord": ("fuel", ""), "Sparverein": ("bank", ""), "Poseidon": ("restaurant", "greek"),
    "Am Deich": ("supermarket", "EDEKA"), "Dirks": ("lawyer", ""), "Flink": ("key_cutter", ""),
}  # fmt: skip
ASKED = {
    "Kinderarzt": "Dr. Siebrands", "Hausarzt": "Dr. Siebrands", "hautarzt": "Dr. Ukena", "zahnartzt": "Dr. Wilken", "Tierarzt": "Praxis Boekhoff",
    "tanken": "Nord", "Geld abheben": "Sparverein", "griechisch essen": "Poseidon", "edeka": "Am Deich", "Rechtsanwältin": "Dirks",
    "Schlüsseldienst": "Flink",
}  # fmt: skip


@pytest.fixture(scope="module")
def town(standing):
    with standing():
        for number, (name, (word, more)) in enumerate(PLACES.items()):
            Place.objects.create(
                kind=Place.SERVICE, category=word, name=name, further=more, osm_type="n", osm_id=9_000 + number, lon=8.1, lat=53.5,
            )  # fmt: skip
        documents.push_places(Place.objects.filter(osm_id__gte=9_000).values_list("pk", flat=True))
        search.learn()
        yield


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "name"), ASKED.items())
def test_people_find_with_their_own_words_what_the_map_says_in_its(town, asked, name):
    assert queries.find(asked).hits[0].title == name


def test_what_the_map_says_further_is_kept_in_whole_values_and_without_the_name():
    tags = {
        "name": "Edeka Müller",
        "brand": "EDEKA",
        "healthcare:speciality": "general; eye",
        "cuisine": "pizza;" + "x" * 300,
    }
    assert further(tags) == "general;eye;pizza"


def test_words_for_the_map_are_no_brands_and_unknown_values_stay_out():
    assert categories.map_words("dentist", "EDEKA", "something_new", "") == ["Zahnarzt", "EDEKA", ""]
