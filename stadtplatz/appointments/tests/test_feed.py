"""Our calendars in the programs of others: RFC 5545, no more said than the shop chose, gone when it is revoked."""

from datetime import UTC, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from stadtplatz.appointments import actions, ical
from stadtplatz.appointments.models import Appointment, Feed
from stadtplatz.appointments.tests.town import berlin, booked, chair, haircut, keeper, member, salon
from stadtplatz.kit import clock
from stadtplatz.kit.actors import LINK_HOLDER
from stadtplatz.kit.refusals import NotAllowed

pytestmark = pytest.mark.django_db
TITLE = "Schnitt, Farbe; Pflege\\Kur – für lange Haare, mit Beratung und einem sehr langen Namen dahinter"


@pytest.fixture
def shop():
    return salon(hours="Mo-Su 08:00-20:00; PH 08:00-20:00")


@pytest.fixture
def bea(shop):
    return chair(shop)


@pytest.fixture
def owner(shop):
    return member(shop)


def soon(hour=10, days=3):
    return f"{clock.today() + timedelta(days=days):%Y-%m-%d} {hour:02d}:00"


def read(client, feed):
    answer = client.get(feed.address)
    assert answer.status_code == 200
    assert answer["content-type"] == "text/calendar; charset=utf-8"
    return answer.content


def events(content):
    return {str(event["UID"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_an_appointment_stands_in_the_feed_in_utc_with_its_words_escaped_and_folded(client, shop, bea, owner):
    row = booked(haircut(shop, bea, title=TITLE), soon(), at=clock.now())
    content = read(client, actions.make_feed(shop=shop, by=owner))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.endswith(b"END:VCALENDAR\r\n")
    event = events(content)[f"termin-{row.number}@{ical.own_domain()}"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (row.starts_at, row.ends_at)
    assert f"DTSTART:{row.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}".encode() in content
    assert (str(event["STATUS"]), int(event["SEQUENCE"]), str(event["SUMMARY"])) == ("CONFIRMED", 1, f"belegt: {TITLE}")
    assert event["DTSTAMP"].dt == row.state_since.replace(microsecond=0)


@pytest.mark.parametrize(
    ("detail", "says"), [("busy", "belegt"), ("service", "belegt: Haarschnitt"), ("name", "Haarschnitt: Anna Beispiel")]
)
def test_names_are_told_only_where_the_shop_chose_it(client, shop, bea, owner, detail, says):
    booked(haircut(shop), soon(), note="Bitte nur die Spitzen.", at=clock.now())
    content = read(client, actions.make_feed(shop=shop, detail=detail, by=owner))
    assert [str(event["SUMMARY"]) for event in events(content).values()] == [says]
    for secret in ("anna@example.org", "Spitzen", *([] if detail == "name" else ["Anna"])):
        assert secret.encode() not in content


def test_moved_is_a_higher_sequence_and_cancelled_a_status(client, shop, bea, owner):
    feed = actions.make_feed(shop=shop, resource=bea, by=owner)
    row = booked(haircut(shop), soon(), at=clock.now())
    actions.move(row, starts_at=berlin(soon(12)), by=LINK_HOLDER)
    (event,) = events(read(client, feed)).values()
    assert (int(event["SEQUENCE"]), event["DTSTART"].dt) == (2, berlin(soon(12)))
    actions.advance(row, move="cancel", by=LINK_HOLDER)
    (event,) = events(read(client, feed)).values()
    assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (3, "CANCELLED")


def test_a_request_is_tentative_and_a_block_is_busy(client, shop, bea, owner):
    booked(haircut(shop, ask_first=True), soon(), at=clock.now())
    actions.block(resource=bea, starts_at=berlin(soon(15)), ends_at=berlin(soon(16)), note="Zahnarzt", by=owner)
    content = read(client, actions.make_feed(shop=shop, by=owner))
    assert sorted(str(event["STATUS"]) for event in events(content).values()) == ["CONFIRMED", "TENTATIVE"]
    assert b"Zahnarzt" not in content


def test_each_calendar_tells_only_its_own(client, shop, bea, owner):
    toni, service = chair(shop, "Toni"), haircut(shop)
    booked(service, soon(), resource=bea, at=clock.now())
    booked(service, soon(), resource=toni, email="bert@example.org", at=clock.now())
    assert len(events(read(client, actions.make_feed(shop=shop, resource=toni, by=owner)))) == 1
    assert len(events(read(client, actions.make_feed(shop=shop, by=owner)))) == 2


def test_a_program_that_knows_it_already_gets_nothing_new(client, shop, bea, owner, django_assert_max_num_queries):
    row = booked(haircut(shop), soon(), at=clock.now())
    feed = actions.make_feed(shop=shop, by=owner)
    etag = client.get(feed.address)["ETag"]
    with django_assert_max_num_queries(5):
        assert client.get(feed.address, headers={"if-none-match": etag}).status_code == 304
    actions.advance(row, move="cancel", by=LINK_HOLDER)
    assert client.get(feed.address, headers={"if-none-match": etag}).status_code == 200


def test_a_revoked_address_leads_nowhere(client, shop, owner):
    feed = actions.make_feed(shop=shop, by=owner)
    address = feed.address
    actions.revoke_feed(feed=feed, by=owner)
    assert client.get(address).status_code == 404
    assert client.get("/kalender/geraten.ics").status_code == 404


@pytest.mark.parametrize("who", ["packer", "other owner"])
def test_only_owner_and_staff_make_and_revoke_addresses(shop, owner, who):
    by = member(shop, "packer") if who == "packer" else member(salon("Anders", "anders"))
    feed = actions.make_feed(shop=shop, by=owner)
    with pytest.raises(NotAllowed):
        actions.make_feed(shop=shop, by=by)
    with pytest.raises(NotAllowed):
        actions.revoke_feed(feed=feed, by=by)
    assert Feed.objects.count() == 1


def test_the_page_makes_shows_and_revokes(shop, bea):
    browser = Client()
    browser.force_login(keeper(shop))
    side = "/laden/beispielschnitt/termine/verbinden/"
    browser.post(f"{side}adresse/", {"resource": bea.pk, "detail": "busy"})
    feed = Feed.objects.get()
    assert (feed.resource, feed.detail) == (bea, "busy")
    assert feed.secret in browser.get(side).content.decode()
    browser.post(f"{side}adresse/{feed.pk}/weg/")
    assert not Feed.objects.exists()
    stranger = Client()
    stranger.force_login(keeper(salon("Anders (erfunden)", "anders")))
    assert stranger.get(side).status_code == 404
    assert stranger.post(f"{side}adresse/", {"detail": "busy"}).status_code == 404
    assert not Feed.objects.exists()


def test_the_customers_file_says_where_and_whom_to_call(client, shop, bea):
    row = booked(haircut(shop), soon(), at=clock.now())
    (event,) = events(client.get(f"/termin/{row.secret}/termin.ics").content).values()
    assert "Marktplatz 5" in str(event["LOCATION"])
    assert "07032 000005" in str(event["DESCRIPTION"])
    assert Appointment.objects.get().number in str(event["UID"])
