"""The filter box above a list finds words however their capitals and umlauts are written, on either database."""

import pytest

from stadtplatz.city.models import Place
from stadtplatz.kit.containing import contains, spellings

NAMES = ("Ölmühle am Bach", "GÄRTNEREI GRÜN", "Strassenbau Groß", "Café 100 %", "Oelhändler Öhm", "Bad_Stube")


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield [
            Place.objects.create(
                name=name, kind=Place.SHOP, osm_type="n", osm_id=number, lon=8.8, lat=48.6, data_date="2026-01-01"
            )
            for number, name in enumerate(NAMES, 900_001)
        ]
        Place.objects.filter(osm_id__gt=900_000).delete()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ölmühle", [0]),
        ("ÖLMÜHLE", [0]),
        ("oelmuehle", [0]),
        ("öl", [0, 4]),
        ("gärtnerei", [1]),
        ("grün gärt", [1]),
        ("straßenbau", [2]),
        ("gross", [2]),
        ("100 %", [3]),
        ("bad_s", [5]),
        ("d_s", [5]),
        ("café", [3]),
        ("bach gibtesnicht", []),
        ("", [0, 1, 2, 3, 4, 5]),
        ("\x00", [0, 1, 2, 3, 4, 5]),
    ],
)
@pytest.mark.django_db
def test_a_name_is_found_however_it_is_typed(town, typed, found):
    rows = Place.objects.filter(contains(typed, "name"), pk__in=[place.pk for place in town]).order_by("osm_id")
    assert list(rows) == [town[at] for at in found]


def test_a_word_without_umlauts_is_asked_for_once():
    assert spellings("Brezel") == ["brezel"]
