"""List, map, page and feed for everybody: only what is public, quickly, and nothing of the reporter."""

from datetime import timedelta

import pytest

from stadtplatz.cases.actions import Hand
from stadtplatz.city.models import District
from stadtplatz.kit import clock, geo
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.tickets import actions, queries
from stadtplatz.tickets.actions import PastReport
from stadtplatz.tickets.models import Category, Publication
from stadtplatz.tickets.queries.public import Filters, published
from stadtplatz.tickets.tests.conftest import MONDAY, PLACE

TOWN = {"west": "8.80", "south": "48.50", "east": "8.95", "north": "48.65"}
ALL = Filters(state="alle")


@pytest.fixture(autouse=True)
def _today(at_noon):
    """Everything here happens on that Monday."""


@pytest.fixture
def by_rule(town):
    Category.objects.update(release=Category.AUTOMATIC)
    town.pothole.refresh_from_db()
    town.tree.refresh_from_db()


@pytest.fixture
def public(by_rule, report):
    return report("Tiefes Loch vor der Bäckerei, Fragen an 07032/924123.")


def test_the_list_shows_public_reports_and_no_other(browser, public, report, town):
    Category.objects.filter(pk=town.tree.pk).update(release=Category.BY_STAFF)
    hidden = report("Geheimer Baum.", category=Category.objects.get(pk=town.tree.pk))
    page = browser().get("/anliegen/liste/").content.decode()
    assert public.case.number in page
    assert hidden.case.number not in page
    assert "924123" not in page


def test_both_ways_of_asking_agree_on_what_is_public(by_rule, town, report, worker):
    made = [report(category=category) for category in (town.pothole, town.tree) for _ in range(3)]
    Category.objects.filter(pk=town.tree.pk).update(release=Category.BY_STAFF)
    actions.unpublish(made[0], by=worker)
    actions.release(made[1], text="Von Hand.", by=worker)
    assert set(published().values_list("ticket", flat=True)) == set(queries.visible().values_list("pk", flat=True))
    assert published().count() == 2
    Category.objects.filter(pk=town.pothole.pk).update(release=Category.NEVER)
    assert not published().exists()
    assert not queries.visible().exists()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "Löcher"}, 0), ({"q": "Loch"}, 1), ({"q": "loch baeckerei"}, 1), ({"q": "Bäckereien"}, 1), ({"q": "Baum"}, 1),
        ({"kategorie": "green"}, 1), ({"kategorie": "unbekannt"}, 0), ({"status": "erledigt"}, 0), ({"status": "offen"}, 2),
        ({"status": "quatsch"}, 2), ({"zeit": "7"}, 2), ({"zeit": "x"}, 2), ({"bezirk": "mitte"}, 0), ({}, 2),
    ],
)  # fmt: skip
def test_filters(public, report, town, asked, found):
    report("Ein Ast am Baum.", category=town.tree)
    assert queries.public_list(Filters.of(asked)).page.paginator.count == found


def test_by_part_of_town(public):
    part = District.objects.create(slug="mitte", name="Mitte", lon=8.87, lat=48.6, west=8, east=9, south=48, north=49)
    Publication.objects.update(district=part)
    assert queries.public_list(Filters(district="mitte")).page.paginator.count == 1


def test_old_closed_reports_stay_out_unless_asked_for(public):
    Publication.objects.update(open=False, received_at=clock.now() - timedelta(days=100))
    assert queries.public_list(Filters()).page.paginator.count == 0
    assert queries.public_list(ALL).page.paginator.count == 1


def test_a_report_has_its_page_without_anything_of_the_reporter(browser, public, worker):
    actions.write(public, body="Liebe Frau Muster, wir kommen.", by=worker, at=MONDAY)
    actions.close(public, outcome="done", words="Frau Muster, es ist gefüllt.", by=worker, at=MONDAY)
    page = browser().get(f"/anliegen/oeffentlich/{public.case.number}/").content.decode()
    assert "Tiefes Loch vor der Bäckerei" in page
    assert "[Telefonnummer entfernt]" in page
    assert "Erledigt" in page
    for hidden in ("924123", "Muster", public.case.secret, "worker@example.org", "Worker", public.case.typed_code):
        assert hidden not in page


@pytest.mark.parametrize("number", ["A-222-2222", "unsinn", "A-4K7-MX2P"])
def test_what_is_not_public_is_not_found(browser, ticket, number):
    for asked in (number, ticket.case.number):
        assert browser().get(f"/anliegen/oeffentlich/{asked}/").status_code == 404


