"""The map comes from any extract: what is found, what stays, what is gone."""

from datetime import UTC, date, datetime

import pytest

from stadtplatz.audit.models import Record
from stadtplatz.city.actions import hide_place, import_map
from stadtplatz.city.importer.reading import MapBroken
from stadtplatz.city.importer.run import Told
from stadtplatz.city.models import Address, Asset, District, MapState, Place, Street
from stadtplatz.city.queries import inside_town, places, spot
from stadtplatz.city.tests.towns import LAT, LON, STEP, Extract, small_town
from stadtplatz.kit.actors import ANONYMOUS, SYSTEM
from stadtplatz.kit.refusals import NotAllowed

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)


def take_in(extract, name="Kleinstadt", **told):
    return import_map(extract=extract.write(), told=Told(name, **told), by=SYSTEM, at=NOON)


def at(x: float, y: float) -> tuple[float, float]:
    return LON + x * STEP, LAT + y * STEP


@pytest.fixture
def extract(tmp_path):
    return small_town(tmp_path / "town.osm.pbf")


def test_the_town_is_what_bears_its_name_and_the_neighbour_stays_outside(extract):
    take_in(extract)
    assert set(Street.objects.values_list("name", flat=True)) == {"Hauptstraße", "Mühlenweg"}
    assert Address.objects.count() == 16
    assert [place.name for place in places("shop")] == ["Bäckerei Korn"]
    assert Asset.objects.get().kind == "bench"
    assert inside_town(*at(2, 1))
    assert not inside_town(*at(31, 1))


def test_opening_hours_and_the_day_of_the_data_are_kept_as_they_stand(extract):
    take_in(extract)
    bakery = Place.objects.get(name="Bäckerei Korn")
    assert bakery.opening_hours == "Mo-Sa 06:00-12:00"
    assert bakery.data_date == MapState.objects.get().data_date == date(2024, 5, 6)


def test_a_second_import_changes_nothing_and_keeps_every_id(extract):
    take_in(extract)
    before = [list(model.objects.order_by("pk").values()) for model in (Street, Address, Place, Asset, District)]
    report = take_in(extract)
    assert report.is_empty
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Street, Address, Place, Asset, District)
    ]


def test_one_fact_tells_the_whole_import(extract):
    take_in(extract)
    fact = Record.objects.get(verb="city.map_imported")
    assert fact.keys == {"created": 20, "changed": 0, "gone": 0, "data_date": "2024-05-06"}


def test_what_has_vanished_is_marked_gone_and_comes_back_with_its_id(extract, tmp_path):
    take_in(extract)
    bakery = Place.objects.get(name="Bäckerei Korn")
    smaller = small_town(tmp_path / "next.osm.pbf")
    smaller._nodes = [node for node in smaller._nodes if node.id not in {700, 702}]
    report = take_in(smaller)
    assert report.removed == ["places: 1", "assets: 1"]
    assert list(places("shop")) == []
    assert Place.objects.get(pk=bakery.pk).gone_at == NOON
    take_in(extract)
    assert [place.pk for place in places("shop")] == [bakery.pk]


def test_a_place_hidden_by_people_stays_hidden_after_the_next_import(extract):
    take_in(extract)
    bakery = Place.objects.get(name="Bäckerei Korn")
    hide_place(place=bakery, by=SYSTEM, version=bakery.version)
    extract.node(6, 1, 705, shop="books", name="Buchladen")
    take_in(extract)
    assert [place.name for place in places("shop")] == ["Buchladen"]


def test_a_stranger_hides_nothing(extract):
    take_in(extract)
    bakery = Place.objects.get(name="Bäckerei Korn")
    with pytest.raises(NotAllowed):
        hide_place(place=bakery, by=ANONYMOUS, version=bakery.version)
    assert Place.objects.get(pk=bakery.pk).hidden_at is None


def test_a_renamed_street_keeps_its_id(extract, tmp_path):
    take_in(extract)
    street = Street.objects.get(name="Mühlenweg")
    renamed = Extract(tmp_path / "renamed.osm.pbf")
    renamed.street("Hauptstraße", 0, range(1, 9), first=100, addr__city="Kleinstadt")
    renamed.street("Müllerweg", 3, range(1, 9), first=300, addr__city="Kleinstadt")
    take_in(renamed)
    assert Street.objects.get(pk=street.pk).name == "Müllerweg"
    assert Address.objects.filter(street=street, gone_at=None).count() == 8


