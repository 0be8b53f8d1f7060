"""Open data and the weekly letter: public reports and nothing else."""

import csv
import json
from datetime import timedelta

import pytest

from stadtplatz.accounts.visitors import actor_for
from stadtplatz.city.models import District
from stadtplatz.kit.actors import ANONYMOUS
from stadtplatz.kit.refusals import NotAllowed
from stadtplatz.notifications.models import Message
from stadtplatz.tickets import actions
from stadtplatz.tickets.models import Category, OpenDataFile, WeeklyReader
from stadtplatz.tickets.tests.conftest import MONDAY

MONTH = timedelta(days=31)


@pytest.fixture
def public(report, worker):
    ticket = report("Loch, Frau Muster weiß mehr.")
    actions.release(ticket, text="Loch.", by=worker, at=MONDAY)
    return ticket


@pytest.fixture
def citizen(town):
    return actor_for(town.people.citizen)


def read(browser, ending="csv"):
    answer = browser().get(f"/anliegen/daten/anliegen-2026.{ending}")
    return b"".join(answer.streaming_content).decode() if answer.status_code == 200 else None


def test_the_files_hold_public_reports_in_the_columns_of_open311(
    browser, public, report, django_capture_on_commit_callbacks
):
    report("Geheim.")
    assert actions.refresh_open_data(at=MONDAY) == 2
    [row] = csv.DictReader(read(browser).splitlines())
    assert (row["service_request_id"], row["description"], row["status"]) == (public.case.number, "Loch.", "open")
    assert row["agency_responsible"] == "Tiefbauamt"
    assert row["requested_datetime"] == "2026-11-02T10:00:00+01:00"
    [same] = json.loads(read(browser, "json"))
    assert {key: str(value) for key, value in same.items()} == row
    assert "Muster" not in read(browser) + read(browser, "json")


def test_within_a_month_files_are_left_alone_and_then_made_anew(public):
    assert actions.refresh_open_data(at=MONDAY) == 2
    assert actions.refresh_open_data(at=MONDAY + timedelta(days=5)) == 0
    assert actions.refresh_open_data(at=MONDAY + MONTH) == 2


def test_what_is_no_longer_public_is_not_served_for_another_minute(browser, public, worker):
    actions.refresh_open_data(at=MONDAY)
    actions.unpublish(public, by=worker, at=MONDAY)
    assert read(browser) is None
    actions.refresh_open_data(at=MONDAY)
    assert public.case.number not in read(browser)


def test_a_rule_that_ends_takes_its_reports_out_of_the_files(town, report, browser):
    Category.objects.update(release=Category.AUTOMATIC)
    town.pothole.refresh_from_db()
    ticket = report()
    actions.refresh_open_data(at=MONDAY)
    Category.objects.update(release=Category.BY_STAFF)
    actions.refresh_open_data(at=MONDAY)
    assert ticket.case.number not in read(browser)
    assert OpenDataFile.objects.filter(rows=0).count() == 2


def test_the_page_names_files_and_licence(browser, public, at_noon):
    actions.refresh_open_data(at=MONDAY)
    page = browser().get("/anliegen/daten/").content.decode()
    assert "/anliegen/daten/anliegen-2026.csv" in page
    assert browser().get("/anliegen/daten/anliegen-1999.csv").status_code == 404


def test_on_monday_the_letter_names_what_became_public_and_what_was_closed(public, worker, citizen):
    actions.read_weekly([None], by=citizen, at=MONDAY - timedelta(days=3))
    actions.close(public, outcome="done", words="Gefüllt, Frau Muster.", by=worker, at=MONDAY + timedelta(days=1))
    actions.follow_case(public.__class__.objects.get(pk=public.pk))
    assert actions.send_weekly(at=MONDAY + timedelta(days=8)) == 1
    message = Message.objects.get(kind="weekly")
    assert public.case.number in message.text
    assert "Muster" not in message.text + message.html
    assert actions.send_weekly(at=MONDAY + timedelta(days=8)) == 0
    assert actions.send_weekly(at=MONDAY + timedelta(days=15)) == 0, "a week without news costs no letter"


def test_the_letter_of_a_part_of_town_holds_that_part_alone(public, citizen):
    part = District.objects.create(slug="mitte", name="Mitte", lon=8.87, lat=48.6, west=8, east=9, south=48, north=49)
    actions.read_weekly([part], by=citizen, at=MONDAY - timedelta(days=3))
    assert actions.send_weekly(at=MONDAY + timedelta(days=8)) == 0
    assert not Message.objects.filter(kind="weekly").exists()


def test_letters_are_for_people_who_asked(browser, town, citizen):
    with pytest.raises(NotAllowed):
        actions.read_weekly([None], by=ANONYMOUS)
    assert browser().post("/anliegen/woechentlich/", {"teil": "alle"}).status_code == 302
    assert not WeeklyReader.objects.exists()
    visitor = browser(town.people.citizen)
    visitor.post("/anliegen/woechentlich/", {"teil": "alle"})
    visitor.post("/anliegen/woechentlich/", {"teil": "alle"})
    assert WeeklyReader.objects.get().person == town.people.citizen
    visitor.post("/anliegen/woechentlich/", {})
    assert not WeeklyReader.objects.exists()


def test_a_part_of_town_has_a_page_of_public_reports(browser, public, report, at_noon, django_assert_max_num_queries):
    part = District.objects.create(slug="mitte", name="Mitte", lon=8.87, lat=48.6, west=8, east=9, south=48, north=49)
    public.publication.__class__.objects.update(district=part)
    with django_assert_max_num_queries(10):
        page = browser().get("/anliegen/stadtteil/mitte/").content.decode()
    assert public.case.number in page
    assert browser().get("/anliegen/stadtteil/nirgends/").status_code == 404
