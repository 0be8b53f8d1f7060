"""A calendar from elsewhere: its busy times make requests, what cannot be read makes everything a request, and nobody is attacked by it."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from stadtplatz.appointments import actions, flow, foreign, queries
from stadtplatz.appointments.models import Appointment, ForeignCalendar, ForeignEvent
from stadtplatz.appointments.tests.town import MONDAY, berlin, booked, chair, haircut, member, salon
from stadtplatz.kit import clock
from stadtplatz.kit.refusals import ActionRefused, NotAllowed
from stadtplatz.kit.tests import internet

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//DE\r\n"
ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nTZOFFSETFROM:+0100\r\n"
    "TZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
)


def event(*lines, uid="a"):
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\n" + "".join(f"{line}\r\n" for line in lines) + "END:VEVENT\r\n"


def calendar(*events):
    return (HEAD + ZONE + "".join(events) + "END:VCALENDAR\r\n").encode()


def busy(*events, at=MONDAY):
    return [
        (f"{clock.local(begin):%m-%d %H:%M}", f"{clock.local(end):%m-%d %H:%M}")
        for begin, end in foreign.busy_times(calendar(*events), at=at)
    ]


ZOOM = "DTSTART;TZID=Europe/Berlin:20270112T100000"
TO_11 = "DTEND;TZID=Europe/Berlin:20270112T110000"


@pytest.mark.parametrize(
    ("lines", "times"),
    [
        ((ZOOM, TO_11), [("01-12 10:00", "01-12 11:00")]),
        ((ZOOM, "DURATION:PT30M"), [("01-12 10:00", "01-12 10:30")]),
        (("DTSTART:20270112T090000Z", "DTEND:20270112T100000Z"), [("01-12 10:00", "01-12 11:00")]),
        (("DTSTART:20270112T100000", "DTEND:20270112T110000"), [("01-12 10:00", "01-12 11:00")]),
        (("DTSTART;VALUE=DATE:20270112",), [("01-12 00:00", "01-13 00:00")]),
        (("DTSTART;VALUE=DATE:20270112", "DTEND;VALUE=DATE:20270114"), [("01-12 00:00", "01-14 00:00")]),
        ((ZOOM, TO_11, "STATUS:CANCELLED"), []),
        ((ZOOM, TO_11, "TRANSP:TRANSPARENT"), []),
        (("DTSTART:20200112T100000Z", "DTEND:20200112T110000Z"), []),
        ((ZOOM, TO_11, "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20270119T100000"), [("01-12 10:00", "01-12 11:00"), ("01-26 10:00", "01-26 11:00")]),
        ((ZOOM, TO_11, "RDATE;TZID=Europe/Berlin:20270113T100000"), [("01-12 10:00", "01-12 11:00"), ("01-13 10:00", "01-13 11:00")]),
    ],
)  # fmt: skip
def test_what_counts_as_busy(lines, times):
    assert busy(event(*lines)) == times


def test_a_repetition_keeps_its_hour_across_the_change_of_clocks():
    found = busy(
        event(
            "DTSTART;TZID=Europe/Berlin:20270322T100000",
            "DTEND;TZID=Europe/Berlin:20270322T110000",
            "RRULE:FREQ=WEEKLY;COUNT=2",
        )
    )
    assert found == [("03-22 10:00", "03-22 11:00"), ("03-29 10:00", "03-29 11:00")]


def test_one_moved_and_one_cancelled_repetition():
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20270119T100000", "DTSTART;TZID=Europe/Berlin:20270119T150000",
        "DTEND;TZID=Europe/Berlin:20270119T160000",
    )  # fmt: skip
    gone = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20270126T100000",
        "DTSTART;TZID=Europe/Berlin:20270126T100000",
        "STATUS:CANCELLED",
    )
    found = busy(event(ZOOM, TO_11, "RRULE:FREQ=WEEKLY;COUNT=3"), moved, gone)
    assert found == [("01-12 10:00", "01-12 11:00"), ("01-19 15:00", "01-19 16:00")]


def test_our_own_appointments_that_come_back_do_not_count():
    from stadtplatz.appointments import ical

    assert busy(event(ZOOM, TO_11, uid=f"termin-T-ABC@{ical.own_domain()}")) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html>Anmelden</html>", "no-calendar"),
        (b"", "no-calendar"),
        (calendar(event(ZOOM, TO_11, "RRULE:FREQ=SECONDLY")), "too-complex"),
        (calendar(event(ZOOM, TO_11, "RRULE:FREQ=MINUTELY;INTERVAL=1")), "too-complex"),
        (calendar(event(ZOOM, TO_11, "RRULE:FREQ=DAILY;BYMINUTE=0,1,2,3,4,5")), "too-complex"),
        (calendar(event("DTSTART:00010101T000000Z", "RRULE:FREQ=DAILY")), "too-complex"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 10_001, "too-large"),
    ],
    ids=["page", "nothing", "seconds", "minutes", "many minutes", "long ago", "many events"],
)  # fmt: skip
def test_what_cannot_be_worked_out_is_not_guessed_at(content, code):
    with pytest.raises(foreign.Unreadable) as refused:
        foreign.busy_times(content, at=MONDAY)
    assert refused.value.code == code


@contextmanager
def served(content, *, kind="text/calendar", status=200, host=internet.NAME):
    """A calendar server."""
    with internet.server({"/kalender.ics": (status, {"Content-Type": kind}, content)}) as port:
        yield f"https://{host}:{port}/kalender.ics"


@pytest.fixture
def shop(db):
    return salon()


@pytest.fixture
def bea(shop):
    return chair(shop)


@pytest.fixture
def open_network(monkeypatch):
    """Where these servers are."""
    return internet.Net(monkeypatch)


def reading(bea, url):
    return ForeignCalendar.objects.create(resource=bea, url=url, added_at=MONDAY)


def on_request(service, day=date(2027, 1, 12), at=MONDAY):
    rows = queries.free_days(service, queries.calendars_of(service), day, 1, at=at)[0].times
    return {f"{clock.local(row.starts_at):%H:%M}": row.on_request for row in rows}


def test_a_time_that_touches_a_foreign_event_becomes_a_request(bea, shop, open_network):
    service = haircut(shop, minutes=60, step=60, after=10)
    with served(calendar(event(ZOOM, TO_11))) as url:
        assert actions.sync(reading(bea, url).pk, at=MONDAY)
    asked = on_request(service)
    assert (asked["09:00"], asked["10:00"], asked["11:00"]) == (True, True, False)  # ten minutes after nine's touch ten
    assert booked(service, "2027-01-12 10:00").state == flow.REQUESTED
    assert booked(service, "2027-01-12 14:00", email="bert@example.org").state == flow.BOOKED


def test_who_is_sure_is_taken_before_who_is_not(bea, shop, open_network):
    toni = chair(shop, "Toni")
    service = haircut(shop, minutes=60, step=60)
    with served(calendar(event(ZOOM, TO_11))) as url:
        actions.sync(reading(bea, url).pk, at=MONDAY)
    row = booked(service, "2027-01-12 10:00")
    assert (row.resource, row.state) == (toni, flow.BOOKED)


@pytest.mark.parametrize("read_at", [None, MONDAY - timedelta(minutes=61)], ids=["never", "an hour ago"])
def test_while_a_calendar_is_not_known_every_time_is_a_request(bea, shop, read_at):
    ForeignCalendar.objects.create(resource=bea, url="https://example.org/a.ics", added_at=MONDAY, read_at=read_at)
    assert set(on_request(haircut(shop)).values()) == {True}


@pytest.mark.parametrize(
    ("said", "code"),
    [({"status": 404}, "unreachable"), ({"kind": "text/html"}, "unreachable"), ({"content": b"<html>"}, "no-calendar")],
)
def test_what_was_known_stays_when_it_cannot_be_read(bea, open_network, said, code):
    with served(calendar(event(ZOOM, TO_11))) as url:
        row = reading(bea, url)
        actions.sync(row.pk, at=MONDAY)
    with served(**({"content": calendar()} | said)) as url:
        ForeignCalendar.objects.update(url=url)
        assert not actions.sync(row.pk, at=MONDAY + timedelta(hours=2))
    row.refresh_from_db()
    assert (row.problem, row.read_at, row.tried_at) == (code, MONDAY, MONDAY + timedelta(hours=2))
    assert ForeignEvent.objects.count() == 1


def test_too_many_bytes_are_not_read_to_their_end(bea, open_network, monkeypatch):
    monkeypatch.setattr(foreign, "MOST_BYTES", 10_000)
    with served(calendar() + b" " * 20_000) as url:
        row = reading(bea, url)
        assert not actions.sync(row.pk, at=MONDAY)
    assert ForeignCalendar.objects.get().problem == "unreachable"


def test_nothing_inside_our_own_network_is_read(bea, shop, settings):
    settings.WEBHOOKS_TO_PRIVATE = True  # is for what the operator names, not for shops
    with served(calendar(event(ZOOM, TO_11)), host="127.0.0.1") as url:
        assert not actions.sync(reading(bea, url).pk, at=MONDAY)
    assert not ForeignEvent.objects.exists()


@pytest.mark.parametrize("url", ["https://127.0.0.1/a.ics", "https://[::1]/a.ics", "http://93.184.216.34/a.ics", "file:///etc/passwd", "webcal://10.0.0.1/a", "https://u:p@93.184.216.34/a", "quatsch"])  # fmt: skip
def test_an_address_within_our_walls_is_refused_at_once(bea, shop, url):
    with pytest.raises(ActionRefused) as refused:
        actions.read_foreign(resource=bea, url=url, by=member(shop))
    assert refused.value.code == "no-public-address"
    assert not ForeignCalendar.objects.exists()


def test_only_owner_and_staff_connect_calendars(bea, shop):
    row = reading(bea, "https://example.org/a.ics")
    for by in (member(shop, "packer"), member(salon("Anders", "anders"))):
        with pytest.raises(NotAllowed):
            actions.read_foreign(resource=bea, url="https://93.184.216.34/a.ics", by=by)
        with pytest.raises(NotAllowed):
            actions.drop_foreign(calendar=row, by=by)
    assert ForeignCalendar.objects.count() == 1


def test_the_page_says_when_it_was_read_and_what_is_wrong_and_hides_the_secret(bea, shop, open_network):
    from django.test import Client

    from stadtplatz.appointments.tests.town import keeper

    browser = Client()
    browser.force_login(keeper(shop))
    side = "/laden/beispielschnitt/termine/verbinden/"
    with served(b"<html>") as url:
        browser.post(f"{side}kalender/", {"resource": bea.pk, "url": url + "?geheim=abc"})
        actions.sync(ForeignCalendar.objects.get().pk)
    page = browser.get(side).content.decode()
    assert "Was dort liegt, ist kein Kalender." in page
    assert "geheim=abc" not in page
    browser.post(f"{side}kalender/{ForeignCalendar.objects.get().pk}/weg/")
    assert not ForeignCalendar.objects.exists()


def test_the_shop_says_yes_to_what_the_foreign_calendar_made_a_request(bea, shop, open_network):
    with served(calendar(event(ZOOM, TO_11))) as url:
        actions.sync(reading(bea, url).pk, at=MONDAY)
    row = booked(haircut(shop, minutes=60, step=60), "2027-01-12 10:00")
    done = actions.advance(row, move="confirm", by=member(shop), at=MONDAY)
    assert (done.state, Appointment.objects.get().starts_at) == (flow.BOOKED, berlin("2027-01-12 10:00"))
    assert datetime(2027, 1, 12, 9, 0, tzinfo=UTC) == done.starts_at