def test_a_whole_border_decides_even_without_any_city_in_the_addresses(tmp_path):
    extract = Extract(tmp_path / "whole.osm.pbf")
    extract.box(-1, -1, 20, 20, boundary="administrative", admin_level="8", name="Kleinstadt")
    extract.box(-1, -1, 20, 1, boundary="administrative", admin_level="9", name="Süd")
    extract.street("Hauptstraße", 0, range(1, 5))
    extract.street("Nordweg", 5, range(1, 5))
    extract.street("Jenseits", 25, range(1, 5))
    take_in(extract)
    assert set(Street.objects.values_list("name", flat=True)) == {"Hauptstraße", "Nordweg"}
    assert not MapState.objects.get().area_approximate
    south = District.objects.get(name="Süd")
    assert (south.approximate, south.source, south.level) == (False, "boundary", 9)
    assert spot(*at(1.5, 0.1)).district == south
    assert not inside_town(*at(1, 25))


def test_villages_inside_the_border_of_a_larger_town_are_its_districts(tmp_path):
    extract = Extract(tmp_path / "large.osm.pbf")
    extract.box(-1, -1, 20, 20, boundary="administrative", admin_level="6", name="Kleinstadt")
    extract.box(-1, -1, 20, 5, boundary="administrative", admin_level="8", name="Dorf")
    extract.box(-1, -1, 10, 2, boundary="administrative", admin_level="9", name="Weiler")
    extract.street("Hauptstraße", 0, range(1, 5))
    take_in(extract)
    hamlet = District.objects.get(name="Weiler")
    assert hamlet.parent == District.objects.get(name="Dorf")
    assert spot(*at(1.5, 0.1)).district == hamlet


def test_suburbs_of_the_addresses_become_approximate_districts(tmp_path):
    extract = Extract(tmp_path / "suburbs.osm.pbf")
    extract.street("Hauptstraße", 0, range(1, 9), addr__city="Kleinstadt")
    extract.street("Dorfstraße", 12, range(1, 9), addr__city="Kleinstadt", addr__suburb="Hinterdorf")
    take_in(extract, core_district="Altstadt")
    assert set(District.objects.values_list("name", "approximate")) == {("Altstadt", True), ("Hinterdorf", True)}
    assert spot(*at(1.5, 12.1)).district.name == "Hinterdorf"
    assert Street.objects.get(name="Hauptstraße").district.name == "Altstadt"


def test_without_suburbs_the_nearest_named_settlement_gives_the_district(tmp_path):
    extract = Extract(tmp_path / "places.osm.pbf")
    extract.node(3, 0, place="village", name="Unterdorf")
    extract.node(3, 12, place="village", name="Oberdorf")
    extract.street("Hauptstraße", 0, range(1, 9), addr__city="Kleinstadt")
    extract.street("Bergstraße", 12, range(1, 9), addr__city="Kleinstadt")
    take_in(extract)
    assert Street.objects.get(name="Bergstraße").district.name == "Oberdorf"
    assert District.objects.get(name="Unterdorf").source == "place"


def test_an_extract_without_any_city_and_border_is_taken_whole(tmp_path):
    extract = Extract(tmp_path / "bare.osm.pbf")
    extract.street("Hauptstraße", 0, range(1, 5))
    take_in(extract)
    assert Address.objects.count() == 4
    assert inside_town(0.0, 0.0)


def test_houses_may_be_nodes_areas_and_multipolygons_and_stand_at_a_place(tmp_path):
    extract = Extract(tmp_path / "shapes.osm.pbf")
    here = {"addr:city": "Kleinstadt"}
    extract.node(0, 0, **here, addr__place="Lindenhof", addr__housenumber="1")
    extract.way(
        [(2, 0), (3, 0), (3, 1)], closed=True, building="yes", addr__street="Am Tor", addr__housenumber="2;3a", **here
    )
    extract.box(5, 0, 6, 1, building="yes", addr__street="Am Tor", addr__housenumber="4 B", **here)
    extract.box(8, 0, 9, 1, 77, shop="supermarket", name="Markt am Tor")
    take_in(extract)
    assert {str(row) for row in Address.objects.all()} == {"Lindenhof 1", "Am Tor 2", "Am Tor 3a", "Am Tor 4 B"}
    assert Street.objects.get(name="Lindenhof").road_class == "place"
    shop = Place.objects.get(name="Markt am Tor")
    assert (shop.osm_type, shop.osm_id) == ("r", 77)
    assert (shop.lon, shop.lat) == pytest.approx(at(8.5, 0.5), abs=STEP)