def test_a_released_picture_is_served_while_the_report_is_public(browser, report, worker):
    from stadtplatz.tickets.tests.test_publication import photo_of

    ticket, document = photo_of(report)
    actions.release(ticket, text="Mit Bild.", by=worker, pictures=[actions.Picture(document, words="Ein Loch")])
    photo = Publication.objects.get().photos.get()
    address = f"/anliegen/oeffentlich/{ticket.case.number}/foto/{photo.pk}/"
    assert browser().get(address).status_code == 200
    assert "Ein Loch" in browser().get(f"/anliegen/oeffentlich/{ticket.case.number}/").content.decode()
    actions.unpublish(ticket, by=worker)
    assert browser().get(address).status_code == 404


def test_the_map_names_few_reports_and_counts_many(browser, by_rule, report, public):
    answer = browser().get("/anliegen/karte/daten/", {**TOWN, "zoom": "13"}).json()
    assert [f["properties"]["number"] for f in answer["features"]] == [public.case.number]
    for _ in range(3):
        report(place=(PLACE[0] + 0.00001, PLACE[1]))
    answer = browser().get("/anliegen/karte/daten/", {**TOWN, "zoom": "13"}).json()
    assert [f["properties"] for f in answer["features"]] == [{"count": 4}]
    assert answer["total"] == 4


@pytest.mark.parametrize("zoom", range(20))
def test_at_no_zoom_a_report_is_lost_or_doubled(by_rule, report, zoom):
    for place in ((8.87, 48.6), (8.8701, 48.6001), (8.8705, 48.6004), (8.89, 48.61), (8.94, 48.64)):
        report(place=place)
    found = queries.map_data(geo.Bounds(8.8, 48.5, 8.95, 48.65), zoom, ALL)
    assert found["total"] == 5
    assert sum(feature["properties"].get("count", 1) for feature in found["features"]) == 5


def test_the_map_shows_nothing_outside_the_view(public):
    assert queries.map_data(geo.Bounds(8.0, 48.0, 8.5, 48.5), 13, ALL)["total"] == 0


@pytest.mark.parametrize(
    "asked",
    [{}, {**TOWN}, {**TOWN, "zoom": "x"}, {**TOWN, "zoom": "3", "west": "nan"}, {**TOWN, "zoom": "3", "west": "9"}],
)
def test_a_view_that_is_none_is_refused_with_words(browser, db, asked):
    answer = browser().get("/anliegen/karte/daten/", asked)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_the_feed_reads_as_atom_and_knows_parts_of_town(browser, public):
    part = District.objects.create(slug="mitte", name="Mitte", lon=8.87, lat=48.6, west=8, east=9, south=48, north=49)
    answer = browser().get("/anliegen/feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert public.case.number in answer.content.decode()
    assert public.case.number not in browser().get("/anliegen/feed/mitte.atom").content.decode()
    Publication.objects.update(district=part)
    assert public.case.number in browser().get("/anliegen/feed/mitte.atom").content.decode()
    assert browser().get("/anliegen/feed/anderswo.atom").status_code == 404


@pytest.mark.parametrize("address", ["/anliegen/liste/", "/anliegen/karte/", "/en/anliegen/liste/"])
def test_pages_need_few_queries_whether_few_or_many(browser, by_rule, town, django_assert_max_num_queries, address):
    past = PastReport("Loch.", town.pothole, Hand(town.roads), MONDAY, PLACE, public_text="Loch.")
    for count in (1, 25):
        actions.import_reports([past] * count, source="Altstadt", by=SYSTEM)
        browser().get(address)  # what seldom changes is at hand from now on
        with django_assert_max_num_queries(10):
            assert browser().get(address, {"status": "alle"}).status_code == 200


def test_a_report_page_needs_few_queries(browser, public, worker, django_assert_max_num_queries):
    actions.close(public, outcome="done", words="Gefüllt.", by=worker, at=MONDAY)
    browser().get("/anliegen/liste/")  # what seldom changes is at hand from now on
    with django_assert_max_num_queries(12):
        browser().get(f"/anliegen/oeffentlich/{public.case.number}/")


def test_a_duplicate_leads_to_the_first_report_if_that_is_public(browser, public, report, worker):
    again = report("Noch einmal das Loch.")
    actions.close(again, outcome="duplicate", words="Schon bekannt.", duplicate_of=public, by=worker, at=MONDAY)
    address = f"/anliegen/oeffentlich/{again.case.number}/"
    assert f"/anliegen/oeffentlich/{public.case.number}/" in browser().get(address).content.decode()
    actions.unpublish(public, by=SYSTEM)
    assert f"/anliegen/oeffentlich/{public.case.number}/" not in browser().get(address).content.decode()


def test_the_sitemap_names_public_pages_alone(browser, public, ticket, worker):
    actions.unpublish(ticket, by=worker)
    answer = browser().get("/anliegen/sitemap.xml")
    assert answer["Content-Type"].startswith("application/xml")
    assert public.case.number in answer.content.decode()
    assert ticket.case.number not in answer.content.decode()