def test_a_number_that_stands_on_house_and_shop_is_one_address(tmp_path):
    extract = Extract(tmp_path / "doubled.osm.pbf")
    here = {"addr:city": "Kleinstadt", "addr:street": "Am Tor", "addr:housenumber": "1"}
    extract.node(0, 0, shop="books", name="Buchladen", **here)
    extract.way([(0, 0), (1, 0), (1, 1)], closed=True, building="yes", **here)
    take_in(extract)
    assert Address.objects.get().osm_type == "w"


def test_broken_outlines_and_cut_ways_are_left_out_and_counted(tmp_path):
    extract = small_town(tmp_path / "broken.osm.pbf")
    crossed = extract.way([(0, 10), (1, 11), (1, 10), (0, 11)], closed=True)
    extract.relation([crossed], 88, type="multipolygon", shop="books", name="Verdreht")
    extract.relation([999_999], 89, type="boundary", boundary="administrative", admin_level="8", name="Kleinstadt")
    extract.way_of([5_555_555, 5_555_556], highway="residential", name="Ohne Ort")
    take_in(extract)
    assert not Place.objects.filter(name="Verdreht").exists()
    assert not Street.objects.filter(name="Ohne Ort").exists()
    assert Address.objects.count() == 16


def test_one_name_on_both_sides_of_a_district_line_is_one_street(tmp_path):
    extract = Extract(tmp_path / "line.osm.pbf")
    here = {"addr__city": "Kleinstadt"}
    extract.street("Langer Weg", 0, range(1, 13), **here, addr__suburb="West")
    extract.street("Langer Weg", 0, range(13, 25), start=12, **here, addr__suburb="Ost")
    extract.street("Kurzer Weg", 0, range(1, 8), start=100, **here, addr__suburb="Ost")
    extract.street("Kurzer Weg", 60, range(1, 8), **here, addr__suburb="West")
    take_in(extract)
    assert Street.objects.filter(name="Langer Weg").count() == 1
    assert Street.objects.filter(name="Kurzer Weg").count() == 2


@pytest.mark.parametrize("content", [b"", b"no map at all"])
def test_a_file_that_is_no_extract_is_refused_and_nothing_changes(extract, tmp_path, content):
    take_in(extract)
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(content)
    with pytest.raises(MapBroken):
        import_map(extract=broken, told=Told("Kleinstadt"), by=SYSTEM, at=NOON)
    assert Address.objects.filter(gone_at=None).count() == 16


def test_an_empty_extract_does_not_empty_the_town(extract, tmp_path):
    take_in(extract)
    with pytest.raises(MapBroken):
        take_in(Extract(tmp_path / "empty.osm.pbf"))
    assert Address.objects.filter(gone_at=None).count() == 16


def test_an_extract_of_another_town_is_refused_and_says_which_it_shows(extract):
    with pytest.raises(MapBroken, match="Kleinstadt"):
        take_in(extract, name="Großstadt")
    assert not Address.objects.exists()


def test_an_extract_that_lost_half_the_town_is_refused_unless_it_is_meant(tmp_path):
    whole = Extract(tmp_path / "whole.osm.pbf")
    for row in range(13):
        whole.street(f"Straße {row}", row, range(1, 10), addr__city="Kleinstadt")
    take_in(whole)
    half = Extract(tmp_path / "half.osm.pbf")
    half.street("Straße 1", 1, range(1, 10), addr__city="Kleinstadt")
    with pytest.raises(MapBroken, match="117"):
        take_in(half)
    assert Address.objects.filter(gone_at=None).count() == 117
    take_in(half, allow_shrinking=True)
    assert Address.objects.filter(gone_at=None).count() == 9


def test_links_of_places_lead_to_the_web_or_nowhere(tmp_path):
    extract = small_town(tmp_path / "links.osm.pbf")
    extract.node(4, 1, 710, shop="books", name="Gut", website="buch.example")
    extract.node(5, 1, 711, shop="books", name="Schlecht", website="javascript:alert(1)")
    take_in(extract)
    assert Place.objects.get(name="Gut").website == "https://buch.example"
    assert Place.objects.get(name="Schlecht").website == ""
